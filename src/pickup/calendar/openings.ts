/** When a desk of the office is open: the windows of a day, after closures, outages, special hours and breaks. */

import { intersect, subtract } from '../../office/windows.ts';
import type { Office, OfficeActivity, ServicePoint, Standing, WeekHours, Window } from '../../office.ts';
import type { Activity } from '../ports.ts';
import { findPoint, stopOn } from './place-on.ts';

/** One activity at one point; `print` is a kiosk. */
export interface PointDesk {
  point: string;
  activity: Activity | 'print';
}

/** What has opening hours: the operators' chat, or one activity at one point. */
export type Desk = 'chat' | PointDesk;

/** A span of time in which a desk is open; milliseconds since the epoch, the end is no more within. */
export interface Opening {
  startAt: number;
  endAt: number;
}

/** The longest way that any search looks ahead: beyond it an office has no calendar. */
export const HORIZON_DAYS = 400;

/** The openings of a desk on a date, in order. None on which it is closed or out of order, nor for one that is unknown. */
export function openingsOn(office: Office, desk: Desk, date: Temporal.PlainDate): Opening[] {
  return desk !== 'chat' && outOfOrder(office, desk, date) ? [] : plannedOpeningsOn(office, desk, date);
}

/** As `openingsOn`, as if nothing were out of order. */
export function plannedOpeningsOn(office: Office, desk: Desk, date: Temporal.PlainDate): Opening[] {
  const windows = windowsOn(office, desk, date);
  if (windows.length === 0) return [];
  // Minutes are added to midnight, so that `24:00` is the next day's start.
  const midnight = date.toZonedDateTime(office.timeZone).epochMilliseconds;
  return windows.map(({ startMinute, endMinute }) => ({
    startAt: midnight + startMinute * 60_000,
    endAt: midnight + endMinute * 60_000,
  }));
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
export function capacityOn(office: Office, desk: BookableDesk, date: Temporal.PlainDate): number {
  const special = specialsOn(office, date).map(
    (entry) => entry.points[desk.point]?.[desk.activity]?.capacity,
  );
  return special.find((value) => value !== undefined) ?? bookableActivity(office, desk)?.capacity ?? 0;
}

/** A desk for which times are given. */
export interface BookableDesk extends PointDesk {
  activity: Activity;
}

/** The activity as office.yaml has it, whatever its standing; undefined when it, or its point, is unknown. */
export function bookableActivity(office: Office, desk: BookableDesk): OfficeActivity | undefined {
  return findPoint(office, desk.point)?.activities[desk.activity];
}

/** The activity as offered on a date; undefined when it, or its point, is unknown or out of order then. */
export function activityOf(
  office: Office,
  desk: BookableDesk,
  date: Temporal.PlainDate,
): OfficeActivity | undefined {
  return outOfOrder(office, desk, date) ? undefined : bookableActivity(office, desk);
}

/**
 * How the point, or the activity there, stands when that keeps it shut on a date: of the two the one that lasts longer.
 * Undefined when neither does.
 */
export function outOfOrder(office: Office, desk: PointDesk, date: Temporal.PlainDate): Standing | undefined {
  const point = findPoint(office, desk.point);
  const [first, second] = [point, point?.activities[desk.activity]].filter(
    (standing) => standing !== undefined && isOut(standing, date),
  );
  if (!first || !second) return first;
  const isLonger = second.until === undefined || (first.until !== undefined && first.until < second.until);
  return isLonger ? second : first;
}

/** What closes a desk on a date (a holiday, a day off); undefined when nothing does. */
export function closureOn(
  office: Office,
  desk: Desk,
  date: Temporal.PlainDate,
): Office['closures'][number] | undefined {
  const day = date.toString();
  return office.closures.find((closure) => covers(closure, day) && concerns(closure, office, desk));
}

/** The special hours that hold for a desk on a date: the first entry that says anything of them. */
export function specialOn(
  office: Office,
  desk: Desk,
  date: Temporal.PlainDate,
): Office['special'][number] | undefined {
  return specialsOn(office, date).find(
    (entry) => specialHours(entry, desk) !== undefined || limitsOf(entry, date).length > 0,
  );
}

/** The office's date at an instant. */
export function dateAt(at: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
}

function windowsOn(office: Office, desk: Desk, date: Temporal.PlainDate): readonly Window[] {
  const point = desk === 'chat' ? undefined : findPoint(office, desk.point);
  const specials = specialsOn(office, date);
  const hours = hoursOn({ office, desk, date, point, specials });
  if (hours.length === 0 || closureOn(office, desk, date)) return [];
  const limiting = specials.find(({ within }) => within !== undefined);
  const limits = limiting ? limitsOf(limiting, date) : [];
  const breaks =
    specials.find((entry) => entry.breaks !== undefined)?.breaks ?? point?.breaks ?? office.breaks;
  return subtract(limits.length > 0 ? intersect(hours, limits) : hours, hoursOfDay(breaks, date));
}

interface DeskDay {
  office: Office;
  desk: Desk;
  date: Temporal.PlainDate;
  point: ServicePoint | undefined;
  specials: Office['special'];
}

/** Before limits and breaks: special hours, else those of a mobile point's stop, else the usual ones. */
function hoursOn({ office, desk, date, point, specials }: DeskDay): readonly Window[] {
  const stop = point?.route && stopOn(point, date);
  if (point?.route && !stop) return [];
  const usual = desk === 'chat' ? office.chat : point?.activities[desk.activity]?.hours;
  if (!usual) return [];
  const special = specials.map((entry) => specialHours(entry, desk)).find((hours) => hours !== undefined);
  return special ? hoursOfDay(special, date) : (stop?.hours ?? hoursOfDay(usual, date));
}

function specialHours(entry: Office['special'][number], desk: Desk): WeekHours | undefined {
  if (desk === 'chat') return entry.chat;
  return desk.activity === 'print' ? undefined : entry.points[desk.point]?.[desk.activity]?.hours;
}

/** A day that is not named has no limits. */
function limitsOf({ within }: Office['special'][number], date: Temporal.PlainDate): readonly Window[] {
  return hoursOfDay(within, date);
}

function hoursOfDay(week: WeekHours | undefined, date: Temporal.PlainDate): readonly Window[] {
  return week?.[date.dayOfWeek - 1] ?? [];
}

/** A point that opens on holidays is closed by name only. */
function concerns(closure: Office['closures'][number], office: Office, desk: Desk): boolean {
  if (desk === 'chat') return closure.points === undefined;
  return closure.points?.includes(desk.point) ?? !findPoint(office, desk.point)?.opensOnHolidays;
}

function isOut({ status, until }: Standing, date: Temporal.PlainDate): boolean {
  return status !== 'active' && (until === undefined || date.toString() <= until);
}

function specialsOn(office: Office, date: Temporal.PlainDate): Office['special'] {
  const day = date.toString();
  return office.special.filter((entry) => covers(entry, day));
}

/** ISO dates sort as text. */
function covers(period: { date: string; until?: string | undefined }, day: string): boolean {
  return period.date <= day && day <= (period.until ?? period.date);
}
