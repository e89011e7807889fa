/** What operators change of the points while the service runs, and the office with it. Pure. */
import type { Office, ServicePoint, Standing } from '../../office.ts';
import type { Activity } from '../ports.ts';

/** What an operator has changed of a point, or of one of its activities (the device for recording, a kiosk). */
export interface PointChange {
  point: string;
  /** Absent: the point as a whole. */
  activity?: Activity | 'print';
  /** Replaces that of office.yaml with its reason and its end; absent: as there. */
  standing?: Standing;
  /** How many applications one slot takes. */
  capacity?: number;
  since: number;
  /** The operator's name. */
  by: string;
}

/** A day off that was entered while the service runs. */
export interface DayOff {
  date: string;
  until?: string;
  reason: { id: string; en: string };
  /** Absent: the whole office. */
  points?: string[];
  by: string;
}

/** `office` itself stays as it is. Changes of a point or activity that it has not (any more) do nothing. */
export function applyChanges(
  office: Office,
  { changes, daysOff }: { changes: readonly PointChange[]; daysOff: readonly DayOff[] },
): Office {
  const points = Object.entries(office.points).map(([id, point]) => [
    id,
    changes.filter((change) => change.point === id).reduce(changed, point),
  ]);
  const closures = daysOff.map(({ by: _, ...day }) => day);
  return { ...office, points: Object.fromEntries(points), closures: [...office.closures, ...closures] };
}

function changed(point: ServicePoint, change: PointChange): ServicePoint {
  const { activity } = change;
  if (activity === undefined) return stood(point, change.standing);
  if (activity === 'print') {
    const { print } = point.activities;
    return print ? withActivity(point, { print: stood(print, change.standing) }) : point;
  }
  const before = point.activities[activity];
  if (!before) return point;
  const { capacity = before.capacity } = change;
  return withActivity(point, { [activity]: { ...stood(before, change.standing), capacity } });
}

function withActivity(point: ServicePoint, one: Partial<ServicePoint['activities']>): ServicePoint {
  return { ...point, activities: { ...point.activities, ...one } };
}

/** All three parts of a standing are replaced: the reason of another status is no reason. */
function stood<Of extends Standing>(of: Of, standing: Standing | undefined): Of {
  if (!standing) return of;
  const { status: _status, reason: _reason, until: _until, ...others } = of;
  return { ...others, ...standing } as Of;
}
