/** What was given up after its last try: seen by those who answer for the office, and messages sent once more. */
import type { Clock } from '../../clock.ts';
import type { BuriedEffect, ConversationStore, Hub, Jobs } from '../../conversation/ports.ts';
import { ApiError } from '../api/api-error.ts';
import type { AuditLog } from '../ports.ts';
import type { Undelivered } from '../schemas/inbox.ts';

/** Nobody reads on behind this many; the newest come first. */
const MAX_LISTED = 200;

export interface GivenUpDeps {
  jobs: Pick<Jobs, 'buried' | 'revive'>;
  conversations: ConversationStore;
  audit: AuditLog;
  hub: Hub;
  clock: Clock;
  /** Takes up an effect that has become pending again. */
  takeAgain: (effect: string) => Promise<void>;
}

export interface GivenUp {
  list(): Promise<Undelivered>;
  /** Sends a message once more. Throws ApiError NOT_FOUND (not given up any more), NOT_RETRYABLE (no message). */
  retry(effect: string, operator: { id: string }): Promise<void>;
}

/**
 * Of what was given up only messages can be sent once more: of everything else the machine was told that it failed, has
 * gone on without it, and asks for it anew when the chat is handed back to the bot.
 */
export function createGivenUp(deps: GivenUpDeps): GivenUp {
  const { jobs, conversations, audit, hub, clock, takeAgain } = deps;
  return {
    async list() {
      const [buried, attended] = await Promise.all([jobs.buried(MAX_LISTED), conversations.listAttention()]);
      const inInbox = new Set(attended.map(({ id }) => id));
      return {
        now: clock.now(),
        effects: buried.map(({ effect: id, ...about }) => ({
          ...{ id, ...about },
          isInInbox: inInbox.has(about.conversation),
          canRetry: isMessage(about),
        })),
      };
    },

    async retry(effect, operator) {
      const found = (await jobs.buried(MAX_LISTED)).find((each) => each.effect === effect);
      if (!found) throw new ApiError('NOT_FOUND');
      if (!isMessage(found)) throw new ApiError('NOT_RETRYABLE');
      // Somebody else may just have done it.
      if (!(await jobs.revive(effect))) throw new ApiError('NOT_FOUND');
      const [at, subject] = [clock.now(), found.conversation];
      await audit.append({ at, actor: operator.id, action: 'message.retry', subject, details: { effect } });
      await takeAgain(effect);
      hub.publish('inbox', subject);
      hub.publish(`conversation:${subject}`, effect);
    },
  };
}

function isMessage({ type }: Pick<BuriedEffect, 'type'>): boolean {
  return type === 'say';
}
