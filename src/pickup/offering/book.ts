/** Effect `book`: takes one of the offered times. */
import { z } from 'zod';
import type { EffectContext, EffectHandler } from '../../conversation/ports.ts';
import type { SlotRemark } from '../../flows/talk.ts';
import { dateAt, outOfOrder } from '../calendar/openings.ts';
import { findPoint } from '../calendar/place-on.ts';
import { reasonClosed } from '../calendar/reason-closed.ts';
import type { Slot } from '../ports.ts';
import { isSame } from './free-times.ts';
import { type OfferDeps, offerTimes, slotSchema } from './offer.ts';
import { toOfferedSlot } from './offered-slot.ts';
import { brokenRemark } from './point-order.ts';
import { takeSeat } from './take-seat.ts';

const paramsSchema = z.object({ application: z.string(), slot: slotSchema });

interface Wanted {
  application: string;
  slot: Slot;
}

/**
 * `{ application, slot }` -> `{ ok: true, slot: OfferedSlot }`, or `{ ok: false, slots, remark?, current? }` with other times
 * when it cannot be had. `remark` says why, and is absent where somebody else was quicker. The visit that the application
 * had is given up only for another one that is had.
 */
export function createBookHandler(deps: OfferDeps): EffectHandler {
  return {
    type: 'book',
    run: async (effect, context) => {
      const wanted = paramsSchema.parse(effect.params);
      const { application, slot } = wanted;
      const refused = (await isHeldByRepeat(deps, wanted, context)) ? undefined : await refusal(deps, wanted);
      if (!refused) return { result: { ok: true, slot: toOfferedSlot(deps.office(), slot) } };
      const { remark: _remark, ...others } = await offerTimes(deps, { application, activity: slot.activity });
      return { result: { ok: false, ...others, ...refused } };
    },
  };
}

/** Undefined when it is booked; else what there is to say about it. */
async function refusal(deps: OfferDeps, wanted: Wanted): Promise<{ remark?: SlotRemark } | undefined> {
  const { slot } = wanted;
  if (await isWithoutBlanks(deps, wanted)) return { remark: { code: 'blangko', ...placeOf(deps, slot) } };
  const taken = await takeSeat(deps, wanted);
  if (taken.ok) return undefined;
  const date = dateAt(slot.startAt, deps.office().timeZone).toString();
  switch (taken.reason) {
    case 'full':
      return {};
    case 'gone':
      return { remark: goneRemark(deps, slot) };
    case 'past':
    case 'quota':
      return { remark: { code: taken.reason, date } };
  }
}

/** The calendar does not have it any more: the point is out of order, or closed on that day. */
function goneRemark(deps: OfferDeps, slot: Slot): SlotRemark {
  const office = deps.office();
  const date = dateAt(slot.startAt, office.timeZone);
  const standing = outOfOrder(office, slot, date);
  if (standing) return brokenRemark(office, slot.point, standing);
  const why = reasonClosed(office, slot, date);
  return { code: why ? 'closed' : 'none-then', date: date.toString(), ...(why ? { why } : {}) };
}

async function isWithoutBlanks(deps: OfferDeps, { application, slot }: Wanted): Promise<boolean> {
  if (slot.activity !== 'pickup') return false;
  const service = (await deps.applicationFacts(application))?.service;
  return service !== undefined && deps.needsBlangko(service) && deps.isBlankOut(slot.point);
}

function placeOf(deps: OfferDeps, { point }: Slot): { place?: { id: string; en: string } } {
  const name = findPoint(deps.office(), point)?.name;
  return name ? { place: name } : {};
}

/** What an earlier try of this effect has booked stays booked, even if its time has come meanwhile. */
async function isHeldByRepeat(deps: OfferDeps, wanted: Wanted, context: EffectContext): Promise<boolean> {
  if (!context.isRepeat) return false;
  const bookings = await deps.bookings.findByApplication(wanted.application, deps.clock.now());
  return bookings.some((booking) => booking.heldUntil === undefined && isSame(booking, wanted.slot));
}
