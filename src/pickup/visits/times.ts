/** When what is told of a visit, and when it counts as missed. Pure: no daytime, no channel is known here. */
import { dateAt } from '../calendar/openings.ts';
import type { Booking } from '../ports.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** [own] The evening before: work is over, and there is still time to look for the papers. */
const DAY_BEFORE_HOUR = 16;
/** [own] Who has just booked needs no reminder. */
const BOOKED_LONG_BEFORE_MS = 20 * HOUR_MS;
const BOOKED_BEFORE_SOON_MS = 2 * HOUR_MS;
const SOON_BEFORE_MS = 2 * HOUR_MS;
/** Later than this before the visit there is nothing left to prepare. */
const SOON_UNTIL_BEFORE_MS = HOUR_MS;
const DAY_UNTIL_BEFORE_MS = 4 * HOUR_MS;
/** So long after its end a visit may still turn out to have happened. */
const MISSED_AFTER_MS = HOUR_MS;

/** From 16.00 of the day before, the office's time. */
export function dayBefore({ startAt }: Pick<Booking, 'startAt'>, timeZone: string): number {
  const day = dateAt(startAt, timeZone).subtract({ days: 1 });
  return day.toZonedDateTime(timeZone).epochMilliseconds + DAY_BEFORE_HOUR * HOUR_MS;
}

/**
 * Which reminder is due: of the day before (16.00, until four hours before), or of two hours before (until one hour before,
 * so that a visit at 09.00 is still reminded of at 08.00, when the day begins). Neither for who booked 20 hours before the
 * first, or two hours before the second.
 */
export function dueReminder(
  { startAt, bookedAt }: Pick<Booking, 'startAt' | 'bookedAt'>,
  now: number,
  timeZone: string,
): 'day' | 'soon' | undefined {
  const soon = startAt - SOON_BEFORE_MS;
  if (soon <= now && now <= startAt - SOON_UNTIL_BEFORE_MS)
    return bookedAt <= soon - BOOKED_BEFORE_SOON_MS ? 'soon' : undefined;
  const day = dayBefore({ startAt }, timeZone);
  if (day <= now && now <= startAt - DAY_UNTIL_BEFORE_MS)
    return bookedAt <= day - BOOKED_LONG_BEFORE_MS ? 'day' : undefined;
  return undefined;
}

/** From then on nobody is expected any more. */
export function missedFrom({ endAt }: Pick<Booking, 'endAt'>): number {
  return endAt + MISSED_AFTER_MS;
}
