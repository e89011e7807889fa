/** All points with how they stand today, for those who look after them. */
import type { Clock } from '../../clock.ts';
import { ACTIVITIES, type Office, type PointStatus, type Standing } from '../../office.ts';
import { describeWeekHours } from '../calendar/hours-line.ts';
import { dateAt } from '../calendar/openings.ts';
import type { Activity, BookingStore } from '../ports.ts';
import type { PointChange } from './changes.ts';
import type { Points } from './points.ts';

type Words = { id: string; en: string };

/** As it is today; `changed`: not as office.yaml has it, since when and by whom. */
interface Stands {
  status: PointStatus;
  reason: Words | null;
  /** The last day out of order. */
  until: string | null;
  changed: { by: string; at: number } | null;
}

/** One activity of a point; a kiosk (`print`) has no times, so neither capacity nor visits. */
export interface ActivityNow extends Stands {
  id: Activity | 'print';
  name: Words;
  /** The usual hours in one line, in Indonesian. */
  hours: string;
  capacity: number | null;
  slotMinutes: number | null;
  /** Visits ahead. */
  booked: number;
}

export interface PointNow extends Stands {
  id: string;
  name: Words;
  address: string;
  kind: Office['points'][string]['kind'];
  activities: ActivityNow[];
}

/** Further ahead nothing can be booked. */
const HORIZON_MS = 400 * 86_400_000;

/** In the order of office.yaml. */
export async function listPoints(deps: {
  points: Pick<Points, 'office' | 'changes'>;
  bookings: Pick<BookingStore, 'list'>;
  clock: Clock;
}): Promise<PointNow[]> {
  const { points, bookings, clock } = deps;
  const office = points.office();
  const now = clock.now();
  const today = dateAt(now, office.timeZone).toString();
  const ahead = await bookings.list({ from: now, to: now + HORIZON_MS }, now);
  const booked = Map.groupBy(
    ahead.filter(({ heldUntil }) => heldUntil === undefined),
    ({ point, activity }) => `${point} ${activity}`,
  );
  const changed = (point: string, activity?: PointChange['activity']) => {
    const change = points.changes().find((one) => one.point === point && one.activity === activity);
    return { changed: change ? { by: change.by, at: change.since } : null };
  };

  return Object.entries(office.points).map(([id, point]) => {
    const { name, address, kind } = point;
    const week = (hours: Office['chat']) => describeWeekHours(hours, 'id', office.timeZone);
    const visited = ACTIVITIES.flatMap((activity): ActivityNow[] => {
      const found = point.activities[activity];
      if (!found) return [];
      const { hours, capacity, slotMinutes } = found;
      return [
        {
          ...{ id: activity, name: office.activities[activity], hours: week(hours), capacity, slotMinutes },
          ...{ ...standsOn(found, today), ...changed(id, activity) },
          booked: booked.get(`${id} ${activity}`)?.length ?? 0,
        },
      ];
    });
    const { print } = point.activities;
    const printed: ActivityNow[] = print
      ? [
          {
            ...{ id: 'print', name: KIOSK, hours: week(print.hours) },
            ...{ ...standsOn(print, today), ...changed(id, 'print') },
            ...{ capacity: null, slotMinutes: null, booked: 0 },
          },
        ]
      : [];
    return {
      ...{ id, name, address, kind, ...standsOn(point, today), ...changed(id) },
      activities: [...visited, ...printed],
    };
  });
}

const KIOSK: Words = { id: 'cetak mandiri', en: 'self-service printing' };

/** What was out of order up to a day is in order after it. */
function standsOn({ status, reason, until }: Standing, today: string): Omit<Stands, 'changed'> {
  const isOver = until !== undefined && until < today;
  if (isOver) return { status: 'active', reason: null, until: null };
  return { status, reason: reason ?? null, until: until ?? null };
}
