import type { Logger } from 'pino';
import type {
  Channel,
  ConversationStore,
  EffectContext,
  EffectHandler,
  EffectOutcome,
  OutboundMessage,
} from '../conversation/ports.ts';
import type { Capabilities, Conversation, Effect, Entry } from '../conversation/types.ts';
import { AppError } from '../errors.ts';
import { splitText } from './split-text.ts';

export interface DeliverDeps {
  conversations: Pick<ConversationStore, 'findEntry' | 'setStatus'>;
  /** The adapters by their name (`Channel.name`). */
  channels: ReadonlyMap<string, Channel>;
  /** Who sends SMS, whoever brought it; the simulator keeps its own. Undefined: the adapter that brought it. */
  smsProvider?: string | undefined;
  log: Logger;
}

/**
 * The effect `say` {entry}: sends a transcript entry to its citizen, the text first (in pieces if it is longer than
 * one message may be), then each file, in order. The result is `sent` with the id and status of the last message.
 *
 * An entry that has a provider's id was sent and is not sent again. Throws AppError: what can be tried again as it
 * came from the adapter; otherwise (REMOTE_REFUSED, NOT_FOUND) after the entry was marked `failed`.
 */
export function createDeliverHandler(deps: DeliverDeps): EffectHandler {
  return {
    type: 'say',
    async run(effect, context) {
      const entry = await entryOf(deps, effect, context);
      if (isSent(entry)) return outcome(entry.id, entry);
      try {
        return await deliver(deps, entry, context);
      } catch (error) {
        if (error instanceof AppError && !error.retry) await deps.conversations.setStatus(entry.id, 'failed');
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

async function deliver(deps: DeliverDeps, entry: Entry, context: EffectContext): Promise<EffectOutcome> {
  const { conversation } = context;
  const { channel, can } = chooseChannel(deps, conversation);
  const parts = partsOf(deps, entry, can);
  let last: Awaited<ReturnType<Channel['send']>> | undefined;
  for (const [index, part] of parts.entries()) {
    const message: OutboundMessage = {
      entry: entry.id,
      to: { channel: conversation.channel, id: conversation.address },
      ...part,
      at: entry.at,
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

function chooseChannel(
  deps: DeliverDeps,
  { channel: kind, via }: Conversation,
): { channel: Channel; can: Capabilities } {
  const isReal = via !== 'simulator';
  const name = (isReal && kind === 'sms' ? deps.smsProvider : undefined) ?? via;
  const channel = deps.channels.get(name);
  const can = channel?.capabilities(kind);
  if (channel && can) return { channel, can };
  throw new AppError('REMOTE_REFUSED', {
    detail: `no adapter "${name}" that sends ${kind} is switched on; set its variables or SMS_PROVIDER`,
  });
}

function partsOf(
  { log }: DeliverDeps,
  entry: Entry,
  can: Capabilities,
): Pick<OutboundMessage, 'text' | 'files'>[] {
  const texts = splitText(entry.text, can.textLimit).map((text) => ({ text, files: [] }));
  if (can.mediaOut) return [...texts, ...entry.files.map((file) => ({ text: '', files: [file] }))];
  // Flows say a link instead (Capabilities.mediaOut); a file that comes here all the same cannot go.
  if (entry.files.length > 0) log.warn({ entry: entry.id }, 'files left out: the channel takes none');
  return texts;
}

function outcome(entry: string, { providerId, status }: Pick<Entry, 'providerId' | 'status'>): EffectOutcome {
  return { sent: providerId === undefined ? { entry, status } : { entry, status, providerId } };
}
