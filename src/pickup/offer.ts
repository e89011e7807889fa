/** Effect `offer`: the next good times for a visit. */
import { z } from 'zod';
import type { EffectHandler } from '../conversation/ports.ts';
import { ACTIVITIES } from '../office.ts';
import { findGoodTimes, type GoodTimesDeps } from './good-times.ts';

const paramsSchema = z.object({ application: z.string(), activity: z.enum(ACTIVITIES) });

/** `{ application, activity }` -> `{ slots: OfferedSlot[] }`; nothing is reserved. */
export function createOfferHandler(deps: GoodTimesDeps): EffectHandler {
  return {
    type: 'offer',
    run: async (effect) => ({
      result: { slots: await findGoodTimes(deps, paramsSchema.parse(effect.params)) },
    }),
  };
}
