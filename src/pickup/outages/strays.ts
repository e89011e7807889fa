/** Visits at times that the calendar does not have (any more): a day off was entered, hours or office.yaml have changed. */
import type { Office } from '../../office.ts';
import { listSlots } from '../calendar/slots.ts';
import type { Booking } from '../ports.ts';

/** Those of `visits` for which nobody is there, in the same order. What is kept for an answer only is none. Pure. */
export function findStrays(office: Office, visits: readonly Booking[]): Booking[] {
  const known = new Set<string>();
  const settled = visits.filter(({ heldUntil }) => heldUntil === undefined);
  // The slots of a desk are listed once, however many people sit in them.
  for (const there of Map.groupBy(settled, ({ point, activity }) => `${point} ${activity}`).values()) {
    const [first] = there;
    if (!first) continue;
    const { point, activity } = first;
    const starts = there.map(({ startAt }) => startAt);
    const span = { from: earliest(starts), to: latest(starts) + 1 };
    for (const slot of listSlots(office, { point, activity, ...span })) known.add(keyOf(slot));
  }
  return settled.filter((visit) => !known.has(keyOf(visit)));
}

function keyOf({
  point,
  activity,
  startAt,
  endAt,
}: Omit<Booking, 'id' | 'application' | 'service' | 'bookedAt'>) {
  return `${point} ${activity} ${startAt} ${endAt}`;
}

function earliest(times: readonly number[]): number {
  return times.reduce((a, b) => Math.min(a, b));
}

function latest(times: readonly number[]): number {
  return times.reduce((a, b) => Math.max(a, b));
}
