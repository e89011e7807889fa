/** An operator in the citizen's place: for somebody at the counter, or who was helped on the phone. */
import type { Engine } from '../../conversation/ports.ts';
import type { Content, Conversation } from '../../conversation/types.ts';
import type { Ids } from '../../ids.ts';
import { loadChat, type Viewer } from './access.ts';
import { type ClaimDeps, type Claims, refer } from './claims.ts';
import { type ComposeDeps, findFiles } from './compose.ts';

export interface StandInDeps extends Pick<ComposeDeps, 'vault' | 'clock'> {
  engine: Pick<Engine, 'accept' | 'conversationId'>;
  conversations: ClaimDeps['conversations'];
  journal: ClaimDeps['journal'];
  claims: Pick<Claims, 'claim' | 'resolve'>;
  ids: Pick<Ids, 'id'>;
}

export interface StandIn {
  /** Begins a chat for somebody without a phone, and answers its id; the bot greets. */
  begin(operator: Viewer): Promise<{ conversation: string }>;
  /**
   * Says what the citizen would. A chat that the operator has goes back to the bot first, at its step; one at the counter
   * is taken for that. Throws ApiError NOT_FOUND (chat or file), TAKEN, NOT_CLAIMED (somebody's phone, waiting). The
   * same `id` again has no second effect.
   */
  speak(
    id: string,
    operator: Viewer,
    words: { id: string; text?: string | undefined; files: string[] },
  ): Promise<void>;
}

/** The adapter of chats at the counter, and what begins one. */
const VIA = 'counter';
const GREETING = 'Halo';

/** Builds it over the engine. */
export function createStandIn(deps: StandInDeps): StandIn {
  const { engine, conversations, journal, clock, ids } = deps;
  return {
    async begin(operator) {
      const from = { channel: 'counter', id: ids.id() } as const;
      const [at, by] = [clock.now(), refer(operator)];
      await engine.accept({
        id: ids.id(),
        via: VIA,
        from,
        at,
        by,
        content: { type: 'text', text: GREETING },
      });
      const conversation = engine.conversationId(from);
      await journal.note(operator, 'conversation.walk-in', conversation);
      return { conversation };
    },

    async speak(id, operator, { id: act, text = '', files }) {
      const chat = await loadChat(conversations, id, operator);
      const { via, channel, address } = chat;
      const message = `speak:${act}`;
      if (await conversations.isInboundDone(id, `${via}:${message}`)) return;
      const content = await contentOf(deps, id, text, files);
      await giveToBot(deps, chat, operator);
      const from = { channel, id: address };
      await engine.accept({ id: message, via, from, at: clock.now(), by: refer(operator), content });
      await journal.note(operator, 'conversation.speak', id, { speak: act, files });
    },
  };
}

/** The bot hears only what is said while it has the chat. */
async function giveToBot({ claims }: StandInDeps, chat: Conversation, operator: Viewer): Promise<void> {
  const { id, attention, channel } = chat;
  if (attention.status === 'bot') return;
  // Nobody else answers a person who stands here; a phone's chat must be the operator's own, which `resolve` asks.
  if (channel === 'counter') await claims.claim(id, operator);
  await claims.resolve(id, operator);
}

async function contentOf(deps: StandInDeps, owner: string, text: string, files: string[]): Promise<Content> {
  if (files.length === 0) return { type: 'text', text };
  const found = await findFiles(deps, owner, files);
  return {
    type: 'media',
    files: found.map(({ file, contentType }) => ({
      source: { kind: 'stored', file },
      declaredType: contentType,
    })),
  };
}
