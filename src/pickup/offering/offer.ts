/** Effect `offer`: the next good times for a visit, the first of them held until the applicant has answered. */
import { z } from 'zod';
import type { EffectHandler } from '../../conversation/ports.ts';
import { ACTIVITIES } from '../../office.ts';
import { nearSchema } from '../places/near.ts';
import type { OfferedSlot } from '../ports.ts';
import { visitsAhead } from './booked-slot.ts';
import type { GoodTimes } from './choices.ts';
import { isChosen, isSame } from './free-times.ts';
import { type Asked, findGoodTimes, type GoodTimesDeps } from './good-times.ts';
import { toOfferedSlot } from './offered-slot.ts';
import type { Visit } from './search.ts';
import { OFFERED } from './spread.ts';
import { takeSeat } from './take-seat.ts';

/** What offering needs beside finding the times. */
export interface OfferDeps extends GoodTimesDeps {
  /** How long the first of the offered times is held: somewhat longer than an answer is waited for. */
  holdMs: number;
  /** They were told that there is no time for want of blank cards; again is harmless. */
  waitForCards(application: string): Promise<void>;
}

/** `current` is the visit that the application has, and keeps while nothing else is chosen. */
export type Offer = GoodTimes & { current?: OfferedSlot };

/** A time as it travels through a conversation. */
export const slotSchema = z.object({
  point: z.string(),
  activity: z.enum(ACTIVITIES),
  startAt: z.number(),
  endAt: z.number(),
});

const minute = z
  .int()
  .min(0)
  .max(24 * 60);
const wishSchema = z.object({
  from: z.iso.date().exactOptional(),
  until: z.iso.date().exactOptional(),
  after: minute.exactOptional(),
  before: minute.exactOptional(),
  soonest: z.literal(true).exactOptional(),
  others: z.literal(true).exactOptional(),
});
const paramsSchema = z.object({
  application: z.string(),
  activity: z.enum(ACTIVITIES),
  wish: wishSchema.optional(),
  near: nearSchema.optional(),
  offered: z.array(slotSchema).optional(),
});

/** Others may take the first time between looking and holding it; after so many times it is told unheld. */
const TRIES = 3;

/** `{ application, activity, wish?, near?, offered? }` -> `{ slots, remark?, current? }`. */
export function createOfferHandler(deps: OfferDeps): EffectHandler {
  return {
    type: 'offer',
    run: async (effect) => {
      const { application, activity, ...asked } = paramsSchema.parse(effect.params);
      return { result: { ...(await offerTimes(deps, { application, activity }, asked)) } };
    },
  };
}

/**
 * Good times for a visit. Where the application has none for this activity yet, the first is held, in place of what was held
 * before. Where an outage has put it somewhere, that is the first, unless something else is asked for.
 */
export async function offerTimes(deps: OfferDeps, visit: Visit, asked: Asked = {}): Promise<Offer> {
  const office = deps.office();
  const now = deps.clock.now();
  const mine = await deps.bookings.findByApplication(visit.application, now);
  const booked = visitsAhead(mine, now).find(({ activity }) => activity === visit.activity);
  if (!booked) return heldOffer(deps, visit, asked);
  const times = await findGoodTimes(deps, visit, asked);
  const current = toOfferedSlot(office, booked);
  if (isChosen(booked) || asked.wish || asked.near) return { ...times, current };
  const rest = times.slots.filter((slot) => !isSame(slot, booked));
  return { ...times, current, slots: [current, ...rest].slice(0, OFFERED) };
}

async function heldOffer(deps: OfferDeps, visit: Visit, asked: Asked): Promise<Offer> {
  for (let tries = 1; ; tries++) {
    const times = await findGoodTimes(deps, visit, asked);
    const [first] = times.slots;
    if (!first) {
      if (times.remark?.code === 'blangko') await deps.waitForCards(visit.application);
      return times;
    }
    const { point, activity, startAt, endAt } = first;
    const taken = await takeSeat(deps, {
      application: visit.application,
      slot: { point, activity, startAt, endAt },
      heldUntil: deps.clock.now() + deps.holdMs,
    });
    if (taken.ok || tries === TRIES) return times;
  }
}
