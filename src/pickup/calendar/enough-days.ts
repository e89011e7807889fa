/** Whether days off leave an office working days: without one nothing can be promised to anybody (calendar.ts). */
import type { Office } from '../../office.ts';
import { isWorkingDay } from './calendar.ts';

/** [own] The longest that an office may be closed in a row. */
const MOST_DAYS_CLOSED = 60;

/**
 * True when each of `days`, and today, has a working day among the 60 that follow it. `office` is as it would be with the days
 * off that begin on `days`; those that are over do not count.
 */
export function hasEnoughDays(
  office: Office,
  today: Temporal.PlainDate,
  days: readonly { date: string }[],
): boolean {
  const starts = days
    .map(({ date }) => Temporal.PlainDate.from(date))
    .filter((date) => Temporal.PlainDate.compare(date, today) > 0);
  return [today, ...starts].every((start) =>
    Array.from({ length: MOST_DAYS_CLOSED }, (_, at) => at + 1).some((after) =>
      isWorkingDay(office, start.add({ days: after })),
    ),
  );
}
