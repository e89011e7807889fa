/** What an operator writes into a chat: to the citizen, to colleagues, and into the form. */

import { isHolder } from '../../conversation/attention.ts';
import type { ConversationStore } from '../../conversation/ports.ts';
import type { Conversation } from '../../conversation/types.ts';
import { ApiError } from '../api/api-error.ts';
import type { ReplyBody } from '../schemas/inbox.ts';
import { loadChat, refusal, type Viewer } from './access.ts';
import { type ClaimDeps, type Claims, closing, handle, refer } from './claims.ts';
import { type ComposeDeps, composeReply } from './compose.ts';
import type { Journal } from './journal.ts';
import type { InboxPorts } from './ports.ts';

export interface ReplyDeps
  extends ComposeDeps,
    Pick<ClaimDeps, 'engine' | 'describe'>,
    Pick<InboxPorts, 'checkAnswer'> {
  conversations: ConversationStore;
  journal: Journal;
  claims: Pick<Claims, 'retake'>;
}

/**
 * Each throws ApiError NOT_FOUND; all but the note also TAKEN and NOT_CLAIMED. What carries an `id` has no second effect
 * when it comes again, and answers as the first time even when the claim was lost in between.
 */
export interface Replies {
  /** Sends to the citizen and renews the claim. Throws also what `composeReply` does. */
  reply(id: string, operator: Viewer, body: ReplyBody): Promise<void>;
  /** Words for colleagues; needs no claim. */
  note(id: string, operator: Viewer, note: { id: string; text: string }): Promise<void>;
  /** Hands back to the bot, which asks this question again. NOT_POSSIBLE: the form has no such question. */
  ask(id: string, operator: Viewer, step: string): Promise<void>;
  /** Answers a question for the citizen. INVALID_ANSWER with the reason, as the bot would say it; NOT_POSSIBLE. */
  answer(id: string, operator: Viewer, answer: { id: string; step: string; text: string }): Promise<void>;
}

/** Builds them over the engine. */
export function createReplies(deps: ReplyDeps): Replies {
  const { engine, conversations, claims, journal, describe } = deps;

  /** True when this act was done before. */
  async function isDone(id: string, operator: Viewer, mark: string): Promise<boolean> {
    await loadChat(conversations, id, operator);
    return conversations.isInboundDone(id, mark);
  }

  function serviceWith(chat: Conversation, step: string): string {
    const { service, steps } = describe(chat);
    if (service === null || !steps.some((each) => each.id === step)) throw new ApiError('NOT_POSSIBLE');
    return service;
  }

  return {
    async reply(id, operator, body) {
      if (await isDone(id, operator, `reply:${body.id}`)) return;
      const chat = await claims.retake(id, operator);
      const reply = await composeReply(deps, chat, body);
      const event = { type: 'operator.reply', operator: refer(operator), id: body.id, ...reply } as const;
      const after = await handle(engine, id, event);
      if (!isHolder(after.attention, operator)) throw refusal(after.attention);
      await journal.note(operator, 'conversation.reply', id, {
        reply: body.id,
        ...(reply.files ? { files: reply.files.map(({ file }) => file) } : {}),
        ...(reply.as ? { as: reply.as } : {}),
        ...(reply.template ? { template: reply.template.id } : {}),
      });
    },

    async note(id, operator, { id: note, text }) {
      if (await isDone(id, operator, `note:${note}`)) return;
      await handle(engine, id, { type: 'operator.note', operator: refer(operator), id: note, text });
      await journal.note(operator, 'conversation.note', id, { note });
    },

    async ask(id, operator, step) {
      const chat = await claims.retake(id, operator);
      serviceWith(chat, step);
      await handle(engine, id, { type: 'operator.ask', operator: refer(operator), step });
      await journal.note(operator, 'conversation.ask', id, { step, ...closing(chat) });
    },

    async answer(id, operator, { id: act, step, text }) {
      if (await isDone(id, operator, `answer:${act}`)) return;
      const chat = await claims.retake(id, operator);
      const checked = deps.checkAnswer({ service: serviceWith(chat, step), step, text });
      if (!checked.ok) throw new ApiError('INVALID_ANSWER', { reason: checked.reason });
      const { answer } = checked;
      await handle(engine, id, { type: 'operator.answer', operator: refer(operator), id: act, step, answer });
      await journal.note(operator, 'conversation.answer', id, { step });
    },
  };
}
