/** Where citizens give up, by what the engine counts of its steps (conversation/counts.ts). */
import type { CountStore } from '../../conversation/ports.ts';
import type { Flows } from '../../flows/schema.ts';
import type { Statistics } from '../schemas/supervision.ts';
import type { Period } from './period.ts';

export interface Funnel {
  services: Statistics['funnel'];
  /** Handoffs on each day of the period. */
  handoffs: number[];
}

/**
 * Names are `begun:<service>`, `asked:<service>:<step>`, `filed:<service>`, `handoff:<service|->:<step|->:<reason>`. Only
 * services and questions of today's flows.yaml are told, in its order, and of these what was reached.
 */
export async function readFunnel(
  counts: Pick<CountStore, 'list'>,
  { services }: Pick<Flows, 'services'>,
  period: Period,
): Promise<Funnel> {
  const total = new Map<string, number>();
  const handoffsOn = new Map<string, number>();
  for (const { day, name, count } of await counts.list(period.from, period.until)) {
    const [kind = '', service = '', step = ''] = name.split(':');
    add(total, `${kind}:${service}:${step}`, count);
    if (kind === 'handoff') add(handoffsOn, day, count);
  }
  const of = (kind: string, service: string, step = '') => total.get(`${kind}:${service}:${step}`) ?? 0;
  return {
    services: Object.entries(services)
      .map(([service, { title, steps }]) => ({
        service,
        title: title.id,
        begun: of('begun', service),
        filed: of('filed', service),
        steps: steps
          .map(({ id, label }) => ({
            step: id,
            label: label.id,
            asked: of('asked', service, id),
            handoffs: of('handoff', service, id),
          }))
          .filter(({ asked, handoffs }) => asked + handoffs > 0),
      }))
      .filter(({ begun, filed, steps }) => begun + filed + steps.length > 0),
    handoffs: period.days.map((day) => handoffsOn.get(day) ?? 0),
  };
}

function add(to: Map<string, number>, key: string, count: number): void {
  to.set(key, (to.get(key) ?? 0) + count);
}
