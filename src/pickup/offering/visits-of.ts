/** Effects `visits` and `unbook`: what somebody may come for, and a visit that they will not make. */
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { EffectHandler } from '../../conversation/ports.ts';
import type { Json } from '../../json.ts';
import type { Office } from '../../office.ts';
import type { Activity, BookingStore, OfferedSlot } from '../ports.ts';
import { createFindSlot } from './booked-slot.ts';

/** An open application of a conversation; `activity` is absent where nobody need come. */
export interface OpenCase {
  number: string;
  service: string;
  activity?: Activity | undefined;
  /** What decides which papers are brought. */
  answers: Json;
}

/** What both need. */
export interface VisitsOfDeps {
  bookings: BookingStore;
  office: () => Office;
  clock: Clock;
  /** Those of a conversation that are open, latest filed first. */
  openCases(conversation: string): Promise<OpenCase[]>;
}

/** So many stand in one message; others are reached by their number. */
const LISTED = 5;
const paramsSchema = z.object({ application: z.string().optional() });

/**
 * `{}` -> `{ visits }`: the applications of this conversation that somebody may come for, with the visit they have, those
 * with a visit first; at most five. With `{ application }` that one alone, if it is one of them.
 */
export function createVisitsHandler(deps: VisitsOfDeps): EffectHandler {
  const findSlot = createFindSlot(deps);
  return {
    type: 'visits',
    run: async (effect, { conversation }) => {
      const { application } = paramsSchema.parse(effect.params);
      const cases = await deps.openCases(conversation.id);
      const wanted = cases.filter(({ number }) => application === undefined || number === application);
      const visits = await Promise.all(wanted.map(async (one) => choiceOf(one, await findSlot(one.number))));
      const found = visits.filter((one) => one !== undefined);
      const [booked, free] = [found.filter(({ slot }) => slot), found.filter(({ slot }) => !slot)];
      return { result: { visits: [...booked, ...free].slice(0, LISTED) } };
    },
  };
}

/** `{ application }` -> `{ slot }`: the visit that was given up, null when there was none (any more). The case stays. */
export function createUnbookHandler(deps: Omit<VisitsOfDeps, 'openCases'>): EffectHandler {
  const findSlot = createFindSlot(deps);
  return {
    type: 'unbook',
    run: async (effect) => {
      const { application = '' } = paramsSchema.parse(effect.params);
      const slot = await findSlot(application);
      await deps.bookings.cancel(application, deps.clock.now());
      return { result: { slot: slot ?? null } };
    },
  };
}

function choiceOf({ activity, ...facts }: OpenCase, slot: OfferedSlot | undefined) {
  const purpose = activity ?? slot?.activity;
  return purpose && { ...facts, activity: purpose, ...(slot ? { slot } : {}) };
}
