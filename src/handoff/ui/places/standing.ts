/** How points and their activities stand on a day. */
import type { Point, PointActivity, PointStatus } from './place-types.ts';

type Standing = Pick<Point, 'status' | 'reason' | 'until'>;

/** A state that is over is no state any more: its last day lies before today. */
export function standingOn(today: string, standing: Standing): Standing {
  const isOver = standing.until !== null && standing.until < today;
  return isOver ? { status: 'active', reason: null, until: null } : standing;
}

/** A point that is out takes its activities with it. */
export function activityOn(today: string, point: Point, activity: PointActivity): Standing {
  const whole = standingOn(today, point);
  return whole.status === 'active' ? standingOn(today, activity) : whole;
}

/** Whether something at a point is not open. */
export function isInTrouble(today: string, point: Point): boolean {
  return point.activities.some((activity) => activityOn(today, point, activity).status !== 'active');
}

/** The colour of a state, beside its word. */
export function toneOf(status: PointStatus): string {
  return { active: 'good', planned: '', suspended: 'late', broken: 'overdue' }[status];
}
