/** What the conversation machine remembers (its context) and what it is told (its events). */
import type { Json } from '../json.ts';
import type { Language } from './schema.ts';

/** One answer: value, codes of remarks, further findings. Short keys: thousands of these are stored. */
export interface Answer {
  v: Json;
  w?: string[];
  d?: { [key: string]: Json };
}
export type Answers = { [step: string]: Answer };

/** A time that may be booked, as the pick-up room offers it. */
export type OfferedSlot = {
  point: string;
  activity: 'submit' | 'pickup' | 'record';
  startAt: number;
  endAt: number;
  place: { id: string; en: string };
  /** As the crow flies from `Talk.near`, in km. */
  distanceKm?: number;
};

/**
 * When a citizen would like to come. Dates are the office's (`YYYY-MM-DD`), both included; times are minutes since midnight
 * in the office's zone, and a visit fits that begins at `after` or later and sooner than `before` ("jam 9" is 540 to 600).
 */
export type Wish = {
  from?: string;
  until?: string;
  after?: number;
  before?: number;
  /** The soonest of all; other times than those that were offered. */
  soonest?: true;
  others?: true;
};

/** Where a citizen is, or wants to go: coordinates, a kecamatan by its code, or a point of the office. */
export type Near =
  | { latitude: number; longitude: number }
  | { district: string; name: string }
  | { point: string };

/** Why the times that are offered are not what was asked for, with the day or place it is about. */
export type SlotRemark = {
  code:
    | 'past'
    | 'closed'
    | 'full'
    | 'outside-hours'
    | 'none-then'
    | 'no-others'
    | 'none-there'
    | 'not-there'
    | 'far'
    | 'broken'
    | 'blangko'
    | 'quota';
  date?: string;
  place?: { id: string; en: string };
  why?: { id: string; en: string };
  /** Where it is expected to work again (`broken`), the last day out of order. */
  until?: string;
  /** Another place was named, and the main office has what was wished for. */
  main?: true;
};

/** The machine's context. Codes and answers only: no text that was said, no history. */
export interface Talk {
  language: Language;
  /** The service being asked about; kept through its visit. */
  service?: string;
  answers: Answers;
  /** When the draft was begun: with the conversation it names the filing, so that filing twice is filing once. Gone once it is filed. */
  draft?: number;
  consentAt?: number;
  /** A draft put aside by MENU or another service, or cancelled (then forgotten after a while). */
  paused?: {
    service: string;
    answers: Answers;
    draft: number;
    consentAt?: number;
    counter?: boolean;
    asked?: string;
    forms?: { [step: string]: string };
    cancelled?: boolean;
  };
  /** The filed application whose refused answers are asked for again in place of a draft. */
  correcting?: { number: string; steps: string[] };
  /** Corrections that wait for LANJUT, the next one first. */
  corrections?: Correction[];
  /** A finished document for whose collection no time was offered yet; UBAH JADWAL offers one. */
  pickup?: { number: string; service: string };
  /** The question of the FAQ asked last, and when; gone when something else goes on. */
  topic?: { id: string; at: number };
  /** The questions that this draft has come to, one character for each position in the form (statistics). */
  asked?: string;
  /** A person has changed the answers: the flow goes on at the first open question. */
  revised?: true;
  /** When the whole welcome was last said. */
  welcomedAt?: number;
  /** Answers in a row that were not understood at this question. */
  misses: number;
  /** Value that was questioned once (a warning): the same again is taken. */
  recheck?: { step: string; warning: string };
  /** The citizen brings every document that is not sent. */
  counter?: boolean;
  /** Pages of the document that is being sent. */
  pages?: Json[];
  /** What was read off those pages. */
  read?: Reading[];
  /** The question at which the citizen said that the value read off a photo is wrong: it is not proposed there again. */
  declined?: string;
  /** The question that waits for its form to be made. */
  formFor?: string;
  /** The forms to sign that were sent for this draft, by step: the same file is not sent again. */
  forms?: { [step: string]: string };
  /** The upload link of the document that is being asked for. */
  link?: { step: string; url: string };
  /** The application last filed here, its service, and what its visit is for. */
  application?: string;
  applicationService?: string;
  activity?: OfferedSlot['activity'];
  filed?: { number: string; pin: string; dueAt: number };
  slots?: OfferedSlot[];
  slotTaken?: boolean;
  /** The visit that is kept while other times are offered, and nothing is chosen. */
  current?: OfferedSlot;
  /** UBAH JADWAL or BATALKAN JADWAL: what is to be done, to which application if it was named, and what there is to choose from. */
  looking?: { cancels?: true; number?: string };
  visits?: VisitChoice[];
  /** What was asked for of a time and a place, while times are offered. */
  wish?: Wish;
  near?: Near;
  remark?: SlotRemark;
  slot?: OfferedSlot;
  /** The office has moved the visit to `current`: silence leaves it there. */
  moved?: true;
  /** The visit that they were told of last, with the papers that are brought: what "on my way" and "cannot come" are about. */
  visit?: { application: string; service: string; slot: OfferedSlot; papers?: Answers };
  /** The service that was asked for while times were offered; begun when the visit is booked. */
  afterVisit?: string;
  /** The citizen wrote STOP: nothing is sent that they did not ask for. */
  muted?: boolean;
  handoff?: string;
}

