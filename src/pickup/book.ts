/** Effect `book`: takes one of the offered times. */
import { z } from 'zod';
import type { EffectContext, EffectHandler } from '../conversation/ports.ts';
import { ACTIVITIES } from '../office.ts';
import { findGoodTimes, type GoodTimesDeps, isSame } from './good-times.ts';
import { toOfferedSlot } from './offered-slot.ts';
import type { Slot } from './ports.ts';
import { findSlot } from './slots.ts';

const slotSchema = z.object({
  point: z.string(),
  activity: z.enum(ACTIVITIES),
  startAt: z.number(),
  endAt: z.number(),
});
const paramsSchema = z.object({ application: z.string(), slot: slotSchema });

/**
 * `{ application, slot }` -> `{ ok: true, slot: OfferedSlot }`, or `{ ok: false, slots: OfferedSlot[] }` with other
 * times when it cannot be had: full, past, or not in the calendar (any more). A booking of the same activity is moved.
 */
export function createBookHandler(deps: GoodTimesDeps): EffectHandler {
  return {
    type: 'book',
    run: async (effect, context) => {
      const { application, slot } = paramsSchema.parse(effect.params);
      const isBooked =
        (await isHeldByRepeat(deps, { application, slot }, context)) ||
        (await reserve(deps, application, slot));
      if (isBooked) return { result: { ok: true, slot: toOfferedSlot(deps.office(), slot) } };
      const slots = await findGoodTimes(deps, { application, activity: slot.activity });
      return { result: { ok: false, slots } };
    },
  };
}

async function reserve(deps: GoodTimesDeps, application: string, slot: Slot): Promise<boolean> {
  const now = deps.clock.now();
  const found = slot.startAt > now ? findSlot(deps.office(), slot) : undefined;
  if (!found) return false;
  const service = (await deps.applicationFacts(application))?.service ?? '';
  return (await deps.bookings.reserve({ application, service, slot, capacity: found.capacity, now })).ok;
}

/** What an earlier try of this effect has booked stays booked, even if its time has come meanwhile. */
async function isHeldByRepeat(
  deps: GoodTimesDeps,
  wanted: { application: string; slot: Slot },
  context: EffectContext,
): Promise<boolean> {
  if (!context.isRepeat) return false;
  const bookings = await deps.bookings.findByApplication(wanted.application, deps.clock.now());
  return bookings.some((booking) => isSame(booking, wanted.slot));
}
