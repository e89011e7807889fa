/** What a wish asks of a time: dates of the office, and hours of the day. Pure. */
import type { Wish } from '../../flows/talk.ts';
import { dateAt } from '../calendar/openings.ts';
import type { Slot } from '../ports.ts';

/** From here on and up to there, milliseconds since the epoch. */
export interface Span {
  from: number;
  to: number;
}

/** Nobody who names a day only is thinking of a certain hour; the counters open about then. */
const MORNING_MINUTE = 8 * 60;

/** The dates of a wish: from the start of the first to the end of the last; open where it names none. */
export function datesOf({ from, until }: Wish, open: Span, timeZone: string): Span {
  const startOf = (date: Temporal.PlainDate) => date.toZonedDateTime(timeZone).epochMilliseconds;
  return {
    from: from === undefined ? open.from : startOf(Temporal.PlainDate.from(from)),
    to: until === undefined ? open.to : startOf(Temporal.PlainDate.from(until).add({ days: 1 })),
  };
}

/** True when a slot begins within the hours of the wish. */
export function fitsHours({ startAt }: Slot, { after, before }: Wish, timeZone: string): boolean {
  const minute = minuteOf(startAt, timeZone);
  return (after === undefined || minute >= after) && (before === undefined || minute < before);
}

/** True for a wish that names a day or hours. */
export function namesTime({ from, until, after, before }: Wish): boolean {
  return [from, until, after, before].some((part) => part !== undefined);
}

/** True when only one day is wished for. */
export function isOneDay({ from, until }: Wish): boolean {
  return from !== undefined && from === until;
}

/** The instant that the wish means best; alternatives are near to it. */
export function targetOf({ from, after, before }: Wish, now: number, timeZone: string): number {
  const date = from === undefined ? dateAt(now, timeZone) : Temporal.PlainDate.from(from);
  const minute = after ?? (before === undefined ? MORNING_MINUTE : Math.max(0, before - 60));
  const at = date.toZonedDateTime(timeZone).epochMilliseconds + minute * 60_000;
  return Math.max(now, at);
}

/** Minutes since midnight of the office. */
function minuteOf(at: number, timeZone: string): number {
  const { hour, minute } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return hour * 60 + minute;
}
