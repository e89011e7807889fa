/** What a supervisor looks at: work, waits and promises of a span of days, and what is open now. */
import type { Clock } from '../../clock.ts';
import type { ConversationStore, CountStore } from '../../conversation/ports.ts';
import type { Flows } from '../../flows/schema.ts';
import type { AuditLog, OperatorStore } from '../ports.ts';
import type { Statistics } from '../schemas/supervision.ts';
import { readFunnel } from './funnel.ts';
import type { Period } from './period.ts';
import type { FiledApplications } from './ports.ts';
import { IN_HAND, readPromises } from './promises.ts';
import { readWorkload } from './workload.ts';

/** A look and the files that are taken from it are of the same figures, and cost one reading. */
const REMEMBER_MS = 30_000;

export interface StatisticsDeps {
  applications: FiledApplications;
  counts: Pick<CountStore, 'list'>;
  audit: Pick<AuditLog, 'list'>;
  operators: Pick<OperatorStore, 'list'>;
  conversations: Pick<ConversationStore, 'listAttention'>;
  flows: Pick<Flows, 'services'>;
  clock: Clock;
}

/** Reads the figures of a period; half a minute old at most, and read once for all who ask meanwhile. */
export function createStatistics(deps: StatisticsDeps): (period: Period) => Promise<Statistics> {
  const known = new Map<string, { at: number; figures: Promise<Statistics> }>();
  return (period) => {
    const now = deps.clock.now();
    for (const [key, { at }] of known) if (now - at >= REMEMBER_MS) known.delete(key);
    const key = `${period.from} ${period.until}`;
    const figures = known.get(key)?.figures ?? readFigures(deps, period);
    if (!known.has(key)) known.set(key, { at: now, figures });
    figures.catch(() => known.delete(key));
    return figures;
  };
}

async function readFigures(deps: StatisticsDeps, period: Period): Promise<Statistics> {
  const now = deps.clock.now();
  const [promises, workload, funnel, open] = await Promise.all([
    readPromises(deps.applications, period, now),
    deps.operators.list().then((operators) => readWorkload(deps.audit, operators, period)),
    readFunnel(deps.counts, deps.flows, period),
    readOpen(deps, now),
  ]);
  const none = { submitted: 0, kept: 0, broken: 0, overdue: 0 };
  return {
    from: period.from,
    until: period.until,
    days: period.days.map((day, i) => ({
      day,
      ...(promises.days[i] ?? { submitted: 0, completed: 0 }),
      handoffs: funnel.handoffs[i] ?? 0,
      ...(workload.days[i] ?? { resolved: 0, waits: { count: 0, medianMs: null, p90Ms: null } }),
    })),
    services: Object.entries(deps.flows.services)
      .filter(([service, { outcome }]) => outcome === 'application' || promises.services.has(service))
      .map(([service, { title }]) => ({
        service,
        title: title.id,
        ...(promises.services.get(service) ?? none),
      })),
    operators: workload.operators,
    funnel: funnel.services,
    open,
  };
}

/** A claim that ran out waits again. */
async function readOpen(
  { conversations, applications }: StatisticsDeps,
  now: number,
): Promise<Statistics['open']> {
  const [attended, states] = await Promise.all([
    conversations.listAttention(),
    applications.countStates(now),
  ]);
  const claimed = attended.filter(
    ({ attention }) => attention.status === 'claimed' && attention.until > now,
  ).length;
  const inHand = states.filter(({ state }) => IN_HAND.includes(state));
  return {
    waiting: attended.length - claimed,
    claimed,
    requests: inHand.reduce((sum, { count }) => sum + count, 0),
    late: inHand.reduce((sum, { late }) => sum + late, 0),
  };
}