/** An open application that its applicant may come for. */
export type VisitChoice = {
  number: string;
  service: string;
  activity: OfferedSlot['activity'];
  /** The visit that is booked. */
  slot?: OfferedSlot;
  /** What decides which papers are brought. */
  answers: Answers;
};

/** A filed application of which `steps` were refused; `answers` are those that stand. */
export interface Correction {
  number: string;
  service: string;
  steps: string[];
  answers: Answers;
  counter?: boolean;
}

/** What happened to an application (conversation/types.ts); `kind` chooses the words. */
export interface News {
  number: string;
  service: string;
  kind: string;
  reason?: string;
  refused?: { step: string; reason: string }[];
  answers?: Answers;
  files?: Json[];
  url?: string;
  pin?: string;
  dueAt?: number;
  slot?: OfferedSlot;
  was?: OfferedSlot;
  slots?: OfferedSlot[];
  again?: true;
  why?: { id: string; en: string };
}

/** Common to all events: when it happened. */
interface At {
  at: number;
}

/** What the machine can be told. Effects come back as `<type>.done` and `<type>.failed`. */
export type TalkEvent = At &
  (
    | { type: 'START'; service: string }
    | { type: 'RESTORE'; talk: Talk; service: string }
    | { type: 'INFORM'; service: string }
    | { type: 'AGREE' }
    | { type: 'REFUSE' }
    | { type: 'ANSWER'; answer: Answer }
    | { type: 'INVALID'; reason: string }
    | { type: 'RECHECK'; warning: string }
    /** What was read off a photo is not right: the question is asked without it. */
    | { type: 'DECLINE' }
    | { type: 'FILES'; files: Json[]; entry: string }
    | { type: 'COUNTER'; all: boolean }
    | { type: 'DONE' }
    | { type: 'SKIP' }
    | { type: 'CONFIRM' }
    | { type: 'CHANGE'; step: string }
    | { type: 'CHANGE_UNCLEAR' }
    | { type: 'PICK'; index: number }
    | { type: 'MENU' }
    | { type: 'CANCEL' }
    | { type: 'BACK' }
    | { type: 'OPERATOR' }
    | { type: 'UPSET' }
    | { type: 'HELP' }
    | { type: 'OFFICIAL' }
    | { type: 'STOP' }
    | { type: 'UNMUTE' }
    | { type: 'RESUME' }
    | { type: 'RESCHEDULE'; application?: string; wish?: Wish; near?: Near }
    | { type: 'CANCEL_VISIT'; application?: string }
    /** Another time than those offered; or one nearer to this place. */
    | { type: 'WISH'; wish: Wish; near?: Near }
    | { type: 'NEAR'; near: Near; activity?: OfferedSlot['activity'] }
    /** The nearest place is wanted, and not said where they are. */
    | { type: 'NEAREST' }
    /** About the visit that is booked. */
    | { type: 'COMING'; how: 'on-way' | 'late' | 'cannot' }
    /** A number in the queue of today, or how far it is; at this place, where one is named. */
    | { type: 'QUEUE'; near?: Near }
    /** The visit as a calendar file. */
    | { type: 'CALENDAR' }
    | { type: 'THANKS' }
    | { type: 'GREETING' }
    | { type: 'RETURNED' }
    | { type: 'LANGUAGE'; language: Language }
    | { type: 'QUESTION'; topic: string }
    | { type: 'UNKNOWN'; kind: string }
    | { type: 'TROUBLE'; reason: string }
    | { type: 'SAID' }
    | { type: 'CLAIM'; reason: string }
    | { type: 'RELEASE' }
    | { type: 'RESOLVE' }
    /** An operator answers a question of the draft; `isOpen`: the one that is being asked. */
    | { type: 'FILL'; step: string; answer: Answer; isOpen: boolean }
    /** An operator gives the chat back and has this question asked again. */
    | { type: 'ASK'; step: string }
    /** Who answered from the office's phone is done: back to the bot without a word. */
    | { type: 'HUNG_UP' }
    | { type: 'NEWS'; news: News }
    | { type: 'submit.done'; result: { number: string; pin: string; dueAt: number } }
    | { type: 'visits.done'; result: { visits: VisitChoice[] } }
    | { type: 'unbook.done'; result: { slot: OfferedSlot | null } }
    | { type: 'offer.done'; result: Offered }
    | { type: 'book.done'; result: { ok: true; slot: OfferedSlot } | ({ ok: false } & Offered) }
    | { type: 'coming.done'; result: Coming }
    | { type: 'receipt.done'; result: { file: Json; url: string | null; paper?: 'receipt' | 'slip' } }
    | { type: 'status.done'; result: StatusResult }
    | { type: 'queue.done'; result: QueueResult }
    | { type: 'calendar.done'; result: { file: Json; url: string | null } }
    | { type: 'places.done'; result: PlacesResult }
    | { type: 'correct.done'; result: { ok: true; dueAt: number } | { ok: false; reason: string } }
    | { type: 'link.done'; result: { step: string; url: string } }
    | { type: 'intake.done'; result: IntakeResult }
    | { type: 'form.done'; result: { step: string; file: { file: string; [key: string]: Json } | null } }
    | { type: 'hand-off.done'; result: { answerBy: number; open: boolean }; params: { reason: string } }
  );

