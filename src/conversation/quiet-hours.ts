/** Nobody is woken by an office: what the citizen did not just ask for is sent from 08.00 to 20.00 local time. */
import type { Window } from '../office.ts';

const DAYTIME: Window = { startMinute: 8 * 60, endMinute: 20 * 60 };

/** Reading a clock in another zone is slow, and one day serves many. */
interface Day {
  timeZone: string;
  within: Window;
  /** The day itself, and when in it things may be sent: milliseconds since the epoch, ends excluded. */
  from: number;
  to: number;
  opensAt: number;
  closesAt: number;
  nextOpensAt: number;
}
let last: Day | undefined;

/**
 * The instant itself when it lies in the daytime of the zone, else the next 08.00 there. `within` narrows the daytime (hours
 * of SMS in office.yaml); hours that leave nothing of it do not count.
 */
export function intoDaytime(at: number, timeZone: string, within: Window = DAYTIME): number {
  const isAtHand = last?.timeZone === timeZone && last.within === within && last.from <= at && at < last.to;
  const day = isAtHand && last ? last : dayOf(at, timeZone, within);
  last = day;
  if (at < day.opensAt) return day.opensAt;
  return at < day.closesAt ? at : day.nextOpensAt;
}

function dayOf(at: number, timeZone: string, within: Window): Day {
  const start = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).startOfDay();
  const next = start.add({ days: 1 });
  const { startMinute, endMinute } = narrowed(within);
  const timeOf = (day: Temporal.ZonedDateTime, minute: number) =>
    day.with({ hour: Math.floor(minute / 60), minute: minute % 60 }).epochMilliseconds;
  return {
    ...{ timeZone, within, from: start.epochMilliseconds, to: next.epochMilliseconds },
    opensAt: timeOf(start, startMinute),
    closesAt: timeOf(start, endMinute),
    nextOpensAt: timeOf(next, startMinute),
  };
}

function narrowed(within: Window): Window {
  const startMinute = Math.max(DAYTIME.startMinute, within.startMinute);
  const endMinute = Math.min(DAYTIME.endMinute, within.endMinute);
  return startMinute < endMinute ? { startMinute, endMinute } : DAYTIME;
}
