/** What operators did, by the audit log. */

import { DECISIONS } from '../../flows/vocabulary.ts';
import type { AuditLog, Operator } from '../ports.ts';
import type { Statistics } from '../schemas/supervision.ts';
import { eachLine } from './pages.ts';
import type { Period } from './period.ts';
import { describeWaits } from './waits.ts';

type OperatorRow = Statistics['operators'][number];
type Kind = 'claims' | 'replies' | 'resolved' | 'decisions';

/** Which line counts as what. Asking a question again hands the chat back as well. */
const KINDS = new Map<string, Kind>([
  ['conversation.claim', 'claims'],
  ['conversation.open', 'claims'],
  ['conversation.reply', 'replies'],
  ['conversation.resolve', 'resolved'],
  ['conversation.ask', 'resolved'],
  ...DECISIONS.map((decision) => [`request.${decision}`, 'decisions'] as const),
]);

export interface Workload {
  /** Those who did anything, in the order of `operators`. */
  operators: OperatorRow[];
  /** One for each day of the period. */
  days: { resolved: number; waits: ReturnType<typeof describeWaits> }[];
}

/** Reads the lines of the period. The wait is told by the line of the claim, as `waitedMs`. */
export async function readWorkload(
  audit: Pick<AuditLog, 'list'>,
  operators: readonly Operator[],
  period: Period,
): Promise<Workload> {
  const days = period.days.map(() => ({ resolved: 0, waitsMs: [] as number[] }));
  const rows = new Map(
    operators.map(({ id, name }) => [
      id,
      { id, name, claims: 0, replies: 0, resolved: 0, decisions: 0, waitsMs: [] as number[] },
    ]),
  );
  const query = { actions: [...KINDS.keys()], from: period.startAt, until: period.endAt };
  for await (const { at, actor, action, details } of eachLine(audit, query)) {
    const kind = KINDS.get(action);
    const row = rows.get(actor);
    const day = days[period.indexOf(at)];
    if (!kind || !row || !day) continue;
    row[kind] += 1;
    if (kind === 'resolved') day.resolved += 1;
    if (typeof details.waitedMs === 'number') {
      row.waitsMs.push(details.waitedMs);
      day.waitsMs.push(details.waitedMs);
    }
  }
  return {
    operators: [...rows.values()]
      .filter(({ claims, replies, resolved, decisions }) => claims + replies + resolved + decisions > 0)
      .map(({ waitsMs, ...row }) => ({ ...row, waits: describeWaits(waitsMs) })),
    days: days.map(({ resolved, waitsMs }) => ({ resolved, waits: describeWaits(waitsMs) })),
  };
}
