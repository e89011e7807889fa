/** Small deterministic stand-ins of the effect handlers: what each result looks like, without a store behind it. */
import { crc32 } from 'node:zlib';
import { formatNumber } from '../../src/applications/number.ts';
import type { Effect, Event } from '../../src/conversation/types.ts';
import type { Near, OfferedSlot, QueueResult, SlotRemark, VisitChoice } from '../../src/flows/talk.ts';
import type { Json } from '../../src/json.ts';
import { ACTIVITIES } from '../../src/office.ts';
import { findPlaces } from '../../src/pickup/places/places.ts';
import { NOW, office } from './world.ts';

const HOUR_MS = 3_600_000;
export const NUMBER = formatNumber({ code: 'KL', at: NOW, timeZone: 'Asia/Makassar', serial: 1 });
export const PIN = '123456';
/** As long as real ones are. */
const URL_BASE = 'https://layanan.disdukcapil.contohkab.go.id/f/';
const LINK = `${URL_BASE}7Gq0mXh2bVw9RkTzLp4sYA`;

const place = {
  id: 'Loket pelayanan Disdukcapil, Jl. Pelayanan No. 1, Contoh Kota',
  en: 'Disdukcapil service counter, Jl. Pelayanan No. 1, Contoh Kota',
};

function slotsFor(activity: OfferedSlot['activity'], from = 0): OfferedSlot[] {
  return [0, 1, 2].map((i) => {
    const startAt = NOW + (22 + 24 * (i + from)) * HOUR_MS;
    return { point: 'kantor', activity, startAt, endAt: startAt + HOUR_MS / 2, place };
  });
}

/** An open application of the chat, and the visit that is booked for it. */
export type Case = Pick<VisitChoice, 'number' | 'service' | 'activity' | 'slot'>;

/** What the next effects will meet: `fail` and `taken` count down. */
export interface Luck {
  fail: string[];
  taken: number;
  /** What is read off the next files that are taken, by element. */
  reads?: { [element: string]: string } | undefined;
  /** The application that lies ready: its collection gets a slip in place of a receipt. */
  ready?: string | undefined;
  /** What becomes of the next ask for a queue number; a new one when absent. */
  queue?: QueueResult['outcome'] | undefined;
  /** What UBAH JADWAL finds; none when absent. */
  cases?: Case[];
  /** Why the next times are not what was asked for; `none`: there are none at all. */
  remark?: (SlotRemark & { none?: true }) | undefined;
  /** The visit is over by now, or there is none any more, or it is on another day. */
  over?: 'closed' | 'none' | 'early' | undefined;
  /** Why the next files are not taken. */
  refused?: { reason: string; page?: number; of?: number } | undefined;
}

/** The event that comes back from an effect; undefined when it has no result. */
export function played(effect: Effect, luck: Luck = { fail: [], taken: 0 }): Event | undefined {
  if (effect.type === 'say') return undefined;
  const base = { effect: effect.id, effectType: effect.type, params: effect.params };
  const failing = luck.fail.indexOf(effect.type);
  if (failing >= 0) {
    luck.fail.splice(failing, 1);
    return { type: 'effect.failed', ...base, reason: 'REMOTE_UNAVAILABLE' };
  }
  const stand = STAND_INS[effect.type];
  if (!stand) throw new Error(`no stand-in for effects of type ${effect.type}`);
  return { type: 'effect.done', ...base, result: stand(effect.params, luck, effect.id) };
}

type Params = Effect['params'];

const STAND_INS: Record<string, (params: Params, luck: Luck, id: string) => Json> = {
  submit: () => ({ number: NUMBER, pin: PIN, dueAt: NOW + 48 * HOUR_MS }),
  offer: (params, luck) => offered(params, luck) as unknown as Json,
  book: ({ application, slot }, luck) => booked(String(application), slot as unknown as OfferedSlot, luck),
  visits: ({ application }, { cases = [] }) => {
    const found = cases.filter(({ number }) => application === undefined || number === application);
    return { visits: found.map((one) => ({ ...one, answers: {} })) as unknown as Json };
  },
  unbook: ({ application }, luck) => {
    const others = luck.cases?.filter(({ number }) => number !== application) ?? [];
    const freed = luck.cases?.flatMap(({ slot: _, ...one }) => (one.number === application ? [one] : []));
    luck.cases = [...others, ...(freed ?? [])];
    return { slot: null };
  },
  receipt: ({ application, asLink }, luck) => {
    const paper = application === luck.ready ? 'slip' : 'receipt';
    const name = `${paper === 'slip' ? 'slip-pengambilan' : 'tanda-terima'}-${application}.pdf`;
    const file = { file: `${paper}-1`, contentType: 'application/pdf', sizeBytes: 1, name };
    return { file, url: asLink ? LINK : null, paper };
  },
  calendar: ({ application, asLink }) => {
    if (application === null) return { file: null, url: null };
    const name = `jadwal-${application}.ics`;
    const file = { file: 'calendar-1', contentType: 'text/calendar', sizeBytes: 1, name };
    return { file, url: asLink ? LINK : null };
  },
  status: ({ number, pin }) =>
    number === NUMBER && pin === PIN
      ? {
          ok: true,
          number,
          service: 'akta-kelahiran',
          state: 'verification',
          dueAt: NOW + 48 * HOUR_MS,
          slot: null,
        }
      : { ok: false, reason: 'unknown' },
  places: ({ near, activity }) =>
    findPlaces(
      office,
      { near: near as Near, activities: activity ? [activity as OfferedSlot['activity']] : ACTIVITIES },
      NOW,
    ) as unknown as Json,
  coming: ({ how, slot }, luck) => visited(String(how), slot ?? null, luck),
  queue: (_params, { queue = 'taken' }) => queued(queue) as unknown as Json,
  form: ({ step, form, answers }) => ({ step: step ?? '', file: formOf(String(form), answers ?? null) }),
  link: ({ step }) => ({ step: step ?? '', url: LINK }),
  intake: ({ step, files }, luck, id) => looked(step ?? '', files as unknown as Declared[], luck, id),
  correct: () => ({ ok: true, dueAt: NOW + 48 * HOUR_MS }),
  'hand-off': () => ({ answerBy: NOW + 2 * HOUR_MS, open: true }),
};

