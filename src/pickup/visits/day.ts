/** One point on one day: its times, who comes, and what became of each visit. For the counter. */
import type { Clock } from '../../clock.ts';
import type { OperatorRef } from '../../conversation/types.ts';
import { ACTIVITIES, type Office } from '../../office.ts';
import type { Calendar } from '../calendar/calendar.ts';
import { dateAt } from '../calendar/openings.ts';
import { findPoint, placeOn } from '../calendar/place-on.ts';
import { listSlots } from '../calendar/slots.ts';
import type {
  Activity,
  Booking,
  BookingStore,
  Ticket,
  VisitMark,
  VisitMarkKind,
  VisitStore,
} from '../ports.ts';
import { type Queue, walkInsOf } from '../queue/queue.ts';

/** How long after its day a visit is still marked. */
const MARKED_FOR_DAYS = 3;

export interface DayVisit extends Booking {
  marks: VisitMark[];
}

export interface DaySlot {
  startAt: number;
  endAt: number;
  /** 0: the calendar has no such time (any more). */
  capacity: number;
  visits: DayVisit[];
}

export interface DayActivity {
  activity: Activity;
  slots: DaySlot[];
  /** Undefined where nobody is taken without a time. */
  queue: { perDay: number; tickets: Ticket[] } | undefined;
}

export interface PointDay {
  point: string;
  date: string;
  name: { id: string; en: string };
  address: string;
  /** Why nobody is served that day; undefined when somebody is. */
  closed: { id: string; en: string } | undefined;
  activities: DayActivity[];
}

/** What the counter puts on a visit, and takes off. */
export type CounterMark = Extract<VisitMarkKind, 'arrived' | 'served' | 'missed'>;

export interface MarkWish {
  booking: string;
  mark: CounterMark;
  isOn: boolean;
  by: OperatorRef;
}

/** `not-now`: a day to come or long past, a time only held, or missed before it began. */
export type Marked = { ok: true; booking: Booking } | { ok: false; reason: 'unknown' | 'not-now' };

export interface VisitDays {
  /** Today's when there is no `date`. Undefined for a point that is not in `office.yaml`. */
  of(point: string, date?: string): Promise<PointDay | undefined>;
  /** Marks exclude each other: who was served has arrived, who was missed has not. Idempotent. */
  mark(wish: MarkWish): Promise<Marked>;
}

export interface VisitDaysDeps {
  office(): Office;
  calendar: Pick<Calendar, 'windows' | 'reasonClosed'>;
  bookings: Pick<BookingStore, 'list' | 'find'>;
  visits: VisitStore;
  queue: Pick<Queue, 'list'>;
  clock: Clock;
  /** Tells those who look at the day that it has changed. */
  changed(): void;
}

/** Builds it over the stores. */
export function createVisitDays(deps: VisitDaysDeps): VisitDays {
  return {
    async of(point, given) {
      const office = deps.office();
      const found = findPoint(office, point);
      if (!found) return undefined;
      const date = given === undefined ? today(deps) : Temporal.PlainDate.from(given);
      const [bookings, tickets] = await Promise.all([
        deps.bookings.list({ point, ...dayOf(date, office.timeZone) }, deps.clock.now()),
        deps.queue.list(point, date.toString()),
      ]);
      const visits = withMarks(bookings, await deps.visits.marksOf(bookings.map(({ id }) => id)));
      return {
        ...{ point, date: date.toString(), name: found.name },
        address: placeOn(office, point, date)?.address ?? found.address,
        closed: reasonClosed(deps, point, date),
        activities: ACTIVITIES.flatMap(
          (activity) => activityOn(office, { point, activity, date }, visits, tickets) ?? [],
        ),
      };
    },

    async mark(wish) {
      const booking = await findVisit(deps, wish.booking);
      if (!booking) return { ok: false, reason: 'unknown' };
      const isEarly = wish.mark === 'missed' && wish.isOn && booking.startAt > deps.clock.now();
      if (booking.heldUntil !== undefined || isEarly) return { ok: false, reason: 'not-now' };
      await (wish.isOn ? putOn(deps, wish, booking) : takeOff(deps, wish));
      deps.changed();
      return { ok: true, booking };
    },
  };
}

function today({ clock, office }: VisitDaysDeps): Temporal.PlainDate {
  return dateAt(clock.now(), office().timeZone);
}

