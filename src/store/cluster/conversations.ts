/** Conversations, transcripts and the marks of what is done, in MongoDB. */
import type { ConversationStore } from '../../conversation/ports.ts';
import type { Conversation } from '../../conversation/types.ts';
import { inboundMark } from '../step-ids.ts';
import { createCommit, isTaken, type StepDeps } from './commits.ts';
import { reach } from './connection.ts';
import { withoutPassed } from './newest.ts';
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
      const waiting = await reach(() =>
        steps
          .find({ since: { $gte: 0 } })
          .sort({ since: 1, c: 1 })
          .toArray(),
      );
      const newest = await withoutPassed(steps, waiting);
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
