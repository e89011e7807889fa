/** What the pick-up room keeps, as stored. Times are milliseconds since the epoch; dates are the office's, `YYYY-MM-DD`. */
import type { OperatorRef } from '../conversation/types.ts';

export type Activity = 'submit' | 'pickup' | 'record';

/** One bookable time: a place, what for, and when. */
export interface Slot {
  point: string;
  activity: Activity;
  startAt: number;
  endAt: number;
}

/** A seat in a slot. Another slot of the same application is another booking, with another id. */
export interface Booking extends Slot {
  id: string;
  application: string;
  service: string;
  bookedAt: number;
  /** Kept for an answer until then, and free again from that moment on; absent: it is booked. */
  heldUntil?: number;
  /** The outage that moved it here; absent once the applicant has chosen. */
  movedBy?: string;
}

/** What is asked for. */
export interface Reservation {
  application: string;
  service: string;
  slot: Slot;
  /** How many applications the slot takes. */
  capacity: number;
  /** How many visits of this service, at all points, may begin in [from, to): a day of the office. */
  quota?: { perDay: number; from: number; to: number };
  now: number;
  /** A hold instead of a booking. */
  heldUntil?: number;
  movedBy?: string;
}

/**
 * Never over-booked: `reserve` gives a seat only while fewer than `capacity` applications sit in the slot and fewer than
 * `quota.perDay` visits of the service begin on its day, whoever asks at the same time and in which process. Holds count
 * until they end.
 *
 * A case has one visit before it: reserving frees whatever else the application has that is not over at `now`, of any
 * activity, and only once the new seat is had. Visits that are over stay. Reserving the slot one already has gives the same
 * booking, even when it is full: what was held is booked by that (or held on, with `heldUntil`), what an outage moved is
 * chosen. A hold that ended may have been given to another; then it is asked for like any other.
 */
export interface BookingStore {
  reserve(
    wanted: Reservation,
  ): Promise<{ ok: true; booking: Booking } | { ok: false; reason: 'full' | 'quota' }>;
  /** Frees what is not over at `now`. Idempotent. */
  cancel(application: string, now: number): Promise<void>;
  /** All of the application, also what is over; soonest first. Holds that ended at `now` are left out, here and below. */
  findByApplication(application: string, now: number): Promise<Booking[]>;
  /** Undefined when it was freed, or its hold has ended. */
  find(id: string, now: number): Promise<Booking | undefined>;
  /** How many sit in each slot that starts in [from, to), by `startAt`; slots in which nobody sits are absent. */
  countTaken(
    point: string,
    activity: Activity,
    from: number,
    to: number,
    now: number,
  ): Promise<Map<number, number>>;
  /** How many visits of a service begin in [from, to), at all points. */
  countService(service: string, from: number, to: number, now: number): Promise<number>;
  /** Those that begin in [from, to), of one point or of all; by start, then by id. */
  list(span: { point?: string; from: number; to: number }, now: number): Promise<Booking[]>;
}

/** What became of a visit. `reminded-day` and `reminded-soon` are ours, the rest comes from the applicant or the counter. */
export const VISIT_MARKS = [
  'reminded-day',
  'reminded-soon',
  'on-way',
  'late',
  'arrived',
  'served',
  'missed',
] as const;
export type VisitMarkKind = (typeof VISIT_MARKS)[number];

export interface VisitMark {
  /** Of the booking. */
  booking: string;
  mark: VisitMarkKind;
  at: number;
  by: OperatorRef | 'citizen' | 'system';
}

/** Marks are put and taken off, never changed: a booking has each at most once. */
export interface VisitStore {
  /** False when it had the mark already; then nothing is changed. */
  mark(mark: VisitMark): Promise<boolean>;
  /** Idempotent. */
  unmark(booking: string, mark: VisitMarkKind): Promise<void>;
  /** The marks of these bookings, oldest first. */
  marksOf(bookings: readonly string[]): Promise<VisitMark[]>;
}

/** A number in the queue of those who come without a time. */
export interface Ticket {
  id: string;
  point: string;
  activity: Activity;
  date: string;
  /** From 1, for each point, activity and date; none is given twice and none is left out. */
  number: number;
  /** Whose it is: a conversation's id, or one of our own for who takes a printed number. */
  holder: string;
  at: number;
  /** When it was expected to be its turn, as told when it was given. */
  expectedAt: number;
  calledAt?: number;
  endedAt?: number;
  /** `gone`: did not come when called. */
  outcome?: 'served' | 'gone';
}

/** Numbers of one day; a holder has at most one for each point, activity and date. */
export interface QueueStore {
  /**
   * The next number, or the one the holder has; `full` when `perDay` were given. `expectedAt` is asked with the number that
   * it will be and how many before it are not ended.
   */
  take(wanted: {
    point: string;
    activity: Activity;
    date: string;
    holder: string;
    at: number;
    perDay: number;
    expectedAt(number: number, waiting: number): number;
  }): Promise<Ticket | 'full'>;
  /** By activity, then by number. */
  list(point: string, date: string): Promise<Ticket[]>;
  /** Those of a holder on a date. */
  findByHolder(holder: string, date: string): Promise<Ticket[]>;
  find(id: string): Promise<Ticket | undefined>;
  /** Calls the first that was not called nor ended, and gives it to exactly one caller; undefined when nobody waits. */
  callNext(point: string, activity: Activity, date: string, at: number): Promise<Ticket | undefined>;
  /** The outcome, or null to take it back. Undefined when there is no such ticket. */
  end(id: string, outcome: Ticket['outcome'] | null, at: number): Promise<Ticket | undefined>;
}

/** A line of the ledger of blank cards (blangko KTP-el) at a point. */
export interface StockEntry {
  id: string;
  point: string;
  at: number;
  by: OperatorRef;
  /** Received with a handover record (BAST), used for a card, spoiled, or counted anew. */
  kind: 'received' | 'used' | 'spoiled' | 'counted';
  /** What it adds to the count; below 0 it takes away. */
  change: number;
  /** The number of the BAST (`received`), or the application (`used`). */
  reference?: string;
}

/** The ledger is only ever added to. */
export interface StockStore {
  /** Idempotent by `id`. */
  add(entry: StockEntry): Promise<void>;
  /** By point; points without a line are absent. */
  counts(): Promise<Map<string, number>>;
  /** Newest first. */
  list(point: string, limit: number): Promise<StockEntry[]>;
}

/**
 * A slot as it is told to a citizen: `place` is the name and address of the point. Plain data (a type, not an
 * interface, so that it counts as `Json`).
 */
export type OfferedSlot = Pick<Slot, keyof Slot> & {
  place: { id: string; en: string };
  /** As the crow flies from where the citizen is, in km with one decimal; absent: not known. */
  distanceKm?: number;
};
