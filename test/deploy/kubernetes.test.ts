import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { codes, readDocument, table } from '../docs/markdown.ts';
import { readText, readYaml, SOME_KEY, unknownVariables } from './files.ts';

const FOLDER = 'deploy/kubernetes';
const names = readdirSync(join(import.meta.dirname, '..', '..', FOLDER)).filter((name) =>
  name.endsWith('.yaml'),
);

interface Probe {
  httpGet: { path: string; port: string };
}

interface Resource {
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  resources?: string[];
  spec: Spec;
}

interface Spec {
  replicas?: number;
  minAvailable?: number;
  selector?: { matchLabels: Record<string, string> } | Record<string, string>;
  strategy?: { rollingUpdate: { maxUnavailable: number } };
  template?: { metadata: { labels: Record<string, string> }; spec: PodSpec };
  ports?: { name: string; targetPort: string }[];
  rules?: {
    http: { paths: { path: string; backend: { service: { name: string; port: { name: string } } } }[] };
  }[];
}

interface PodSpec {
  terminationGracePeriodSeconds: number;
  securityContext: object;
  volumes: { name: string }[];
  containers: {
    image: string;
    env: { name: string; value: string }[];
    envFrom: { configMapRef?: { name: string }; secretRef?: { name: string } }[];
    ports: { name: string; containerPort: number }[];
    volumeMounts: { name: string }[];
    securityContext: object;
    startupProbe: Probe;
    readinessProbe: Probe;
    livenessProbe: Probe;
  }[];
}

const all = names.flatMap((name) => readYaml<Resource>(`${FOLDER}/${name}`));
const of = (kind: string) => all.filter((one) => one.kind === kind);
const pods = of('Deployment').flatMap(({ metadata, spec: { template, ...spec } }) =>
  (template?.spec.containers ?? []).map((container) => ({ name: metadata.name, spec, template, container })),
);
const [settings] = of('ConfigMap');
const [secret] = of('Secret');

describe('the Kubernetes example', () => {
  it('applies every file but the one with secrets', () => {
    const [kustomization] = of('Kustomization');
    expect(kustomization?.resources?.toSorted()).toEqual(
      names.filter((name) => !['kustomization.yaml', 'secret.example.yaml'].includes(name)).toSorted(),
    );
  });

  it('gives both roles settings that Loket knows and can start with', () => {
    expect(pods.map(({ name }) => name)).toEqual(['loket-web', 'loket-worker']);
    const shared = { ...settings?.data, ...secret?.stringData, MASTER_KEY: SOME_KEY, NODE_ENV: 'production' };
    expect(unknownVariables(Object.keys(shared))).toEqual([]);
    for (const { container } of pods) {
      const own = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));
      expect(Object.keys(own)).toEqual(['ROLES']);
      expect(readConfig({ ...shared, ...own }, '/app').store.kind).toBe('cluster');
      expect(container.envFrom).toEqual([
        { configMapRef: { name: settings?.metadata.name } },
        { secretRef: { name: secret?.metadata.name } },
      ]);
    }
  });

  it('asks at addresses that there are, on the port of the image', () => {
    const addresses = table(readDocument('docs/admin.md'), 'address').flatMap(([first = '']) => codes(first));
    const port = Number(/^EXPOSE (\d+)$/m.exec(readText('Dockerfile'))?.[1]);
    for (const { container } of pods) {
      expect(container.ports).toEqual([{ name: 'http', containerPort: port }]);
      const probes = [container.startupProbe, container.readinessProbe, container.livenessProbe];
      for (const { httpGet } of probes) {
        expect(addresses).toContain(httpGet.path);
        expect(httpGet.port).toBe('http');
      }
      // A process whose database is away is not to be killed for it.
      expect(container.livenessProbe.httpGet.path).toBe('/healthz');
      expect(container.readinessProbe.httpGet.path).toBe('/readyz');
    }
    expect(of('Service').map(({ spec }) => spec.ports?.[0]?.targetPort)).toEqual(['http']);
  });

  it('keeps one of each role up, whatever is drained or replaced', () => {
    const budgets = of('PodDisruptionBudget').map(({ spec }) => spec.selector?.matchLabels);
    for (const { spec, template } of pods) {
      expect(spec.replicas).toBeGreaterThanOrEqual(2);
      expect(spec.strategy?.rollingUpdate.maxUnavailable).toBe(0);
      expect(spec.selector?.matchLabels).toEqual(template?.metadata.labels);
      expect(budgets).toContainEqual(template?.metadata.labels);
      expect(template?.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(30);
    }
    expect(of('Service')[0]?.spec.selector).toEqual(pods[0]?.template?.metadata.labels);
  });

  it('runs without root, on a read-only file system, without capabilities', () => {
    for (const { template, container } of pods) {
      expect(template?.spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.volumeMounts.map(({ name }) => name)).toEqual(
        template?.spec.volumes.map(({ name }) => name),
      );
    }
  });

  it('lets the outside reach what citizens, providers and operators need, and nothing of the inside', () => {
    const paths = of('Ingress').flatMap(({ spec }) => spec.rules?.[0]?.http.paths ?? []);
    expect(paths.map(({ path }) => path)).toEqual([
      '/webhooks',
      '/f',
      '/m',
      '/v',
      '/inbox',
      '/api',
      '/healthz',
    ]);
    const [service] = of('Service');
    for (const { backend } of paths)
      expect(backend.service).toEqual({
        name: service?.metadata.name,
        port: { name: service?.spec.ports?.[0]?.name },
      });
  });
});
