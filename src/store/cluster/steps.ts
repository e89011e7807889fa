/** Conversations and their due work, put together over one collection. */
import type { Connection } from 'mongoose';
import type { ConversationStore, Jobs } from '../../conversation/ports.ts';
import type { TalkArchive } from '../../retention/ports.ts';
import { createBurial } from './bury.ts';
import { collectionOf } from './collections.ts';
import { createConversationStore } from './conversations.ts';
import { createHeads } from './heads.ts';
import { createJobs } from './jobs.ts';
import type { ClusterKeyring } from './keyring.ts';
import { STEPS } from './schema-steps.ts';
import { createStepMarks } from './step-marks.ts';
import { createTalkArchive } from './talk-archive.ts';

/**
 * What a citizen's message costs in round trips to the database, for an owner whose key this process has seen
 * (test/store/cluster/round-trips.test.ts counts them):
 *
 *   load                        1   none when the engine has the conversation at hand
 *   commit                      1   the insert; 1 more when this process has not seen the version before
 *   effectsOf                   1   the conversation as it stands and its work, as a worker begins
 *   effectDone, with status     1   one command
 *   commit of a result          3   is it pending, the insert, it is not pending any more
 *   setStatus                   1   news of a provider
 *
 * So a message that is answered costs 4: load, commit, effectsOf, effectDone; 3 where one process does both.
 */
export function createSteps(
  connection: Connection,
  keyring: ClusterKeyring,
): {
  conversations: ConversationStore;
  jobs: Jobs;
  buryConversation: (conversation: string) => Promise<void>;
  talks: TalkArchive;
} {
  const steps = collectionOf(connection, STEPS);
  const heads = createHeads(steps);
  const deps = { steps, keyring, heads, marks: createStepMarks({ steps, heads }) };
  return {
    conversations: createConversationStore(deps),
    jobs: createJobs(deps),
    buryConversation: createBurial(deps),
    talks: createTalkArchive(deps),
  };
}