/** Late is served until an hour after the end of the visit. */
function visited(how: string, slot: Json, { over }: Luck): Json {
  if (over === 'none') return { how: 'none' };
  if (over === 'early') return { how: 'early', slot };
  if (over) return { how: 'over', slot };
  const { endAt } = slot as { endAt: number };
  return how === 'late' ? { how, slot, until: endAt + HOUR_MS } : { how, slot };
}

function queued(outcome: QueueResult['outcome']): QueueResult {
  if (outcome === 'booked') {
    const startAt = NOW + 3 * HOUR_MS;
    return {
      outcome,
      slot: { point: 'kantor', activity: 'submit', startAt, endAt: startAt + HOUR_MS / 2, place },
    };
  }
  if (outcome === 'none') return { outcome, place };
  if (outcome === 'closed' || outcome === 'full') {
    const why = { id: 'Hari Guru', en: 'Teachers Day' };
    return { outcome, opensAt: NOW + 21 * HOUR_MS, why, place };
  }
  const progress = outcome === 'taken' ? { current: null, ahead: 4 } : { current: 'A-009', ahead: 2 };
  return { outcome, activity: 'submit', label: 'A-012', ...progress, expectedAt: NOW + HOUR_MS / 3, place };
}

/** The same answers make the same form. */
function formOf(form: string, answers: Json): Json {
  const file = `form-${crc32(JSON.stringify(answers))}`;
  return { file, contentType: 'application/pdf', sizeBytes: 9, name: `formulir-${form}.pdf` };
}

interface Declared {
  declaredType: string;
}

function looked(step: Json, files: Declared[], luck: Luck, id: string): Json {
  const { refused, reads } = luck;
  luck.refused = undefined;
  if (refused) return { step, ok: false, ...refused };
  const result = taken(step, files, id);
  if (!reads || !result.ok) return result;
  luck.reads = undefined;
  const readings = Object.entries(reads).map(([element, value]) => ({ element, value, confidence: 0.9 }));
  return { ...result, readings };
}

function taken(step: Json, files: Declared[], id: string): { [key: string]: Json } {
  if (files.some(({ declaredType }) => !/^(image\/|application\/pdf)/.test(declaredType)))
    return { step, ok: false, reason: 'type' };
  return {
    step,
    ok: true,
    files: files.map(({ declaredType }, i) => ({
      file: `file-${id}-${i}`,
      contentType: declaredType,
      sizeBytes: 9,
    })),
  };
}

/** A case of a dialogue. */
export function caseOf({ booked, ...one }: Omit<Case, 'slot'> & { booked?: boolean }): Case {
  const [slot] = slotsFor(one.activity);
  return booked && slot ? { ...one, slot } : one;
}

/** The times after those that are booked; near somewhere they are 12.3 km away. */
function offered({ application, activity, near }: Params, luck: Luck) {
  const current = luck.cases?.find(({ number }) => number === application)?.slot;
  const { none, ...remark } = luck.remark ?? {};
  const away = near ? { distanceKm: 12.3 } : {};
  const slots = slotsFor(activity as OfferedSlot['activity'], current || luck.remark ? 1 : 0);
  const isRemarked = luck.remark !== undefined;
  luck.remark = undefined;
  return {
    slots: none ? [] : slots.map((slot) => ({ ...slot, ...away })),
    ...(isRemarked ? { remark } : {}),
    ...(current ? { current } : {}),
  };
}

function booked(application: string, wanted: OfferedSlot, luck: Luck): Json {
  if (luck.taken > 0) {
    luck.taken--;
    return { ok: false, slots: slotsFor(wanted.activity, 1) as unknown as Json };
  }
  const slot = { ...wanted, place };
  luck.cases = luck.cases?.map((one) => (one.number === application ? { ...one, slot } : one)) ?? [];
  return { ok: true, slot: slot as unknown as Json };
}
