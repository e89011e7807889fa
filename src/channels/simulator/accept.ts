/** `POST /simulator/messages`: a message of a made-up phone goes the way of all messages. */
import { createHash, randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Clock } from '../../clock.ts';
import type { ConversationStore, Engine, Vault } from '../../conversation/ports.ts';
import type { Address, Content, IncomingFile } from '../../conversation/types.ts';
import { SIMULATOR } from './channel.ts';
import { faultOf, MAX_MEDIA_BYTES, messageSchema, type SimulatedMessage } from './message.ts';
import { refuse } from './refusal.ts';

export interface AcceptDeps {
  engine: Pick<Engine, 'accept' | 'conversationId'>;
  conversations: Pick<ConversationStore, 'isInboundDone'>;
  vault: Pick<Vault, 'put'>;
  clock: Clock;
}

/**
 * Answers 202 `{ id }` once the message, with its files, is durable; the same id of the same phone again changes nothing.
 * 400 names the field that is wrong, 413 the file that is too large even for a test.
 */
export async function acceptMessage(deps: AcceptDeps, request: Request, response: Response): Promise<void> {
  const large = indexOfTooLarge(request.body);
  if (large >= 0)
    return refuse(response, 413, { field: `media.${large}.base64`, message: 'is larger than 64 MB' });
  const parsed = messageSchema.safeParse(request.body);
  if (!parsed.success) return refuse(response, 400, faultOf(parsed.error));
  const message = { ...parsed.data, id: parsed.data.id ?? randomUUID() };
  const { id } = message;
  const from: Address = { channel: message.channel, id: message.from };
  const owner = deps.engine.conversationId(from);
  if (!(await deps.conversations.isInboundDone(owner, `${SIMULATOR}:${id}`))) {
    const content = await contentOf(deps.vault, owner, message);
    await deps.engine.accept({ id, via: SIMULATOR, from, at: deps.clock.now(), content });
  }
  response.status(202).json({ id });
}

/** Looked for before anything is decoded. */
function indexOfTooLarge(body: unknown): number {
  const media: unknown = (body as { media?: unknown } | null | undefined)?.media;
  if (!Array.isArray(media)) return -1;
  return media.findIndex((one: { base64?: unknown } | null) => {
    return typeof one?.base64 === 'string' && one.base64.length * 0.75 > MAX_MEDIA_BYTES + 2;
  });
}

/** As real providers bring it: files with a caption, else a place, else words, else what nobody can read. */
async function contentOf(
  vault: AcceptDeps['vault'],
  owner: string,
  message: SimulatedMessage & { id: string },
): Promise<Content> {
  const { text, location, kind } = message;
  const media = (message.media ?? []).map((one) => ({ ...one, kind: kindOfType(one.contentType) }));
  const files = await keep(
    vault,
    { owner, id: message.id },
    media.filter((one) => one.kind === undefined),
  );
  if (files.length > 0) return { type: 'media', files, ...(text ? { caption: text } : {}) };
  if (location) return { type: 'location', ...location };
  if (text) return { type: 'text', text };
  const other = kind ?? media.find((one) => one.kind !== undefined)?.kind;
  return other ? { type: 'unknown', kind: other } : { type: 'text', text: '' };
}

/** What is no document whatever is in it, as Twilio's adapter has it. */
function kindOfType(contentType: string): string | undefined {
  const type = contentType.toLowerCase();
  if (type.startsWith('audio/')) return 'voice';
  if (/^text\/(x-)?vcard/.test(type)) return 'contact';
  return type.startsWith('image/webp') ? 'sticker' : undefined;
}

/** A file's id follows from its message: one that is sent again after a crash leaves no second copy. */
async function keep(
  vault: AcceptDeps['vault'],
  { owner, id: message }: { owner: string; id: string },
  media: NonNullable<SimulatedMessage['media']>,
): Promise<IncomingFile[]> {
  const files: IncomingFile[] = [];
  for (const [index, { contentType, fileName, base64 }] of media.entries()) {
    const name = fileName === undefined ? {} : { name: fileName };
    const id = createHash('sha256')
      .update(JSON.stringify([owner, message, index]))
      .digest('hex')
      .slice(0, 32);
    const bytes = Buffer.from(base64, 'base64');
    const { file } = await vault.put(owner, { id, bytes, contentType, ...name });
    files.push({ source: { kind: 'stored', file }, declaredType: contentType, ...name });
  }
  return files;
}
