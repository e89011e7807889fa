/** What the pages of visits and of the queue need of the other rooms. Times are ms since the epoch, dates `YYYY-MM-DD`. */
import type { OperatorRef } from '../../conversation/types.ts';

type Activity = 'submit' | 'pickup' | 'record';
type Words = { id: string; en: string };

/** A visit, and what became of it. */
export interface DayVisitRecord {
  id: string;
  /** The number of the application. */
  application: string;
  service: string;
  startAt: number;
  endAt: number;
  /** Only held for an answer. */
  heldUntil?: number;
  marks: {
    mark: 'reminded-day' | 'reminded-soon' | 'on-way' | 'late' | 'arrived' | 'served' | 'missed';
    at: number;
  }[];
}

/** A number in the queue. */
export interface TicketRecord {
  id: string;
  point: string;
  activity: Activity;
  date: string;
  number: number;
  at: number;
  expectedAt: number;
  calledAt?: number;
  endedAt?: number;
  outcome?: 'served' | 'gone';
}

/** One point on one day. */
export interface PointDayRecord {
  point: string;
  date: string;
  name: Words;
  address: string;
  closed: Words | undefined;
  activities: {
    activity: Activity;
    slots: { startAt: number; endAt: number; capacity: number; visits: DayVisitRecord[] }[];
    queue: { perDay: number; tickets: TicketRecord[] } | undefined;
  }[];
}

/** The visits of a day (pickup/visits/day.ts). */
export interface VisitBook {
  /** Today's when there is no `date`; undefined for a point that is not in `office.yaml`. */
  of(point: string, date?: string): Promise<PointDayRecord | undefined>;
  /** `not-now`: this visit cannot have that mark today. */
  mark(wish: {
    booking: string;
    mark: 'arrived' | 'served' | 'missed';
    isOn: boolean;
    by: OperatorRef;
  }): Promise<{ ok: true; booking: { application: string } } | { ok: false; reason: 'unknown' | 'not-now' }>;
}

/** The queue (pickup/queue/queue.ts). */
export interface WalkInQueue {
  take(wanted: {
    point: string;
    activity: Activity;
    holder: string;
  }): Promise<
    { ok: true; ticket: TicketRecord } | { ok: false; reason: 'none' | 'closed' | 'full'; opensAt?: number }
  >;
  find(id: string): Promise<TicketRecord | undefined>;
  call(point: string, activity: Activity): Promise<TicketRecord | undefined>;
  end(id: string, outcome: 'served' | 'gone' | null): Promise<TicketRecord | undefined>;
  /** `A-012`. */
  labelOf(ticket: TicketRecord): string;
  /** The number as a slip of paper, a PDF. */
  slip(ticket: TicketRecord): Promise<Uint8Array>;
}

/** What is shown beside a visit. */
export interface VisitFacts {
  /** The first point of `office.yaml`. */
  mainPoint(): string;
  hasPoint(point: string): boolean;
  /** What an activity is called. */
  activityName(activity: Activity): string;
  /** The title of a service; its id where flows.yaml has it no more. */
  serviceTitle(service: string): string;
  /** Of the applicant, as was answered; undefined when nobody said, or it was erased. */
  applicantName(number: string): Promise<string | undefined>;
}
