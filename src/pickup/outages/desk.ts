/** The desk that an outage shuts: it is out of order while the outage stands, and as it was before when it is undone. */
import type { Standing } from '../../office.ts';
import type { PointChange } from '../places/changes.ts';
import type { Points } from '../places/points.ts';
import type { OutageRecord, OutageSummary } from './record.ts';
import type { OutageRecords } from './records.ts';

type Words = { id: string; en: string };
type About = Pick<OutageSummary, 'point' | 'activity' | 'cause' | 'reason' | 'until'>;
type Desk = Pick<PointChange, 'point' | 'activity'>;
type DeskOf = Pick<OutageSummary, 'point' | 'activity' | 'cause'>;

/** What an operator has said of the desk so far; where another outage has shut it: what was said before that one. */
export async function standingBefore(
  points: Pick<Points, 'changes'>,
  records: Pick<OutageRecords, 'list' | 'load'>,
  of: DeskOf,
): Promise<Standing | undefined> {
  const desk = deskOf(of);
  if (!desk) return undefined;
  const other = shutting(records.list(), desk);
  if (other) return (await records.load(other.id))?.record.before;
  return points.changes().find((change) => isSame(change, desk))?.standing;
}

/** Out of order from now on. */
export async function shut(
  points: Points,
  outage: About & Pick<OutageSummary, 'at' | 'by'>,
  why: Words,
): Promise<void> {
  const { at, by } = outage;
  const desk = deskOf(outage);
  if (desk) await points.change({ ...desk, standing: outageStanding(outage, why), since: at, by });
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
  const now = desk && points.changes().find((change) => isSame(change, desk));
  if (!desk || now?.since !== record.at || !now.standing) return;
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

/** Not undone. */
export function isStanding({ state }: Pick<OutageSummary, 'state'>): boolean {
  return state === 'running' || state === 'done';
}

/** The latest outage that keeps it shut. */
function shutting(outages: readonly OutageSummary[], of: Desk): OutageSummary | undefined {
  return outages.find((one) => {
    const desk = deskOf(one);
    return desk !== undefined && isSame(desk, of) && isStanding(one);
  });
}

function outageStanding({ cause, until }: About, why: Words): Standing {
  const status = cause === 'device' ? 'broken' : 'suspended';
  return { status, reason: why, ...(until === undefined ? {} : { until }) };
}

/** What it shuts; nothing where only blank cards are missing, or where the calendar itself says that nobody is there. */
function deskOf({ point, activity, cause }: DeskOf): Desk | undefined {
  if (point === undefined || cause === 'blangko') return undefined;
  return { point, ...(activity ? { activity } : {}) };
}

function isSame(a: Desk, b: Desk): boolean {
  return a.point === b.point && a.activity === b.activity;
}
