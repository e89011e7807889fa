/** The desk that an outage shuts: it is out of order while the outage stands, and as it was before when it is undone. */
import type { Standing } from '../office.ts';
import type { OutageRecord, OutageSummary } from './outage-record.ts';
import type { PointChange } from './point-changes.ts';
import type { Points } from './points.ts';

type Words = { id: string; en: string };
type About = Pick<OutageSummary, 'point' | 'activity' | 'cause' | 'reason' | 'until'>;
type Desk = Pick<PointChange, 'point' | 'activity'>;

/** What an operator has said of the desk so far. */
export function standingOf(points: Pick<Points, 'changes'>, of: Desk): Standing | undefined {
  return points.changes().find((change) => isSame(change, of))?.standing;
}

/** Out of order from now on. Where only blank cards are missing the desk stays open. */
export async function shut(
  points: Points,
  outage: About & Pick<OutageSummary, 'at' | 'by'>,
  why: Words,
): Promise<void> {
  const { cause, at, by } = outage;
  if (cause === 'blangko') return;
  await points.change({ ...deskOf(outage), standing: outageStanding(outage, why), since: at, by });
}

/**
 * As it was before, unless somebody has said something else of the desk meanwhile. Another outage that shuts it goes on
 * doing so. Idempotent.
 */
export async function openAgain(
  points: Points,
  record: OutageRecord,
  others: readonly OutageSummary[],
  whyOf: (outage: OutageSummary) => Words,
): Promise<void> {
  const desk = deskOf(record);
  const now = points.changes().find((change) => isSame(change, desk));
  if (record.cause === 'blangko' || now?.since !== record.at || !now.standing) return;
  const other = shutting(
    others.filter(({ id }) => id !== record.id),
    desk,
  );
  if (other)
    return points.change({
      ...desk,
      standing: outageStanding(other, whyOf(other)),
      since: other.at,
      by: other.by,
    });
  // A moment later, so that it is not taken for this outage's own.
  if (record.before)
    return points.change({ ...desk, standing: record.before, since: record.at + 1, by: now.by });
  return points.restore(desk, 'standing');
}

/** Whether an outage that stands has shut it. */
export function isShut(outages: readonly OutageSummary[], of: Desk): boolean {
  return shutting(outages, of) !== undefined;
}

/** Not undone. */
export function isStanding({ state }: Pick<OutageSummary, 'state'>): boolean {
  return state === 'running' || state === 'done';
}

/** The latest outage that keeps it shut. */
function shutting(outages: readonly OutageSummary[], of: Desk): OutageSummary | undefined {
  return outages.find((one) => one.cause !== 'blangko' && isSame(one, of) && isStanding(one));
}

function outageStanding({ cause, until }: About, why: Words): Standing {
  const status = cause === 'device' ? 'broken' : 'suspended';
  return { status, reason: why, ...(until === undefined ? {} : { until }) };
}

function deskOf({ point, activity }: Desk): Desk {
  return { point, ...(activity ? { activity } : {}) };
}

function isSame(a: Desk, b: Desk): boolean {
  return a.point === b.point && a.activity === b.activity;
}
