import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { readText, readYaml, SOME_KEY, unknownVariables } from './files.ts';

interface Service {
  image: string;
  environment?: Record<string, string>;
  ports?: string[];
  networks?: string[];
  mem_limit?: string;
  read_only?: boolean;
  cap_drop?: string[];
  stop_grace_period?: string;
  command?: string[];
  scale?: number;
  depends_on?: Record<string, { condition: string }> | string[];
}

const [compose] = readYaml<{
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
}>('compose.yaml');
const services = compose?.services ?? {};
const loket = ['web-a', 'web-b', 'worker'].map((name) => ({ name, ...services[name] }));
const caddyfile = readText('deploy/Caddyfile');
const example = Object.fromEntries(
  [...readText('deploy/env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
);

/** As Docker Compose fills in `${NAME}`, `${NAME:-default}` and `${NAME:?why}`. */
function filledIn(text: string, env: Record<string, string>): string {
  return text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind, rest: string) => {
    const value = env[name];
    if (value) return value;
    if (kind === '?') throw new Error(`${name} is missing: ${rest}`);
    return kind === '-' ? rest : '';
  });
}

describe('compose.yaml', () => {
  it('starts two web processes by name, two workers, three members of MongoDB, Redis and Caddy', () => {
    expect(Object.keys(services)).toEqual([
      'web-a',
      'web-b',
      'worker',
      'caddy',
      'redis',
      'mongo-a',
      'mongo-b',
      'mongo-c',
      'mongo-init',
    ]);
    expect(services.worker?.scale).toBe(2);
    expect(loket.map(({ environment }) => environment?.ROLES)).toEqual(['web', 'web', 'worker']);
  });

  it('gives Loket settings that it knows and can start with, once the secrets are filled in', () => {
    const secrets = { MASTER_KEY: SOME_KEY, MONGO_PASSWORD: 'a1', REDIS_PASSWORD: 'b2' };
    for (const { environment = {} } of loket) {
      expect(unknownVariables(Object.keys(environment))).toEqual([]);
      const env = Object.fromEntries(
        Object.entries(environment).map(([name, text]) => [name, filledIn(text, { ...example, ...secrets })]),
      );
      const config = readConfig({ ...env, NODE_ENV: 'production' }, '/app');
      expect(config.store).toMatchObject({ kind: 'cluster', redisUrl: 'redis://:b2@redis:6379' });
    }
  });

  it('does not start while a secret is missing, and the example names every one', () => {
    const required = [...readText('compose.yaml').matchAll(/\$\{(\w+):\?/g)].map(([, name]) => String(name));
    expect([...new Set(required)].sort()).toEqual(
      [
        'MASTER_KEY',
        'MONGO_ADMIN_PASSWORD',
        'MONGO_KEY',
        'MONGO_PASSWORD',
        'PUBLIC_URL',
        'REDIS_PASSWORD',
      ].sort(),
    );
    for (const name of required) expect(example).toHaveProperty(name);
    for (const name of required) if (name !== 'PUBLIC_URL') expect(example[name], name).toBe('');
  });

  it('lets nothing in but through Caddy, and keeps the databases in a network of their own', () => {
    const open = Object.entries(services).filter(([, { ports }]) => ports !== undefined);
    expect(open.map(([name]) => name)).toEqual(['caddy']);
    expect(compose?.networks.data).toEqual({ internal: true });
    for (const name of ['redis', 'mongo-a', 'mongo-b', 'mongo-c'])
      expect(services[name]?.networks).toEqual(['data']);
  });

  it('runs Loket read-only, without privileges, within limits, and with time to stop in good order', () => {
    for (const service of loket) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], stop_grace_period: '30s' });
      expect(service.mem_limit, service.name).toMatch(/^\d+m$/);
    }
  });

  it('never lets Redis throw jobs away', () => {
    expect(services.redis?.command?.join(' ')).toContain('--maxmemory-policy noeviction');
  });
});

describe('deploy/Caddyfile', () => {
  it('asks exactly the web processes, at their port, whether they are ready', () => {
    const [, upstreams = ''] = /\{\$WEB_UPSTREAMS:([^}]*)\}/.exec(caddyfile) ?? [];
    const port = /^EXPOSE (\d+)$/m.exec(readText('Dockerfile'))?.[1];
    expect(upstreams.split(' ')).toEqual(['web-a', 'web-b'].map((name) => `${name}:${port}`));
    expect(caddyfile).toMatch(/^\s*health_uri \/readyz$/m);
  });

  it('hides from the outside what is for the inside', () => {
    const [, inside = ''] = /@inside path (.*)/.exec(caddyfile) ?? [];
    expect(inside.split(' ')).toEqual(['/metrics', '/readyz', '/simulator', '/simulator/*']);
  });
});
