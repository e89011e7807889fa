/**
 * The marks of a step that change after its commit: delivery statuses, and effects that are done, tried again, given
 * up or taken up again. Every change is one command, whose statements each change one document atomically.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import type { Jobs } from '../../conversation/ports.ts';
import { parseStepId, type StepId } from '../step-ids.ts';
import { reach } from './connection.ts';
import type { Heads } from './heads.ts';
import { RANKS, type StepDocument } from './schema-steps.ts';

type Steps = mongo.Collection<StepDocument>;
type Statement = mongo.AnyBulkWriteOperation<StepDocument>;
type Sent = NonNullable<Parameters<Jobs['effectDone']>[1]>;

export interface StepMarks {
  /** Where an entry or effect lies; `undefined` when the id has no such form. */
  locate(id: string): Promise<Located | undefined>;
  /** See `Jobs.effectDone`. One round trip. */
  setDone(effect: string, sent?: Sent): Promise<void>;
  /** See `ConversationStore.setStatus`. One round trip. */
  setStatus(news: Sent): Promise<void>;
}

export interface Located extends StepId {
  base: number;
  /** The filter that finds its step, and goes to one shard. */
  step: { _id: string; c: string };
}

const NEWS_LOOKS = 25;
const NEWS_PAUSE_MS = 40;

export function createStepMarks({ steps, heads }: { steps: Steps; heads: Heads }): StepMarks {
  async function locate(id: string): Promise<Located | undefined> {
    const parts = parseStepId(id);
    return parts && at(parts, (await heads.get(parts.conversation)).base);
  }

  /** `false` when there is no such entry, or its step has effects under way (`isQuiet`). */
  async function write({ step, base, name }: Located, news: Sent, isQuiet: boolean): Promise<boolean> {
    const quiet = isQuiet ? { pendingSince: { $exists: false } } : {};
    const filter = { ...step, base, [`st.${name}`]: { $exists: true }, ...quiet };
    const { matchedCount } = await reach(() => steps.updateOne(filter, statusUpdate(name, news)));
    return matchedCount > 0;
  }

  const exists = async ({ step, base, name }: Located) =>
    (await reach(() =>
      steps.findOne({ ...step, base, [`st.${name}`]: { $exists: true } }, { projection: { _id: 1 } }),
    )) !== null;

  /**
   * News of a message may overtake the sender's own note that it was sent. It waits a moment for that: a server that
   * loses one of two concurrent updates of a document (FerretDB 1) must not lose the mark that keeps a message
   * from being sent twice.
   */
  async function setStatus(news: Sent): Promise<void> {
    const parts = parseStepId(news.entry);
    if (!parts) return;
    for (let look = 0; look <= NEWS_LOOKS; look++) {
      const base = heads.peek(parts.conversation)?.base ?? 0;
      const located = at(parts, base);
      if (await write(located, news, look < NEWS_LOOKS)) return;
      if (await exists(located)) await pause(NEWS_PAUSE_MS);
      else if ((await heads.read(parts.conversation)).base === base) return;
    }
  }

  return {
    locate,
    setStatus,
    setDone: async (effect, sent) => {
      const located = await locate(effect);
      if (!located) return;
      const { step, conversation, name } = located;
      const entry = sent && parseStepId(sent.entry);
      const isOfStep = entry?.conversation === conversation && entry.version === located.version;
      const update = {
        $unset: { [`effects.${name}`]: true as const },
        ...(sent && isOfStep ? statusUpdate(entry.name, sent) : {}),
      };
      const filter = { ...step, [`effects.${name}`]: { $exists: true } };
      const statements: Statement[] = [
        { updateOne: { filter, update } },
        settle(step),
        ...sweep(heads, conversation),
      ];
      await reach(() => steps.bulkWrite(statements));
      if (sent && !isOfStep) await setStatus(sent);
    },
  };
}

/** Takes the mark off a step that has nothing left to do. */
export function settle(step: Located['step']): Statement {
  return { updateOne: { filter: { ...step, effects: {} }, update: { $unset: { pendingSince: true } } } };
}

/**
 * Takes what only the newest step must tell off one that is not the newest any more and has nothing left to do.
 * One document a call keeps pace with the steps, and rides with a write that is made anyway.
 */
function sweep(heads: Heads, c: string): Statement[] {
  const head = heads.peek(c);
  // Only below a step that was seen to be there: the newest keeps what it tells.
  if (!head || head.v < 2) return [];
  const filter = { c, open: true as const, v: { $lt: head.v }, pendingSince: { $exists: false } };
  return [{ updateOne: { filter, update: { $unset: OF_THE_NEWEST } } }];
}

const OF_THE_NEWEST = {
  open: true,
  state: true,
  channel: true,
  flow: true,
  attention: true,
  since: true,
  timers: true,
  due: true,
} as const;

function at(parts: StepId, base: number): Located {
  const c = parts.conversation;
  return { ...parts, base, step: { _id: `${c}.${base + parts.version}`, c } };
}

function statusUpdate(name: string, { status, providerId }: Pick<Sent, 'status' | 'providerId'>) {
  return {
    // `received` is the highest rank: no news, but what an entry began with.
    ...(status === 'received' ? {} : { $max: { [`st.${name}`]: RANKS[status] } }),
    ...(providerId ? { $set: { [`sent.${name}`]: providerId }, $addToSet: { sentIds: providerId } } : {}),
  };
}
