/** `loket flows list`: the services, for people or as JSON. */
import type { Flows } from '../flows/schema.ts';
import { formatTable, type Io, print } from './io.ts';

/** JSON: an array of { id, title, mode, steps: [{ id, type, optional, condition }] }; a step without condition: null. */
export function runFlowsList(flows: Flows, options: { json: boolean }, io: Io): void {
  const services = Object.entries(flows.services).map(([id, { title, mode, steps }]) => ({
    id,
    title,
    mode,
    steps: steps.map((step) => ({
      id: step.id,
      type: step.ask,
      optional: step.optional ?? false,
      condition: step.when ?? null,
    })),
  }));
  const rows = services.map(({ id, title, mode, steps }) => [id, mode, String(steps.length), title.id]);
  const table = formatTable([['id', 'mode', 'steps', 'title'], ...rows]);
  print(io.output, options.json ? JSON.stringify(services, null, 2) : table);
}
