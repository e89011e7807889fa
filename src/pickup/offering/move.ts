/** Giving an application another time in place of the one that it has. */

import { findSlot } from '../calendar/slots.ts';
import type { Booking } from '../ports.ts';
import { quotaOn } from './free-times.ts';
import { findGoodTimes, type GoodTimesDeps } from './good-times.ts';

/**
 * Takes the next good time for the same purpose, nearest to the same place first and not before `notBefore`, which frees the
 * old one. The new booking; undefined when there is none: then the old one stands. `movedBy` is noted on it.
 */
export type MoveVisit = (
  booking: Booking,
  how: { notBefore: number; movedBy: string },
) => Promise<Booking | undefined>;

/** Builds it over the calendar and the bookings. */
export function createMoveVisit(deps: GoodTimesDeps): MoveVisit {
  return async ({ application, activity, point, service }, { notBefore, movedBy }) => {
    const { slots } = await findGoodTimes(deps, { application, activity }, { near: { point }, notBefore });
    for (const slot of slots) {
      const found = findSlot(deps.office(), slot);
      if (!found) continue;
      const now = deps.clock.now();
      const quota = quotaOn(deps.office(), service, slot.startAt);
      const taken = await deps.bookings.reserve({
        ...{ application, service, slot, capacity: found.capacity, now, movedBy },
        ...(quota ? { quota } : {}),
      });
      if (taken.ok) return taken.booking;
    }
    return undefined;
  };
}
