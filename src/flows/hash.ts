/** A fingerprint of a service's structure: citizens inside it are moved when it changes, not when a word does. */
import { createHash } from 'node:crypto';
import type { Flows, Service } from './schema.ts';

/** Raise when compile.ts changes the states that snapshots name. */
const MACHINE_VERSION = 1;

/** Twelve characters; equal for equal steps, kinds, conditions, options and outcome. */
function serviceHash(service: Service): string {
  const structure = {
    version: MACHINE_VERSION,
    outcome: service.outcome,
    visit: service.visit ?? null,
    steps: service.steps.map(({ text, label, ...rest }) => ({
      ...rest,
      options: 'options' in rest ? rest.options.map((o) => o.id) : null,
    })),
  };
  return createHash('sha256').update(JSON.stringify(structure)).digest('base64url').slice(0, 12);
}

/** The fingerprints of all services by id. */
export function serviceHashes(flows: Flows): Map<string, string> {
  return new Map(Object.entries(flows.services).map(([id, service]) => [id, serviceHash(service)]));
}
