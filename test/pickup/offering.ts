/** Offering and booking over a real store, with a clock that is set. */
import { expect } from 'vitest';
import type { Near, SlotRemark, Wish } from '../../src/flows/talk.ts';
import { createCalendar } from '../../src/pickup/calendar/calendar.ts';
import { createBookHandler } from '../../src/pickup/offering/book.ts';
import { createFindSlot } from '../../src/pickup/offering/booked-slot.ts';
import { createOfferHandler } from '../../src/pickup/offering/offer.ts';
import type { Activity, OfferedSlot, Slot } from '../../src/pickup/ports.ts';
import type { Store } from '../../src/store/open.ts';
import { contextOf, officeOf, REMBANG, toWib, wib } from './world.ts';

export interface Outcome {
  ok?: boolean;
  slot?: OfferedSlot;
  slots: OfferedSlot[];
  remark?: SlotRemark;
  current?: OfferedSlot;
}

/** How long an offered time is held here. */
export const HOLD_MS = 35 * 60_000;

interface World {
  now(): number;
  /** office.yaml, and closures, special and quotas as YAML. */
  text?: string;
  more?: string;
  /** How an application stands; due tomorrow when absent. */
  facts?: { dueAt: number; service: string; state?: string };
  /** Points without blank cards; the service needs them when this is given. */
  blankOut?: string[];
}

const DUE = { dueAt: wib('2026-11-24T15:00'), service: 'akta-kelahiran' };

/** Applications exist when their number begins with `KL-`. */
export function openOffering(store: Store, { now, text = REMBANG, more = '', facts = DUE, blankOut }: World) {
  let office = officeOf(text, more);
  const waiting: string[] = [];
  const deps = {
    office: () => office,
    calendar: createCalendar(() => office),
    bookings: store.bookings,
    clock: { now },
    applicationFacts: async (application: string) => (application.startsWith('KL-') ? facts : undefined),
    needsBlangko: () => blankOut !== undefined,
    isBlankOut: async (point: string) => blankOut?.includes(point) === true,
    holdMs: HOLD_MS,
    waitForCards: async (application: string) => void waiting.push(application),
  };
  const run = async (handler: ReturnType<typeof createOfferHandler>, params: object, isRepeat = false) => {
    const effect = { id: 'c1.1.0', type: handler.type, params: { ...params } };
    return (await handler.run(effect, contextOf('c1', isRepeat))).result as unknown as Outcome;
  };
  const ask = (
    activity: Activity,
    asked: { wish?: Wish; near?: Near; offered?: Slot[] } = {},
    application = 'KL-1',
  ) => run(createOfferHandler(deps), { application, activity, ...asked });
  return {
    ask,
    offer: async (activity: Activity, application = 'KL-1') => (await ask(activity, {}, application)).slots,
    book: (slot: Slot, application = 'KL-1', isRepeat = false) => {
      const { point, activity, startAt, endAt } = slot;
      const params = { application, slot: { point, activity, startAt, endAt } };
      return run(createBookHandler(deps), params, isRepeat);
    },
    findSlot: createFindSlot(deps),
    /** Who was told that there is no time for want of blank cards. */
    waiting,
    /** The office changes while people choose. */
    change: (otherMore: string, otherText = text) => {
      office = officeOf(otherText, otherMore);
    },
  };
}

/** Local times of what was offered. */
export const starts = (slots: OfferedSlot[] = []) => slots.map(({ startAt }) => toWib(startAt));

/** A slot at the main office. */
export const slotAt = (activity: Activity, local: string, minutes = 30): Slot => ({
  point: 'kantor',
  activity,
  startAt: wib(local),
  endAt: wib(local) + minutes * 60_000,
});

/** Fills every place of a slot with other applications. */
export async function fill(store: Store, slot: Slot, places = 2, service = 'lain') {
  for (let i = 0; i < places; i++) {
    const application = `other-${slot.point}-${slot.startAt}-${i}`;
    const wanted = { application, service, slot, capacity: places, now: slot.startAt - 86_400_000 };
    expect((await store.bookings.reserve(wanted)).ok).toBe(true);
  }
}
