/** `GET /simulator/conversations/:channel/:from`: the phone's screen, and where the bot stands. */
import type { Request, Response } from 'express';
import type { ConversationStore, Engine } from '../../conversation/ports.ts';
import type { Conversation, Entry } from '../../conversation/types.ts';
import { addressOf } from './message.ts';
import { refuse } from './refusal.ts';

export interface ViewDeps {
  engine: Pick<Engine, 'conversationId'>;
  conversations: Pick<ConversationStore, 'load' | 'transcript'>;
  /** Where a conversation stands; undefined: one that never began. */
  describe(conversation: Conversation | undefined): {
    status: string;
    service: string | null;
    step: string | null;
    expects: string | null;
  };
}

/** Answers `{ messages, state }`, oldest first; `?after=` a message's id gives the newer ones, an unknown id all. */
export async function showConversation(deps: ViewDeps, request: Request, response: Response): Promise<void> {
  const address = addressOf(request.params);
  if (!address.ok) return refuse(response, 400, { field: address.field, message: address.message });
  const id = deps.engine.conversationId(address);
  const conversation = await deps.conversations.load(id);
  const all = conversation ? await deps.conversations.transcript(id) : [];
  // What colleagues write to each other is on no citizen's screen.
  const entries = all.filter(({ direction }) => direction !== 'note');
  const after = entries.findIndex((entry) => nameOf(entry) === request.query.after);
  const { status, service, step, expects } = deps.describe(conversation);
  response.json({
    messages: entries.slice(after + 1).map(shown),
    state: { status, service, step, expects, applications: conversation?.applications ?? [] },
  });
}

/** Inbound messages keep the id that the phone gave them. */
function nameOf({ direction, id, providerId }: Entry): string {
  return direction === 'in' && providerId !== undefined ? providerId.replace(/^[a-z-]+:/, '') : id;
}

/** `note` and `author` are for the page: what a sticker or place was, and which person answered. */
function shown(entry: Entry) {
  return {
    id: nameOf(entry),
    direction: entry.direction,
    text: entry.text,
    media: entry.files.map(({ file, contentType, name }) => ({
      contentType,
      fileName: name ?? null,
      url: `/simulator/media/${encodeURIComponent(file)}`,
    })),
    at: new Date(entry.at).toISOString(),
    status: entry.status,
    ...(entry.note === undefined ? {} : { note: entry.note }),
    ...(entry.direction === 'out' ? { author: entry.author } : {}),
  };
}
