/** What the two stores must agree on about bookings, and how their ids are made. */
import { randomBytes } from 'node:crypto';
import type { Booking, Reservation } from '../pickup/ports.ts';

/** Of a booking or a ticket: 24 hex digits, which nobody can guess. */
export function newId(): string {
  return randomBytes(12).toString('hex');
}

/** A hold whose time has passed: nobody has it any more. */
export function hasEnded({ heldUntil }: Pick<Booking, 'heldUntil'>, now: number): boolean {
  return heldUntil !== undefined && heldUntil <= now;
}

/** A visit that stays when another is reserved or all is cancelled: it was booked, and it is over. */
export function isPast(booking: Pick<Booking, 'heldUntil' | 'endAt'>, now: number): boolean {
  return booking.endAt <= now && !hasEnded(booking, now);
}

/** Whether it is what is asked for, and still had. */
export function isAskedAgain(booking: Booking, { slot, now }: Reservation): boolean {
  const { point, activity, startAt } = booking;
  const isSame = point === slot.point && activity === slot.activity && startAt === slot.startAt;
  return isSame && !hasEnded(booking, now);
}

/**
 * What becomes of a booking that is asked for again. A hold is booked, or held on; what is booked is not made a hold
 * by it. What an outage moved is chosen, unless it is that outage which asks again; what was chosen stays chosen.
 */
export function whenAskedAgain(
  { heldUntil: before, movedBy, ...booking }: Booking,
  wanted: Pick<Reservation, 'heldUntil' | 'movedBy'>,
): Booking {
  const heldUntil = before === undefined ? undefined : wanted.heldUntil;
  const isMoved = movedBy !== undefined && wanted.movedBy !== undefined;
  return {
    ...booking,
    ...(heldUntil === undefined ? {} : { heldUntil }),
    ...(isMoved ? { movedBy } : {}),
  };
}

/** The booking that a reservation makes. */
export function newBooking({ application, service, slot, now, heldUntil, movedBy }: Reservation): Booking {
  const { point, activity, startAt, endAt } = slot;
  return {
    ...{ id: newId(), application, service, point, activity, startAt, endAt, bookedAt: now },
    ...(heldUntil === undefined ? {} : { heldUntil }),
    ...(movedBy === undefined ? {} : { movedBy }),
  };
}

/** Soonest first. */
export function byStart(a: Booking, b: Booking): number {
  return a.startAt - b.startAt || (a.id < b.id ? -1 : 1);
}
