/** Conversations, transcripts and the marks of what is done, in MongoDB. */
import type { mongo } from 'mongoose';
import type { ConversationStore } from '../../conversation/ports.ts';
import type { Conversation } from '../../conversation/types.ts';
import { inboundMark } from '../step-ids.ts';
import { createCommit, isTaken, type StepDeps } from './commits.ts';
import { reach } from './connection.ts';
import { withoutPassed } from './newest.ts';
import type { StepDocument } from './schema-steps.ts';
import { readConversation, unlessErased } from './step-reading.ts';
import { createTranscripts } from './transcripts.ts';

/** Implements the port; see there for the promises. A load is one round trip (and one for a key not seen before). */
export function createConversationStore(deps: StepDeps): ConversationStore {
  const { steps, keyring, heads, marks } = deps;
  return {
    load: async (id) => {
      const newest = await heads.findNewest(id);
      const conversation = newest && (await readConversation(keyring, newest));
      // Erased: the key at hand may be the one that was destroyed, and must not seal what begins now.
      if (newest && !conversation) keyring.forget(id);
      return conversation;
    },
    isInboundDone: (id, inbound) => isTaken(steps, { c: id, inbound: inboundMark(id, inbound) }),
    commit: createCommit(deps),
    listAttention: async () => {
      const newest = await findWaiting(steps);
      const read = await Promise.all(
        newest.map((step) => unlessErased(() => readConversation(keyring, step))),
      );
      return read.filter((conversation): conversation is Conversation => conversation !== undefined);
    },
    ...createTranscripts(deps),
    setStatus: (entry, status, providerId) =>
      marks.setStatus({ entry, status, ...(providerId ? { providerId } : {}) }),
  };
}

/**
 * The newest steps of chats that need a person, who waits longest first: two round trips. A chat that takes a step between
 * them is looked for again: it would be missing in the list for a moment, although it waits before and after.
 */
async function findWaiting(steps: mongo.Collection<StepDocument>): Promise<StepDocument[]> {
  const found: StepDocument[] = [];
  const seen = new Set<string>();
  let filter: mongo.Filter<StepDocument> = { since: { $gte: 0 } };
  for (;;) {
    const all = await reach(() => steps.find(filter).toArray());
    // What was seen before and is there still lost its place long ago, and tells nothing.
    const fresh = all.filter(({ _id }) => !seen.has(_id));
    for (const { _id } of fresh) seen.add(_id);
    found.push(...(await withoutPassed(steps, fresh)));
    const listed = new Set(found.map(({ c }) => c));
    const passed = new Set(fresh.map(({ c }) => c).filter((c) => !listed.has(c)));
    if (passed.size === 0) return found.sort(byWaiting);
    filter = { c: { $in: [...passed] }, since: { $gte: 0 } };
  }
}

function byWaiting(a: StepDocument, b: StepDocument): number {
  return (a.since ?? 0) - (b.since ?? 0) || (a.c < b.c ? -1 : 1);
}
