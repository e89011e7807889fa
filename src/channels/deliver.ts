import type { Logger } from 'pino';
import { fitsMedia } from '../conversation/media-limits.ts';
import type {
  Channel,
  ConversationStore,
  EffectContext,
  EffectHandler,
  EffectOutcome,
  OutboundMessage,
} from '../conversation/ports.ts';
import type { Capabilities, ChannelKind, Conversation, Effect, Entry, Reply } from '../conversation/types.ts';
import { AppError } from '../errors.ts';
import type { Office } from '../office.ts';
import { isPhoneNumber, type Senders } from './senders.ts';
import { splitText } from './split-text.ts';

export interface DeliverDeps {
  conversations: Pick<ConversationStore, 'findEntry' | 'setStatus'>;
  senders: Pick<Senders, 'find'>;
  /** Messages that WhatsApp has approved (office.yaml). */
  templates: Office['templates'];
  /** What is done when a file was not taken (applications/tell-by-link.ts). */
  tellByLink: TellByLink;
  log: Logger;
}

/**
 * Tells the citizen by a one-time link what a message could not carry as a file. True when it was told, now or before:
 * then nobody else needs to hear of the failure. Idempotent by the entry.
 */
export type TellByLink = (conversation: string, entry: Pick<Entry, 'id' | 'files'>) => Promise<boolean>;

/**
 * The effect `say` {entry, as?, template?}: sends a transcript entry to its citizen, the text first (in pieces if it is
 * longer than one message may be), then each file, in order. The result is `sent` with the id and status of the last
 * message. `as: 'sms'` sends it to the same phone number by SMS; `template` {id, values} sends an approved message where
 * the provider has such, else the entry's text.
 *
 * An entry that has a provider's id was sent and is not sent again. A file that is not taken is told by a link, if it can
 * be. Throws AppError: what can be tried again as it came from the adapter; otherwise (REMOTE_REFUSED, FILE_REFUSED,
 * WINDOW_CLOSED, NOT_FOUND) after the entry was marked `failed`.
 */
export function createDeliverHandler(deps: DeliverDeps): EffectHandler {
  return {
    type: 'say',
    async run(effect, context) {
      const entry = await entryOf(deps, effect, context);
      if (isSent(entry)) return outcome(entry.id, entry);
      try {
        return await deliver(deps, entry, effect.params, context);
      } catch (error) {
        if (!(error instanceof AppError) || error.retry) throw error;
        await deps.conversations.setStatus(entry.id, 'failed');
        if (error.code === 'FILE_REFUSED' && (await deps.tellByLink(context.conversation.id, entry)))
          return {};
        throw error;
      }
    },
  };
}

/** Fresh from its commit at the first try; later ones look whether the entry was sent meanwhile. */
async function entryOf(
  { conversations }: DeliverDeps,
  { id, params: { entry } }: Effect,
  context: EffectContext,
): Promise<Entry> {
  if (context.entry && context.entry.id === entry && !context.isRepeat) return context.entry;
  const found = typeof entry === 'string' ? await conversations.findEntry(entry) : undefined;
  if (!found) throw new AppError('NOT_FOUND', { detail: `${id}: there is no entry to send` });
  return found.entry;
}

/** A delivery status may be here before the result of the sending is (crash, or a quick provider). */
function isSent(entry: Entry): boolean {
  return entry.providerId !== undefined && entry.status !== 'failed';
}

async function deliver(
  deps: DeliverDeps,
  entry: Entry,
  params: Effect['params'],
  context: EffectContext,
): Promise<EffectOutcome> {
  const { conversation } = context;
  const kind = params.as === 'sms' ? 'sms' : conversation.channel;
  const { channel, can } = chooseSender(deps, conversation, kind);
  const parts = partsOf(deps, entry, can, templateOf(deps, params, can));
  let last: Awaited<ReturnType<Channel['send']>> | undefined;
  for (const [index, part] of parts.entries()) {
    const message: OutboundMessage = {
      entry: entry.id,
      to: { channel: kind, id: conversation.address },
      ...part,
      at: entry.at,
      lastInboundAt: conversation.lastInboundAt,
      mayBeSent: context.isRepeat,
    };
    if (parts.length > 1) message.part = { index: index + 1, of: parts.length };
    // A process that stood still for a while may have been replaced: two would send.
    context.assertOurs?.();
    last = await channel.send(message);
  }
  if (!last)
    throw new AppError('REMOTE_REFUSED', { detail: `${entry.id} has nothing that can be sent there` });
  return outcome(entry.id, last);
}

function chooseSender(
  { senders }: DeliverDeps,
  { channel, via, address }: Conversation,
  kind: ChannelKind,
): { channel: Channel; can: Capabilities } {
  if (kind !== channel && !isPhoneNumber(address))
    throw new AppError('REMOTE_REFUSED', { detail: 'the citizen hides the phone number: no SMS goes there' });
  const sender = senders.find(via, kind);
  if (sender) return sender;
  throw new AppError('REMOTE_REFUSED', {
    detail: `no adapter that sends ${kind} for "${via}" is switched on; set its variables or SMS_PROVIDER`,
  });
}

/** Undefined where the text goes. What an operator may choose was checked before; office.yaml may have changed since. */
function templateOf(
  { templates }: DeliverDeps,
  { template: asked }: Effect['params'],
  can: Capabilities,
): OutboundMessage['template'] {
  const { id, values } = (asked ?? {}) as Partial<NonNullable<Reply['template']>>;
  if (id === undefined || !can.templates) return undefined;
  const template = templates.find((each) => each.id === id);
  if (template?.contentSid === undefined)
    throw new AppError('REMOTE_REFUSED', { detail: `office.yaml has no template "${id}" with a contentSid` });
  return { providerId: template.contentSid, values: template.fields.map((field) => values?.[field] ?? '') };
}

type Part = Pick<OutboundMessage, 'text' | 'files' | 'template'>;

function partsOf(
  { log }: DeliverDeps,
  entry: Entry,
  can: Capabilities,
  template: OutboundMessage['template'],
): Part[] {
  if (template && entry.files.length > 0)
    throw new AppError('REMOTE_REFUSED', { detail: `${entry.id}: a template takes no files with it` });
  if (template) return [{ text: entry.text, files: [], template }];
  const texts: Part[] = splitText(entry.text, can.textLimit).map((text) => ({ text, files: [] }));
  const misfit = can.mediaOut && entry.files.find((file) => !fitsMedia(can, file));
  if (misfit)
    throw new AppError('FILE_REFUSED', {
      detail: `${entry.id}: ${misfit.contentType} of ${misfit.sizeBytes} bytes is more than this channel takes`,
    });
  if (can.mediaOut) return [...texts, ...entry.files.map((file) => ({ text: '', files: [file] }))];
  // Flows say a link instead (Capabilities.mediaOut); a file that comes here all the same cannot go.
  if (entry.files.length > 0) log.warn({ entry: entry.id }, 'files left out: the channel takes none');
  return texts;
}

function outcome(entry: string, { providerId, status }: Pick<Entry, 'providerId' | 'status'>): EffectOutcome {
  return { sent: providerId === undefined ? { entry, status } : { entry, status, providerId } };
}
