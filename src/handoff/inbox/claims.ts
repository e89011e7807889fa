/** Who has the chat. All of it goes through the engine, whose commit decides races. */
import type { Clock } from '../../clock.ts';
import { isHolder } from '../../conversation/attention.ts';
import type { ConversationStore, Engine } from '../../conversation/ports.ts';
import type { Conversation, Event, OperatorRef } from '../../conversation/types.ts';
import type { Json } from '../../json.ts';
import { isAllowed } from '../accounts/roles.ts';
import { ApiError } from '../api/api-error.ts';
import type { DescribeCase, OperatorStore } from '../ports.ts';
import { loadChat, refusal, type Viewer } from './access.ts';
import type { Journal } from './journal.ts';

export interface ClaimDeps {
  engine: Pick<Engine, 'handle'>;
  conversations: ConversationStore;
  operators: Pick<OperatorStore, 'find'>;
  describe: DescribeCase;
  journal: Journal;
  clock: Clock;
}

/** Each throws ApiError: NOT_FOUND, TAKEN (with the holder's name), NOT_CLAIMED. */
export interface Claims {
  /** Takes the chat, also one that the bot has, or renews one's own claim; only the taking is audited. */
  claim(id: string, operator: Viewer): Promise<void>;
  /** Renews one's own claim, also one that has run out (heartbeat): what was handed back meanwhile stays so. */
  renew(id: string, operator: Viewer): Promise<void>;
  /** Puts it back into the queue; one that lies there already stays. */
  release(id: string, operator: Viewer): Promise<void>;
  /** Gives the chat back to the bot, at the step where it stood; one that the bot has already stays with it. */
  resolve(id: string, operator: Viewer): Promise<void>;
  /**
   * Gives the claim to a colleague; a supervisor also somebody else's, and to themselves. NOT_POSSIBLE: one who may not
   * have it.
   */
  transfer(id: string, operator: Viewer, to: string): Promise<void>;
  /**
   * For whoever acts on a chat: it must be theirs, and the lease is renewed first, for it may have run out, and an old
   * claim must not touch a colleague's chat. Answers the chat as it is then.
   */
  retake(id: string, operator: Viewer): Promise<Conversation>;
}

/** Builds the claims over the engine. */
export function createClaims(deps: ClaimDeps): Claims {
  const { engine, conversations, journal } = deps;

  async function take(id: string, operator: Viewer, how: { renew?: true } = {}): Promise<Conversation> {
    const after = await handle(engine, id, { type: 'operator.claim', operator: refer(operator), ...how });
    if (!isHolder(after.attention, operator)) throw refusal(after.attention);
    return after;
  }

  async function retake(id: string, operator: Viewer): Promise<Conversation> {
    const { attention } = await loadChat(conversations, id, operator);
    if (!isHolder(attention, operator)) throw refusal(attention);
    return take(id, operator, { renew: true });
  }

  /** The lease is not asked: a colleague at work is whom one takes it from. */
  async function reassign(before: Conversation, operator: Viewer, to: string): Promise<void> {
    const colleague = await findColleague(before, to);
    const event = {
      type: 'operator.transfer',
      operator: refer(operator),
      to: colleague,
      over: true,
    } as const;
    const after = await handle(engine, before.id, event);
    if (!isHolder(after.attention, colleague)) throw refusal(after.attention);
    const from = before.attention.status === 'claimed' ? before.attention.operator.id : null;
    await journal.note(operator, 'conversation.reassign', before.id, { from, to });
  }

  async function findColleague(chat: Conversation, to: string): Promise<OperatorRef> {
    const colleague = await deps.operators.find(to);
    if (!colleague || isHolder(chat.attention, colleague) || !mayHave(chat, colleague))
      throw new ApiError('NOT_POSSIBLE');
    return refer(colleague);
  }

  return {
    retake,

    async renew(id, operator) {
      await retake(id, operator);
    },

    async claim(id, operator) {
      const before = await loadChat(conversations, id, operator);
      await take(id, operator);
      if (isHolder(before.attention, operator)) return;
      const action = before.attention.status === 'bot' ? 'conversation.open' : 'conversation.claim';
      await journal.note(operator, action, id, describeWait(deps, before));
    },

    async release(id, operator) {
      const before = await loadChat(conversations, id, operator);
      if (before.attention.status === 'waiting') return;
      await retake(id, operator);
      await handle(engine, id, { type: 'operator.release', operator: refer(operator) });
      await journal.note(operator, 'conversation.release', id);
    },

    async resolve(id, operator) {
      const before = await loadChat(conversations, id, operator);
      if (before.attention.status === 'bot') return;
      await retake(id, operator);
      await handle(engine, id, { type: 'operator.resolve', operator: refer(operator) });
      await journal.note(operator, 'conversation.resolve', id, closing(before));
    },

    async transfer(id, operator, to) {
      const before = await loadChat(conversations, id, operator);
      const isAnothers = before.attention.status === 'claimed' && !isHolder(before.attention, operator);
      if (isAnothers && isAllowed(operator.role, 'supervise')) return reassign(before, operator, to);
      const colleague = await findColleague(await retake(id, operator), to);
      const event = { type: 'operator.transfer', operator: refer(operator), to: colleague } as const;
      await handle(engine, id, event);
      await journal.note(operator, 'conversation.transfer', id, { to });
    },
  };
}

/** Gives the engine what an operator does. Throws ApiError NOT_FOUND when the chat does not exist. */
export async function handle(
  engine: Pick<Engine, 'handle'>,
  id: string,
  event: Event,
): Promise<Conversation> {
  const after = await engine.handle(id, event);
  if (!after) throw new ApiError('NOT_FOUND');
  return after;
}

/** What others are told of an operator. */
export function refer({ id, name }: Viewer): OperatorRef {
  return { id, name };
}

/** What the log keeps of a chat that goes back to the bot: `closed` of the inbox and the statistics read it. */
export function closing({ attention }: Conversation): { [key: string]: Json } {
  return attention.status === 'bot' ? {} : { reason: attention.reason };
}

function mayHave(
  { attention }: Conversation,
  { role, disabled }: { role: Viewer['role']; disabled: boolean },
): boolean {
  const isComplaint = attention.status !== 'bot' && attention.reason === 'complaint';
  return !disabled && isAllowed(role, 'answer') && (!isComplaint || isAllowed(role, 'complaints'));
}

/** How long the citizen had waited, why, and in which service: for the statistics. */
function describeWait(
  { clock, describe }: Pick<ClaimDeps, 'clock' | 'describe'>,
  before: Conversation,
): { [key: string]: Json } {
  const { service } = describe(before);
  if (before.attention.status === 'bot') return { service };
  const { since, unansweredSince = since, reason } = before.attention;
  return { waitedMs: Math.max(0, clock.now() - unansweredSince), reason, service };
}
