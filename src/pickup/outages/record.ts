/** An outage as it is kept: what is out of order, whose visits are moved for it, and how far that has come. */
import { z } from 'zod';
import type { Json } from '../../json.ts';
import { ACTIVITIES } from '../../office.ts';

const booking = z.object({
  ...{ id: z.string(), application: z.string(), service: z.string() },
  ...{ point: z.string(), activity: z.enum(ACTIVITIES) },
  ...{ startAt: z.number(), endAt: z.number(), bookedAt: z.number() },
  movedBy: z.string().exactOptional(),
});

/** What is to be told of a visit, as kinds of news. */
const TOLD = ['visit-moved', 'visit-waiting', 'visit-restored'] as const;
export type VisitNotice = (typeof TOLD)[number];

const item = z.object({
  /** As it was when the outage began. */
  booking,
  /**
   * `moved`: has another time; `waiting`: none was free, the seat is kept; `own`: the applicant had changed or cancelled it;
   * `restored`: is back. Absent: not treated yet.
   */
  outcome: z.enum(['moved', 'waiting', 'own', 'restored']).exactOptional(),
  /** What the applicant has not been told yet. */
  tell: z.enum(TOLD).exactOptional(),
});
export type OutageItem = z.infer<typeof item>;

const words = z.object({ id: z.string(), en: z.string() });
const standing = z.object({
  status: z.enum(['planned', 'active', 'suspended', 'broken']),
  reason: words.optional(),
  until: z.string().optional(),
});

const about = {
  id: z.string(),
  /** Absent with the cause `calendar`: no desk is out of order, wherever the visits are. */
  point: z.string().exactOptional(),
  activity: z.enum(ACTIVITIES).exactOptional(),
  cause: z.enum(['device', 'closed', 'blangko', 'calendar']),
  /** In the operator's words. */
  reason: z.string().exactOptional(),
  /** The last day out of order. */
  until: z.string().exactOptional(),
  at: z.number(),
  by: z.string(),
  state: z.enum(['running', 'done', 'undoing', 'undone']),
};

const record = z.object({
  ...about,
  /** By start. */
  items: z.array(item),
  /** How the desk stood by an operator's word before. */
  before: standing.exactOptional(),
});
export type OutageRecord = z.infer<typeof record>;

const count = z.number().int();
const summary = z.object({
  ...about,
  total: count,
  done: count,
  ...{ moved: count, waiting: count, own: count, restored: count, untold: count },
});
/** An outage in numbers. */
export type OutageSummary = z.infer<typeof summary>;

export type OutageCause = OutageRecord['cause'];

/** The numbers of a record. */
export function summarise({ items, before: _before, ...about }: OutageRecord): OutageSummary {
  const outcomes = Map.groupBy(items, ({ outcome }) => outcome);
  const count = (outcome: OutageItem['outcome']) => outcomes.get(outcome)?.length ?? 0;
  return {
    ...about,
    total: items.length,
    done: items.length - count(undefined),
    ...{ moved: count('moved'), waiting: count('waiting') },
    ...{ own: count('own'), restored: count('restored') },
    untold: items.filter(({ tell }) => tell !== undefined).length,
  };
}

/** Undefined for what is no record, or one of another version. */
export function readRecord(stored: Json | undefined): OutageRecord | undefined {
  return record.safeParse(stored).data;
}

/** Those that can be read, in the order in which they are kept: newest first. */
export function readSummaries(stored: Json | undefined): OutageSummary[] {
  const all = z.array(z.unknown()).catch([]).parse(stored);
  return all.flatMap((one) => summary.safeParse(one).data ?? []);
}
