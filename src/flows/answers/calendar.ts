/** Dates as citizens write them, resolved against today in the office's time zone. Pure. */
import type { AnswerContext } from './types.ts';

/** Years outside are a typing error: nobody alive or planned for lies there. */
const FIRST_YEAR = 1800;
const LAST_YEAR = 2199;

/** Reading a calendar in another zone is slow; no zone changes its day within a quarter of an hour. */
const QUARTER_MS = 15 * 60_000;
let lastToday: { quarter: number; timeZone: string; date: Temporal.PlainDate } | undefined;

/** Today where the office is. */
export function todayOf({ now, timeZone }: Pick<AnswerContext, 'now' | 'timeZone'>): Temporal.PlainDate {
  const quarter = Math.floor(now / QUARTER_MS);
  if (lastToday?.quarter === quarter && lastToday.timeZone === timeZone) return lastToday.date;
  const date = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  lastToday = { quarter, timeZone, date };
  return date;
}

/** The date, or undefined when the calendar has no such day (29 February 2023) or the year is absurd. */
export function findDate(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return undefined;
  // The day before the first of the next month is the last of this one.
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return day <= lastDay ? new Temporal.PlainDate(year, month, day) : undefined;
}

/**
 * A day with a two-digit year: the latest that exists and is not after `today` (contract.md 5). Undefined when no
 * century has the day.
 */
export function findDateOfShortYear(
  { yy, month, day }: { yy: number; month: number; day: number },
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined {
  const century = Math.trunc(today.year / 100) * 100;
  const isPast = (date: Temporal.PlainDate | undefined) => date !== undefined && !isAfter(date, today);
  const late = findDate(century + yy, month, day);
  return isPast(late) ? late : [findDate(century - 100 + yy, month, day)].find(isPast);
}

/** True when `a` comes after `b`. */
export function isAfter(a: Temporal.PlainDate, b: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(a, b) > 0;
}
