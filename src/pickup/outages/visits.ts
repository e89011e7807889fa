/** Whose visits an outage is about, before anybody is moved. */
import type { Clock } from '../../clock.ts';
import type { Office } from '../../office.ts';
import { HORIZON_DAYS } from '../calendar/openings.ts';
import type { Booking, BookingStore } from '../ports.ts';
import { isStanding } from './desk.ts';
import type { OutageRecord, OutageSummary } from './record.ts';
import type { OutageRecords } from './records.ts';
import { findStrays } from './strays.ts';

/** What says whose they are. */
type OutageScope = Pick<OutageRecord, 'point' | 'activity' | 'cause' | 'until'>;

interface VisitsDeps {
  office(): Office;
  bookings: Pick<BookingStore, 'list'>;
  records: Pick<OutageRecords, 'list' | 'load'>;
  clock: Clock;
  needsBlangko(service: string): boolean;
}

const DAY_MS = 86_400_000;

/**
 * Who is booked there from now on, up to the end of the last day; for the cause `calendar` who is booked, at any place, at a
 * time that the calendar does not have, and whom no outage is about to move. By start; of one time who booked first comes first.
 */
export function createOutageVisits(deps: VisitsDeps): (scope: OutageScope) => Promise<Booking[]> {
  const { bookings, clock, records } = deps;

  async function strays(ahead: readonly Booking[]): Promise<Booking[]> {
    const found = findStrays(deps.office(), ahead);
    if (found.length === 0) return found;
    const taken = new Set<string>();
    for (const outage of records.list().filter(hasOpenItems)) {
      const held = await records.load(outage.id);
      for (const { booking, outcome } of held?.record.items ?? [])
        if (outcome === undefined || outcome === 'waiting') taken.add(booking.id);
    }
    return found.filter(({ id }) => !taken.has(id));
  }

  return async ({ point, activity, cause, until }) => {
    const now = clock.now();
    const to = endOfDay(until, deps.office().timeZone) ?? now + HORIZON_DAYS * DAY_MS;
    const all = await bookings.list({ ...(point === undefined ? {} : { point }), from: now + 1, to }, now);
    const there =
      cause === 'calendar'
        ? await strays(all)
        : all.filter(
            (one) =>
              one.heldUntil === undefined &&
              (activity === undefined || one.activity === activity) &&
              (cause !== 'blangko' || (one.activity === 'pickup' && deps.needsBlangko(one.service))),
          );
    return there.sort((a, b) => a.startAt - b.startAt || a.bookedAt - b.bookedAt);
  };
}

/** It has visits that it still moves. */
function hasOpenItems(outage: OutageSummary): boolean {
  return isStanding(outage) && (outage.done < outage.total || outage.waiting > 0);
}

/** The end of a day of the office, ms since the epoch. */
export function endOfDay(date: string | undefined, timeZone: string): number | undefined {
  if (date === undefined) return undefined;
  return Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
}
