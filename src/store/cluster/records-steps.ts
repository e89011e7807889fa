/** Conversations and their steps as records, and back. */
import type { mongo } from 'mongoose';
import type { DeliveryStatus } from '../../conversation/types.ts';
import type { ConversationRecord, EntryMark, StepRecord } from '../records.ts';
import { RANKS, type StepDocument } from './schema-steps.ts';

type Steps = mongo.Collection<StepDocument>;

const STATUSES = new Map<number | undefined, DeliveryStatus>(
  Object.entries(RANKS).map(([status, rank]) => [rank, status as DeliveryStatus]),
);

/** Read at a time: a cursor that waits for ten minutes is gone. */
const BATCH = 500;

/** How often a conversation is read again that was written to meanwhile. */
const READS = 20;

/** Each conversation as it stands when its turn comes: its steps in order, then itself. */
export async function* readSteps(steps: Steps): AsyncGenerator<StepRecord | ConversationRecord> {
  let before: string | undefined;
  for await (const { c } of steps.find(
    { open: true },
    { projection: { c: 1 }, sort: { c: 1 }, batchSize: BATCH },
  )) {
    if (c !== before) yield* await readWhole(steps, c);
    before = c;
  }
}

/**
 * No server need give all steps as of one instant: what is read may lack a step, or the newest may have just been
 * passed. Then it is read again. (A conversation that came with a copy may lack steps for good.)
 */
async function readWhole(steps: Steps, c: string): Promise<(StepRecord | ConversationRecord)[]> {
  for (let reads = 1; ; reads++) {
    const found = (await steps.find({ c }).toArray()).sort((a, b) => a.v - b.v);
    const newest = found.at(-1);
    if (!newest || newest.at === undefined) return [];
    const isGapless = found.every(({ v }, at) => at === 0 || v === (found[at - 1]?.v ?? 0) + 1);
    if ((!newest.state || !isGapless) && reads < READS) continue;
    const told = found.filter(({ v, base, at }) => base === newest.base && v > base && at !== undefined);
    return [...told.map(stepRecord), ...conversationRecord(newest)];
  }
}

function conversationRecord(step: StepDocument): ConversationRecord[] {
  const { c: id, v, base, channel, flow, attention = { status: 'bot' }, timers = [], state: body } = step;
  if (!body || !channel || flow === undefined) return [];
  return [{ kind: 'conversation', id, version: v - base, channel, flow, attention, timers, body }];
}

function stepRecord(step: StepDocument): StepRecord {
  const { inbound, took, asked = [], effects = {}, buried = {} } = step;
  return {
    kind: 'step',
    conversation: step.c,
    version: step.v - step.base,
    committedAt: step.at ?? 0,
    ...(typeof inbound === 'string' ? { inbound } : {}),
    ...(typeof took === 'string' ? { effectDone: took } : {}),
    entries: (step.entries ?? []).map((entry) => entryMark(step, entry)),
    pending: asked.flatMap(({ name, type }) => (effects[name] ? [{ name, type, ...effects[name] }] : [])),
    buried: asked.flatMap(({ name, type }) => (buried[name] ? [{ name, type, ...buried[name] }] : [])),
    amends: step.amends ?? [],
    ...(step.lines ? { lines: step.lines } : {}),
  };
}

function entryMark(
  { st, sent }: StepDocument,
  { name, direction, at, providerId }: NonNullable<StepDocument['entries']>[number],
): EntryMark {
  const id = sent?.[name] ?? providerId;
  const mark = { name, direction, at, status: STATUSES.get(st?.[name]) ?? 'queued' };
  return id === undefined ? mark : { ...mark, providerId: id };
}

/** What makes one document of a step, and of the conversation as it stands after it, whichever comes first. */
export interface StepUpsert {
  filter: { _id: string; c: string };
  update: { $set: Partial<StepDocument>; $setOnInsert?: Partial<StepDocument> };
}

export function stepUpsert(record: StepRecord): StepUpsert {
  const { conversation: c, version: v, committedAt: at, entries, pending, buried } = record;
  const asked = [...pending, ...buried].map(({ name, type }) => ({ name, type }));
  const sentIds = entries.flatMap(({ direction, providerId }) =>
    direction === 'out' && providerId ? [providerId] : [],
  );
  const $set: Partial<StepDocument> = {
    ...{ v, base: 0, at, inbound: record.inbound ?? v, took: record.effectDone ?? v },
    ...(entries.length > 0 && {
      entries: entries.map(({ status: _, ...entry }) => entry),
      st: Object.fromEntries(entries.map(({ name, status }) => [name, RANKS[status]])),
    }),
    ...(sentIds.length > 0 && { sentIds }),
    ...(record.amends.length > 0 && { amends: record.amends }),
    ...(asked.length > 0 && { asked }),
    ...(pending.length > 0 && {
      effects: Object.fromEntries(pending.map(({ name, tries, dueAt }) => [name, { tries, dueAt }])),
      pendingSince: at,
      open: true,
    }),
    ...(buried.length > 0 && {
      buried: Object.fromEntries(buried.map(({ name, reason, tries, at }) => [name, { reason, tries, at }])),
      buriedAt: Math.max(...buried.map(({ at }) => at)),
    }),
    ...(record.lines && { lines: record.lines }),
  };
  return { filter: { _id: `${c}.${v}`, c }, update: { $set } };
}

export function conversationUpsert(record: ConversationRecord): StepUpsert {
  const { id: c, version: v, channel, flow, attention, timers, body } = record;
  const $set: Partial<StepDocument> = {
    ...{ v, base: 0, open: true, channel, flow, state: body },
    ...(attention.status !== 'bot' && { attention, since: attention.since }),
    ...(timers.length > 0 && { timers, due: Math.min(...timers.map(({ dueAt }) => dueAt)) }),
  };
  return { filter: { _id: `${c}.${v}`, c }, update: { $set, $setOnInsert: { at: 0, inbound: v, took: v } } };
}
