/** When a desk of the office is open: the windows of a day, after closures and special hours. */
import type { Office, OfficeActivity, WeekHours, Window } from '../office.ts';
import type { Activity } from './ports.ts';

/** What has opening hours: the operators' chat, or one activity at one point. */
export type Desk = 'chat' | { point: string; activity: Activity };

/** A span of time in which a desk is open; milliseconds since the epoch, the end is no more within. */
export interface Opening {
  startAt: number;
  endAt: number;
}

/** The longest way that any search looks ahead: beyond it an office has no calendar. */
export const HORIZON_DAYS = 400;

/** The openings of a desk on a date, in order. None for a point or activity that is unknown or not active. */
export function openingsOn(office: Office, desk: Desk, date: Temporal.PlainDate): Opening[] {
  if (isClosed(office, desk, date)) return [];
  const windows = hoursOn(office, desk, date)?.[date.dayOfWeek - 1] ?? [];
  return windows.map((window) => toOpening(window, date, office.timeZone));
}

/** Openings that end after `from`, soonest first, over `days` days; the first may have begun already. */
export function* openingsFrom(
  office: Office,
  desk: Desk,
  from: number,
  days = HORIZON_DAYS,
): Generator<Opening, undefined> {
  const today = dateAt(from, office.timeZone);
  for (let i = 0; i <= days; i++) {
    yield* openingsOn(office, desk, today.add({ days: i })).filter(({ endAt }) => endAt > from);
  }
}

/** How many applications one slot of this activity takes on a date. */
export function capacityOn(office: Office, desk: Exclude<Desk, 'chat'>, date: Temporal.PlainDate): number {
  const special = specialsOn(office, date).map(
    (entry) => entry.points[desk.point]?.[desk.activity]?.capacity,
  );
  return special.find((value) => value !== undefined) ?? activityOf(office, desk)?.capacity ?? 0;
}

/** The activity as offered; undefined when it, or its point, is unknown or not active. */
export function activityOf(office: Office, desk: Exclude<Desk, 'chat'>): OfficeActivity | undefined {
  const point = Object.hasOwn(office.points, desk.point) ? office.points[desk.point] : undefined;
  const activity = point?.status === 'active' ? point.activities[desk.activity] : undefined;
  return activity?.status === 'active' ? activity : undefined;
}

/** The office's date at an instant. */
export function dateAt(at: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
}

function hoursOn(office: Office, desk: Desk, date: Temporal.PlainDate): WeekHours | undefined {
  const usual = desk === 'chat' ? office.chat : activityOf(office, desk)?.hours;
  if (!usual) return undefined;
  const special = specialsOn(office, date).map((entry) =>
    desk === 'chat' ? entry.chat : entry.points[desk.point]?.[desk.activity]?.hours,
  );
  return special.find((hours) => hours !== undefined) ?? usual;
}

function isClosed(office: Office, desk: Desk, date: Temporal.PlainDate): boolean {
  return office.closures.some(
    (closure) =>
      covers(closure, date) &&
      (closure.points === undefined || (desk !== 'chat' && closure.points.includes(desk.point))),
  );
}

function specialsOn(office: Office, date: Temporal.PlainDate): Office['special'] {
  return office.special.filter((entry) => covers(entry, date));
}

/** ISO dates sort as text. */
function covers(period: { date: string; until?: string | undefined }, date: Temporal.PlainDate): boolean {
  const day = date.toString();
  return period.date <= day && day <= (period.until ?? period.date);
}

/** Minutes are added to midnight, so that `24:00` is the next day's start. */
function toOpening(window: Window, date: Temporal.PlainDate, timeZone: string): Opening {
  const midnight = date.toZonedDateTime(timeZone).epochMilliseconds;
  return { startAt: midnight + window.startMinute * 60_000, endAt: midnight + window.endMinute * 60_000 };
}
