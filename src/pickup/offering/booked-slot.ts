/** The visit that an application has before it. */
import type { Clock } from '../../clock.ts';
import type { Office } from '../../office.ts';
import type { Booking, BookingStore, OfferedSlot } from '../ports.ts';
import { toOfferedSlot } from './offered-slot.ts';

/** Those that are booked and not over, soonest first; what is held only is no visit yet. */
export function visitsAhead(bookings: readonly Booking[], now: number): Booking[] {
  return bookings
    .filter(({ endAt, heldUntil }) => endAt > now && heldUntil === undefined)
    .sort((a, b) => a.startAt - b.startAt);
}

/** Looks up the soonest booked slot of an application that is not over; undefined when there is none, or one is held only. */
export function createFindSlot(deps: { office: () => Office; bookings: BookingStore; clock: Clock }) {
  return async (application: string): Promise<OfferedSlot | undefined> => {
    const now = deps.clock.now();
    const bookings = await deps.bookings.findByApplication(application, now);
    const [next] = visitsAhead(bookings, now);
    return next && toOfferedSlot(deps.office(), next);
  };
}
