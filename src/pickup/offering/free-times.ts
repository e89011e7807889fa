/** The times of one point, and which of them can be had. */
import type { Clock } from '../../clock.ts';
import type { Office } from '../../office.ts';
import { dateAt } from '../calendar/openings.ts';
import { type CalendarSlot, listSlots } from '../calendar/slots.ts';
import type { Activity, Booking, BookingStore, Reservation, Slot } from '../ports.ts';

/** A time of the calendar: `own` is the visit that the application has there already. */
export interface Candidate extends CalendarSlot {
  state: 'free' | 'full' | 'quota' | 'own';
}

/** Whose visit, and where and when it is looked for: slots that start in [from, to), milliseconds since the epoch. */
export interface TimesWanted {
  point: string;
  activity: Activity;
  service: string;
  /** What the application has before it. A hold, or a time that an outage gave, is free to it. */
  ahead: readonly Booking[];
  from: number;
  to: number;
}

/** What listing them needs. */
export interface TimesDeps {
  /** As it is now: operators change its points (points.ts). */
  office: () => Office;
  bookings: BookingStore;
  clock: Clock;
}

/** All times of the span, soonest first, each with what is in its way. */
export async function listTimes(deps: TimesDeps, wanted: TimesWanted): Promise<Candidate[]> {
  const { point, activity, from, to, ahead } = wanted;
  const office = deps.office();
  const slots = listSlots(office, wanted);
  if (slots.length === 0) return [];
  const now = deps.clock.now();
  const taken = await deps.bookings.countTaken(point, activity, from, to, now);
  const fullDays = await daysOverQuota(deps, wanted, slots);
  return slots.map((slot) => {
    const mine = ahead.find((one) => isSame(one, slot));
    const others = (taken.get(slot.startAt) ?? 0) - (mine ? 1 : 0);
    const isOver = fullDays.has(dateAt(slot.startAt, office.timeZone).toString());
    if (mine && isChosen(mine)) return { ...slot, state: 'own' as const };
    if (others >= slot.capacity) return { ...slot, state: 'full' as const };
    return { ...slot, state: isOver ? ('quota' as const) : ('free' as const) };
  });
}

/** True for the same place, purpose and time. */
export function isSame(a: Slot, b: Slot): boolean {
  return a.point === b.point && a.activity === b.activity && a.startAt === b.startAt && a.endAt === b.endAt;
}

/** A visit that the applicant has settled on: no hold, and not where an outage has put them. */
export function isChosen({ heldUntil, movedBy }: Pick<Booking, 'heldUntil' | 'movedBy'>): boolean {
  return heldUntil === undefined && movedBy === undefined;
}

/** How many visits of the service may begin on the day of `at`; undefined where the office sets no limit. */
export function quotaOn(office: Office, service: string, at: number): Reservation['quota'] {
  const quota = Object.hasOwn(office.quotas, service) ? office.quotas[service] : undefined;
  if (!quota) return undefined;
  const date = dateAt(at, office.timeZone);
  const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(office.timeZone).epochMilliseconds;
  return { perDay: quota.perDay, from: startOf(date), to: startOf(date.add({ days: 1 })) };
}

/** The days, of those with slots, on which the service has as many visits as it may; its own visit does not count. */
async function daysOverQuota(
  { office, bookings, clock }: TimesDeps,
  { service, ahead }: TimesWanted,
  slots: readonly Slot[],
): Promise<Set<string>> {
  const { timeZone } = office();
  const days = Map.groupBy(slots, ({ startAt }) => dateAt(startAt, timeZone).toString());
  const over = new Set<string>();
  for (const [day, [first]] of days) {
    const quota = first && quotaOn(office(), service, first.startAt);
    if (!quota) continue;
    const { perDay, from, to } = quota;
    const own = ahead.filter(({ startAt }) => from <= startAt && startAt < to).length;
    if ((await bookings.countService(service, from, to, clock.now())) - own >= perDay) over.add(day);
  }
  return over;
}
