/** Dates as citizens write them, resolved against today in the office's time zone. Pure. */
import type { AnswerContext } from './types.ts';

/** Years outside are a typing error: nobody alive or planned for lies there. */
const FIRST_YEAR = 1800;
const LAST_YEAR = 2199;

/** Today where the office is. */
export function todayOf(context: Pick<AnswerContext, 'now' | 'timeZone'>): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(context.now)
    .toZonedDateTimeISO(context.timeZone)
    .toPlainDate();
}

/** The date, or undefined when the calendar has no such day (29 February 2023) or the year is absurd. */
export function findDate(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1 || day > 31)
    return undefined;
  const date = Temporal.PlainDate.from({ year, month, day });
  return date.day === day ? date : undefined;
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
  return [century, century - 100]
    .map((base) => findDate(base + yy, month, day))
    .find((date) => date !== undefined && !isAfter(date, today));
}

/** True when `a` comes after `b`. */
export function isAfter(a: Temporal.PlainDate, b: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(a, b) > 0;
}
