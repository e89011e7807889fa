/** What operators do to a conversation. All of it goes through the engine, whose commit decides races. */
import type { Clock } from '../../clock.ts';
import type { ConversationStore, Engine } from '../../conversation/ports.ts';
import type { Attention, Conversation, OperatorRef } from '../../conversation/types.ts';
import { ApiError } from '../api/api-error.ts';
import type { AuditLog } from '../ports.ts';

export interface ClaimDeps {
  engine: Pick<Engine, 'handle'>;
  conversations: ConversationStore;
  audit: AuditLog;
  clock: Clock;
}

/** Each throws ApiError: NOT_FOUND when not in the inbox, TAKEN (with the holder's name), NOT_CLAIMED. */
export interface Claims {
  /** Takes the chat, or renews one's own claim (heartbeat); only the taking is audited. */
  claim(id: string, operator: OperatorRef): Promise<Conversation>;
  /** Puts it back into the queue. */
  release(id: string, operator: OperatorRef): Promise<void>;
  /** Sends to the citizen and renews the claim. Idempotent by `reply.id`. */
  reply(id: string, operator: OperatorRef, reply: { id: string; text: string }): Promise<Conversation>;
  /** Gives the chat back to the bot, at the step where it stood. */
  resolve(id: string, operator: OperatorRef): Promise<void>;
}

/** Builds the operators' actions over the engine. */
export function createClaims(deps: ClaimDeps): Claims {
  const done = async (action: string, conversation: string, operator: OperatorRef, details = {}) => {
    const at = deps.clock.now();
    await deps.audit.append({
      at,
      actor: operator.id,
      action: `conversation.${action}`,
      subject: conversation,
      details,
    });
  };

  async function take(id: string, operator: OperatorRef): Promise<Conversation> {
    const after = found(await deps.engine.handle(id, { type: 'operator.claim', operator }));
    if (!isHolder(after.attention, operator)) throw refusal(after.attention);
    return after;
  }

  /** Before anything else the lease is renewed: it may have run out, and an old claim must not touch a colleague's chat. */
  async function retake(id: string, operator: OperatorRef): Promise<void> {
    assertHolder(await loadWaiting(deps.conversations, id), operator);
    await take(id, operator);
  }

  return {
    async claim(id, operator) {
      const before = await loadWaiting(deps.conversations, id);
      const after = await take(id, operator);
      if (!isHolder(before.attention, operator)) await done('claim', id, operator);
      return after;
    },

    async release(id, operator) {
      await retake(id, operator);
      found(await deps.engine.handle(id, { type: 'operator.release', operator }));
      await done('release', id, operator);
    },

    async reply(id, operator, reply) {
      await retake(id, operator);
      const after = found(await deps.engine.handle(id, { type: 'operator.reply', operator, ...reply }));
      if (!isHolder(after.attention, operator)) throw refusal(after.attention);
      await done('reply', id, operator, { reply: reply.id });
      return after;
    },

    async resolve(id, operator) {
      await retake(id, operator);
      found(await deps.engine.handle(id, { type: 'operator.resolve', operator }));
      await done('resolve', id, operator);
    },
  };
}

/** A conversation that is in the inbox; throws NOT_FOUND when it does not exist or is with the bot. */
export async function loadWaiting(store: ConversationStore, id: string): Promise<Conversation> {
  const conversation = found(await store.load(id));
  if (conversation.attention.status === 'bot') throw new ApiError('NOT_FOUND');
  return conversation;
}

/** Whether this operator has the claim; it stays theirs after the lease until somebody else takes it. */
export function isHolder(attention: Attention, operator: { id: string }): boolean {
  return attention.status === 'claimed' && attention.operator.id === operator.id;
}

function assertHolder({ attention }: Conversation, operator: OperatorRef): void {
  if (!isHolder(attention, operator)) throw refusal(attention);
}

function refusal(attention: Attention): ApiError {
  if (attention.status === 'bot') return new ApiError('NOT_FOUND');
  if (attention.status === 'claimed') return new ApiError('TAKEN', { by: attention.operator.name });
  return new ApiError('NOT_CLAIMED');
}

function found(conversation: Conversation | undefined): Conversation {
  if (!conversation) throw new ApiError('NOT_FOUND');
  return conversation;
}
