/** Which few of many times are told. Pure. */
import { dateAt } from '../calendar/openings.ts';
import type { Slot } from '../ports.ts';

/** How many times stand in one message. */
export const OFFERED = 3;

/**
 * The first slot of each half-day (before and from noon), in order, up to three; then, when the half-days do not
 * suffice, the soonest of the rest. `slots` are in order, and so is the result.
 */
export function spread<S extends Slot>(slots: readonly S[], timeZone: string, count = OFFERED): S[] {
  const first = firstOfHalfDays(slots, timeZone).slice(0, count);
  const rest = slots.filter((slot) => !first.includes(slot)).slice(0, count - first.length);
  return inOrder([...first, ...rest]);
}

/** How many half-days the slots lie in. */
export function halfDays(slots: readonly Slot[], timeZone: string): number {
  return new Set(slots.map(({ startAt }) => halfDay(startAt, timeZone))).size;
}

/** The few nearest to an instant: of each half-day the one at the most like hour, the nearest half-days; in order of time. */
export function nearestTo<S extends Slot>(
  slots: readonly S[],
  target: number,
  timeZone: string,
  count = OFFERED,
): S[] {
  const byHour = sortedBy(slots, ({ startAt }) => hoursApart(startAt, target));
  const byDay = sortedBy(firstOfHalfDays(byHour, timeZone), ({ startAt }) => Math.abs(startAt - target));
  const first = byDay.slice(0, count);
  const left = slots.filter((slot) => !first.includes(slot));
  const rest = sortedBy(left, ({ startAt }) => Math.abs(startAt - target));
  return inOrder([...first, ...rest.slice(0, count - first.length)]);
}

/**
 * Other times than those that were offered: one at another hour of the first day of these, then later half-days than all of
 * them. Fewer, or none, when there are no more.
 */
export function others<S extends Slot>(slots: readonly S[], offered: readonly Slot[], timeZone: string): S[] {
  const starts = offered.map(({ startAt }) => startAt);
  const [first, last] = [Math.min(...starts), Math.max(...starts)];
  const dayOf = (at: number) => dateAt(at, timeZone).toString();
  const left = slots.filter(({ startAt }) => !starts.includes(startAt));
  const hour = left.find(({ startAt }) => startAt >= first + HOUR_MS && dayOf(startAt) === dayOf(first));
  const later = left.filter(
    ({ startAt }) => startAt > last && halfDay(startAt, timeZone) !== halfDay(last, timeZone),
  );
  const found = hour ? [hour, ...spread(later, timeZone, OFFERED - 1)] : spread(later, timeZone);
  return inOrder([...new Set(found)]);
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How far apart two times of the day are; Indonesia's days all have 24 hours. */
function hoursApart(a: number, b: number): number {
  const apart = Math.abs(a - b) % DAY_MS;
  return Math.min(apart, DAY_MS - apart);
}

function sortedBy<S>(all: readonly S[], value: (one: S) => number): S[] {
  return all.toSorted((a, b) => value(a) - value(b));
}

function firstOfHalfDays<S extends Slot>(slots: readonly S[], timeZone: string): S[] {
  const found = new Map<string, S>();
  for (const slot of slots) {
    const key = halfDay(slot.startAt, timeZone);
    if (!found.has(key)) found.set(key, slot);
  }
  return [...found.values()];
}

function inOrder<S extends Slot>(slots: readonly S[]): S[] {
  return slots.toSorted((a, b) => a.startAt - b.startAt);
}

function halfDay(at: number, timeZone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return `${local.toPlainDate()} ${local.hour < 12 ? 'am' : 'pm'}`;
}
