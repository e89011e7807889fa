/** A seat in a slot of the calendar, by the rules of the office as it is now. */

import { findSlot } from '../calendar/slots.ts';
import type { Booking, Slot } from '../ports.ts';
import { quotaOn, type TimesDeps } from './free-times.ts';

/** What taking one needs. */
export interface SeatDeps extends TimesDeps {
  applicationFacts(application: string): Promise<{ service: string } | undefined>;
}

/** `heldUntil` holds it only; `movedBy` is the outage that puts the application there. */
export interface SeatWanted {
  application: string;
  slot: Slot;
  heldUntil?: number;
  movedBy?: string;
}

/** `past`: it has begun. `gone`: the calendar does not have it (any more). */
export type SeatOutcome =
  | { ok: true; booking: Booking }
  | { ok: false; reason: 'past' | 'gone' | 'full' | 'quota' };

/** Takes the seat and frees what the application had before; idempotent while the seat is its own. */
export async function takeSeat(deps: SeatDeps, wanted: SeatWanted): Promise<SeatOutcome> {
  const { application, slot } = wanted;
  const now = deps.clock.now();
  if (slot.startAt <= now) return { ok: false, reason: 'past' };
  const office = deps.office();
  const found = findSlot(office, slot);
  if (!found) return { ok: false, reason: 'gone' };
  const service = (await deps.applicationFacts(application))?.service ?? '';
  const quota = quotaOn(office, service, slot.startAt);
  return deps.bookings.reserve({
    ...{ ...wanted, service, capacity: found.capacity, now },
    ...(quota ? { quota } : {}),
  });
}