/**
 * What became of it: `over`: it is too late for that visit; `early`: it is on another day; `none`: there is no such visit (any more). `until`: when the
 * counter closes; `next`: the day from which another time is looked for.
 */
type Coming =
  | { how: 'on-way' | 'over' | 'early'; slot: OfferedSlot }
  | { how: 'cannot'; slot: OfferedSlot; next?: string }
  | { how: 'late'; slot: OfferedSlot; until: number }
  | { how: 'none' };

/** `current`: the visit that the application has, and keeps while nothing is chosen. */
type Offered = { slots: OfferedSlot[]; remark?: SlotRemark; current?: OfferedSlot };

type StatusResult =
  | { ok: true; number: string; service: string; state: string; dueAt: number; slot: OfferedSlot | null }
  | { ok: false; reason: string };

/**
 * What became of asking for a number in the queue. `label` is the number (`A-012`), `current` the one called last, `ahead`
 * how many before it were not called yet, `opensAt` when numbers are given again (null: nobody knows). `none`: this place
 * takes nobody without a time; `booked`: there is a time today, and no number is needed.
 */
export type QueueResult =
  | {
      outcome: 'taken' | 'stands' | 'called' | 'ended';
      activity: OfferedSlot['activity'];
      label: string;
      current: string | null;
      ahead: number;
      expectedAt: number;
      place: { id: string; en: string };
    }
  | {
      outcome: 'closed' | 'full';
      opensAt: number | null;
      /** Why that day is closed; null where it is only the hour. */
      why: { id: string; en: string } | null;
      place: { id: string; en: string };
    }
  | { outcome: 'none'; place: { id: string; en: string } }
  | { outcome: 'booked'; slot: OfferedSlot };

/** Where one can go: the nearest places that are open for something; `remark` says what is in the way at the nearest. */
export interface PlacesResult {
  places: NearPlace[];
  remark?: SlotRemark;
}

/** When it is open next: the hours of that day, each with what is done in them. */
export type NearPlace = {
  place: { id: string; en: string };
  /** Without its address, for an SMS. */
  name: { id: string; en: string };
  distanceKm?: number;
  open: { startAt: number; endAt: number; what: { id: string; en: string } }[];
};

/** `page` and `of`: which file of an album is meant, from 1; `readings` only where the step reads (`reads`). */
type IntakeResult =
  | { step: string; ok: true; files: Json[]; readings?: Reading[] }
  | { step: string; ok: false; reason: string; page?: number; of?: number };

/** What was read off a photo: the value as an answer of the flow has it (NIK 16 digits, date `YYYY-MM-DD`), 0 to 1. */
export interface Reading {
  element: string;
  value: string;
  confidence: number;
}

/** A text to say: `key` names it in flows.yaml, `values` fill its placeholders (rendered by the engine). */
export interface Say {
  key: string;
  values: { [name: string]: Json };
  /** Files that go with it. */
  files: Json[];
  /** In a message of its own, whatever else is said: a secret stands beside nothing that it opens. */
  alone?: true;
}

/** What a transition asks the engine to do, in order. Delayed events are timers that outlive the process. */
export type TalkAction =
  | { type: 'say'; say: Say }
  | { type: 'prompt' }
  | { type: 'effect'; effect: { type: string; params: { [key: string]: Json } } }
  | { type: 'timer'; id: string; delayMs: number }
  | { type: 'cancel-timer'; id: string };