/** From midnight to midnight. */
function dayOf(date: Temporal.PlainDate, timeZone: string): { from: number; to: number } {
  const midnight = (day: Temporal.PlainDate) => day.toZonedDateTime(timeZone).epochMilliseconds;
  return { from: midnight(date), to: midnight(date.add({ days: 1 })) };
}

function withMarks(bookings: readonly Booking[], marks: readonly VisitMark[]): DayVisit[] {
  const byBooking = Map.groupBy(marks, ({ booking }) => booking);
  return bookings.map((booking) => ({ ...booking, marks: byBooking.get(booking.id) ?? [] }));
}

function reasonClosed({ office, calendar }: VisitDaysDeps, point: string, date: Temporal.PlainDate) {
  const activities = ACTIVITIES.filter((one) => findPoint(office(), point)?.activities[one]);
  if (activities.some((one) => calendar.windows(point, one, date).length > 0)) return undefined;
  return activities
    .map((one) => calendar.reasonClosed(point, one, date))
    .find((reason) => reason !== undefined);
}

interface DeskDay {
  point: string;
  activity: Activity;
  date: Temporal.PlainDate;
}

/** Undefined for what the point does not do, unless somebody comes for it. */
function activityOn(
  office: Office,
  { point, activity, date }: DeskDay,
  visits: readonly DayVisit[],
  all: readonly Ticket[],
): DayActivity | undefined {
  const own = visits.filter((visit) => visit.activity === activity);
  const tickets = all.filter((ticket) => ticket.activity === activity);
  const isDone = findPoint(office, point)?.activities[activity] !== undefined;
  if (!isDone && own.length === 0 && tickets.length === 0) return undefined;
  const { perDay = 0 } = walkInsOf(office, point, activity) ?? {};
  const queue = perDay > 0 || tickets.length > 0 ? { perDay, tickets } : undefined;
  return { activity, slots: slotsOn(office, { point, activity, date }, own), queue };
}

/** The calendar's slots, and those that it has not: a point was closed, or hours were changed, after somebody booked. */
function slotsOn(office: Office, { point, activity, date }: DeskDay, visits: readonly DayVisit[]): DaySlot[] {
  const calendar = listSlots(office, { point, activity, ...dayOf(date, office.timeZone) });
  const keyOf = ({ startAt, endAt }: Pick<DaySlot, 'startAt' | 'endAt'>) => `${startAt}-${endAt}`;
  const byKey = new Map<string, DaySlot>(
    calendar.map((slot) => [
      keyOf(slot),
      { startAt: slot.startAt, endAt: slot.endAt, capacity: slot.capacity, visits: [] },
    ]),
  );
  for (const visit of visits) {
    const { startAt, endAt } = visit;
    const slot = byKey.get(keyOf(visit)) ?? { startAt, endAt, capacity: 0, visits: [] };
    slot.visits.push(visit);
    byKey.set(keyOf(visit), slot);
  }
  return [...byKey.values()].sort((a, b) => a.startAt - b.startAt || a.endAt - b.endAt);
}

/** Of today and the days before it that are still marked. */
async function findVisit(deps: VisitDaysDeps, id: string): Promise<Booking | undefined> {
  const { timeZone } = deps.office();
  const { from } = dayOf(today(deps).subtract({ days: MARKED_FOR_DAYS }), timeZone);
  const { to } = dayOf(today(deps), timeZone);
  const booking = await deps.bookings.find(id, deps.clock.now());
  return booking && from <= booking.startAt && booking.startAt < to ? booking : undefined;
}

async function putOn(deps: VisitDaysDeps, { mark, by }: MarkWish, booking: Booking): Promise<void> {
  const { visits, clock } = deps;
  const put = (kind: CounterMark) => visits.mark({ booking: booking.id, mark: kind, at: clock.now(), by });
  if (mark !== 'missed') {
    await visits.unmark(booking.id, 'missed');
    await put('arrived');
    if (mark === 'served') await put('served');
    return;
  }
  await visits.unmark(booking.id, 'served');
  await visits.unmark(booking.id, 'arrived');
  await put('missed');
}

async function takeOff({ visits }: VisitDaysDeps, { booking, mark }: MarkWish): Promise<void> {
  if (mark === 'arrived') await visits.unmark(booking, 'served');
  await visits.unmark(booking, mark);
}
