/** An office whose times and places are real: its calendar, a store of its own, and the handlers of the pick-up room. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { EffectHandler } from '../../src/conversation/ports.ts';
import type { Conversation, Effect, Event } from '../../src/conversation/types.ts';
import type { Flows } from '../../src/flows/schema.ts';
import { loadOffice, type Office } from '../../src/office.ts';
import { createCalendar } from '../../src/pickup/calendar/calendar.ts';
import { findSlot } from '../../src/pickup/calendar/slots.ts';
import { createBookHandler } from '../../src/pickup/offering/book.ts';
import { createOfferHandler } from '../../src/pickup/offering/offer.ts';
import {
  createUnbookHandler,
  createVisitsHandler,
  type OpenCase,
} from '../../src/pickup/offering/visits-of.ts';
import { createPlacesHandler } from '../../src/pickup/places/places.ts';
import type { Activity } from '../../src/pickup/ports.ts';
import { contextOf, openTestStore } from '../pickup/world.ts';
import { type Luck, played } from './stand-ins.ts';
import { createTalking, type Talking } from './world.ts';

const root = join(import.meta.dirname, '..', '..');
const HOLD_MS = 35 * 60_000;

/** What of an office is different: parts of office.yaml, laid over it key by key; null takes a key away. */
export type OtherOffice = { [key: string]: unknown };

/** How many others have seats in the slot that begins at this local time. */
export interface Sitting {
  point: string;
  activity: Activity;
  at: string;
  taken: number;
}

interface Moment {
  conversation: Conversation;
  now: number;
  luck: Luck;
}

export interface LiveOffice {
  timeZone: string;
  /** The talk of this office as it is now. */
  talkOf(flows: Flows): Talking;
  change(other: OtherOffice, flows: Flows): Talking;
  seat(sittings: Sitting[], now: number): Promise<void>;
  /** What comes back from an effect; those that are not about times and places are stand-ins. */
  run(effect: Effect, moment: Moment): Promise<Event | undefined>;
  close(): Promise<void>;
}

/** Opens `test/dialogues/offices/<name>.yaml`: its keys stand in place of those of the sample office.yaml. */
export async function openOffice(name: string): Promise<LiveOffice> {
  let text = { ...read('office.yaml'), ...read(`test/dialogues/offices/${name}.yaml`) };
  let office = officeOf(text);
  let moment = 0;
  const { store, close } = await openTestStore();
  const { bookings } = store;
  const cases: (OpenCase & { dueAt: number })[] = [];
  const shared = {
    ...{ bookings, clock: { now: () => moment }, office: () => office },
    openCases: async () => cases.map(({ dueAt: _, ...one }) => one),
  };
  const times = {
    ...shared,
    calendar: createCalendar(() => office),
    applicationFacts: async (number: string) => cases.find((one) => one.number === number),
    needsBlangko: () => false,
    isBlankOut: async () => false,
    waitForCards: async () => {},
    holdMs: HOLD_MS,
  };
  const handlers = [
    createOfferHandler(times),
    createBookHandler(times),
    createPlacesHandler(shared),
    createVisitsHandler(shared),
    createUnbookHandler(shared),
  ];
  const talkOf = (flows: Flows, now = moment) => {
    const calendar = createCalendar(() => office);
    const kiosk = { id: calendar.kioskLines('id', now), en: calendar.kioskLines('en', now) };
    return createTalking(flows, office.templates, { kiosk }, office);
  };

  return {
    timeZone: office.timeZone,
    talkOf,
    change(other, flows) {
      text = merged(text, other) as OtherOffice;
      office = officeOf(text);
      return talkOf(flows);
    },
    async seat(sittings, now) {
      for (const sitting of sittings) {
        const slot = slotOf(office, sitting);
        const { capacity } = slot;
        for (let i = 0; i < sitting.taken; i++) {
          const application = `other-${sitting.point}-${sitting.at}-${i}`;
          const had = await bookings.reserve({ application, service: 'lain', slot, capacity, now });
          if (!had.ok) throw new Error(`no more than ${i} seats at ${sitting.at}: ${had.reason}`);
        }
      }
    },
    async run(effect, { conversation, now, luck }) {
      moment = now;
      const handler = handlers.find(({ type }) => type === effect.type);
      const result = handler ? await live(handler, effect, conversation) : played(effect, luck);
      if (result?.type === 'effect.done' && effect.type === 'submit')
        cases.push(filed(effect, result.result));
      return result;
    },
    close,
  };
}

async function live(handler: EffectHandler, effect: Effect, conversation: Conversation): Promise<Event> {
  const { result } = await handler.run(effect, contextOf(conversation.id));
  return {
    type: 'effect.done',
    ...{ effect: effect.id, effectType: effect.type, params: effect.params, result: result ?? null },
  } as Event;
}

/** As the filing stands then: somebody may come for it. */
function filed({ params }: Effect, result: unknown): OpenCase & { dueAt: number } {
  const { number, dueAt } = result as { number: string; dueAt: number };
  return {
    number,
    dueAt,
    service: String(params.service),
    activity: 'submit',
    answers: params.answers ?? {},
  };
}

function slotOf(office: Office, { point, activity, at }: Sitting) {
  const startAt = Temporal.PlainDateTime.from(at).toZonedDateTime(office.timeZone).epochMilliseconds;
  const minutes = office.points[point]?.activities[activity]?.slotMinutes ?? 0;
  const slot = findSlot(office, { point, activity, startAt, endAt: startAt + minutes * 60_000 });
  if (!slot) throw new Error(`the calendar has no such slot: ${point} ${activity} ${at}`);
  return slot;
}

function read(path: string): OtherOffice {
  return parse(readFileSync(join(root, path), 'utf8')) as OtherOffice;
}

/** Read as the service reads it, with every check. */
function officeOf(text: OtherOffice): Office {
  const loaded = loadOffice(stringify(text), 'office.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.office;
}

function merged(base: unknown, other: unknown): unknown {
  if (!isMap(base) || !isMap(other)) return other;
  const changed = Object.entries(other).map(([key, value]) => [key, merged(base[key], value)]);
  const all = Object.entries({ ...base, ...Object.fromEntries(changed) });
  return Object.fromEntries(all.filter(([, value]) => value !== null));
}

function isMap(value: unknown): value is OtherOffice {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
