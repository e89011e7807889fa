import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Twilio } from 'twilio';
import type { Clock } from '../../clock.ts';
import type { TwilioConfig } from '../../config.ts';
import type { Channel, ConversationStore, OutboundMessage } from '../../conversation/ports.ts';
import type { Address, Capabilities, ChannelKind, StoredFile } from '../../conversation/types.ts';
import { AppError } from '../../errors.ts';
import { isLoopbackUrl } from '../network-addresses.ts';
import { toDeliveryStatus } from './delivery-status.ts';
import { isNotTaken, networkFault } from './faults.ts';
import { findEarlier } from './find-earlier.ts';
import { TwilioRest } from './rest.ts';
import { createSentMemory } from './sent-memory.ts';
import { statusCallbackUrl } from './status-callback.ts';

export interface TwilioChannelDeps {
  /** How the outside reaches us (PUBLIC_URL). */
  publicUrl: string;
  clock: Clock;
  conversations: Pick<ConversationStore, 'findSent'>;
  /** A signed, short-lived public URL from which Twilio fetches a file. */
  mediaUrl(file: StoredFile): Promise<string>;
  log: Logger;
  /** For one request to Twilio, milliseconds; 15,000 when left out. */
  timeoutMs?: number;
  /** How long a message that was just taken may be missing from Twilio's list, milliseconds; 2,000 when left out. */
  listingLagMs?: number;
}

/**
 * How long WhatsApp takes free words: 24 hours (63016 after that), less what a citizen's message may have been on its
 * way to us, whose clock begins when it is here.
 */
const WINDOW_MS = (24 * 60 - 1) * 60_000;

/**
 * WhatsApp takes messages of 16 MB, and images of 5 MB (https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages);
 * read as powers of ten, to be sure. Only what we send is named.
 */
const MEDIA_LIMITS = { 'application/pdf': 16_000_000, 'image/jpeg': 5_000_000, 'image/png': 5_000_000 };

/** Twilio takes 1,600 characters a message on both (error 21617). No MMS in Indonesia, so SMS has no files. */
const CAPABILITIES: Readonly<Partial<Record<ChannelKind, Capabilities>>> = {
  whatsapp: {
    mediaIn: true,
    mediaOut: true,
    mediaLimits: MEDIA_LIMITS,
    locationIn: true,
    textForm: 'long',
    textLimit: 1600,
    windowMs: WINDOW_MS,
    templates: true,
  },
  sms: { mediaIn: false, mediaOut: false, locationIn: false, textForm: 'sms', textLimit: 1600 },
};

/**
 * Sends WhatsApp and SMS through Twilio's Messages API. `capabilities` holds for both kinds even when only one has a
 * sender, since both may come in; `send` without a sender is REMOTE_REFUSED. `close` drops the idle sockets.
 *
 * Free words on WhatsApp after its window throw AppError WINDOW_CLOSED, and nothing is asked of Twilio.
 *
 * A message that may have been sent is looked for at Twilio before it is sent (find-earlier.ts). Only that needs the
 * official library, which is loaded then.
 */
export function createTwilioChannel(
  config: TwilioConfig,
  deps: TwilioChannelDeps,
): Channel & { close(): void } {
  const { apiUrl, accountSid, authToken } = config;
  const rest = new TwilioRest({ apiUrl, accountSid, authToken, timeoutMs: deps.timeoutMs ?? 15_000 });
  const messagesPath = `/2010-04-01/Accounts/${accountSid}/Messages.json`;
  // Twilio refuses a message whose callback it could never reach (21609); a stand-in beside us can.
  const canCallBack = !isLoopbackUrl(deps.publicUrl) || isLoopbackUrl(config.apiUrl);
  const memory = createSentMemory();
  let library: Promise<Twilio> | undefined;
  return {
    name: 'twilio',
    capabilities: (kind) => CAPABILITIES[kind],
    close: () => rest.close(),
    async send(message) {
      const part = `${message.entry} ${message.part?.index ?? 1}`;
      const known = message.mayBeSent ? memory.sidOf(part) : undefined;
      if (known !== undefined) return { providerId: known, status: 'queued' };
      const to = toTwilio(message.to);
      const mustLook = message.mayBeSent && !memory.wasRefused(part);
      const earlier = mustLook ? await lookTwice(message, to, part) : undefined;
      if (earlier)
        deps.log.info({ entry: message.entry, sid: earlier.sid }, 'found at Twilio, not sent again');
      const { sid, status } = earlier ?? (await create(message, to, part));
      memory.remember(part, sid);
      return { providerId: sid, status: toDeliveryStatus(status) ?? 'queued' };
    },
  };

  /** A try that was cut off may still be on its way in when we look for the first time. */
  async function lookTwice(message: OutboundMessage, to: string, part: string) {
    const found = await look(message, to, part);
    if (found) return found;
    await pause(deps.listingLagMs ?? 2_000);
    return look(message, to, part);
  }

  /** Where nobody can look (the list is refused or unreadable), a message twice is better than none. */
  async function look(message: OutboundMessage, to: string, part: string) {
    library ??= import('./library.ts').then(({ createLibraryClient }) => createLibraryClient(config, rest));
    const client = await library;
    try {
      return await findEarlier({ client, conversations: deps.conversations, memory }, message, to, part);
    } catch (error) {
      if (error instanceof AppError && error.retry) throw error;
      deps.log.warn({ entry: message.entry, err: error }, 'Twilio does not list its messages; sending again');
      return undefined;
    }
  }

  async function create(message: OutboundMessage, to: string, part: string) {
    assertWindowOpen(message, deps.clock.now());
    memory.noteRefused(part, false);
    try {
      return await post(message, to);
    } catch (error) {
      memory.noteRefused(part, isNotTaken(error));
      throw error;
    }
  }

  /** https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource */
  async function post(message: OutboundMessage, to: string): Promise<Created> {
    const form = new URLSearchParams({ To: to, ...senderOf(config, message.to.channel) });
    if (message.template) appendTemplate(form, message.template);
    else {
      if (message.text !== '') form.append('Body', message.text);
      for (const file of message.files) form.append('MediaUrl', await deps.mediaUrl(file));
    }
    if (canCallBack) form.append('StatusCallback', statusCallbackUrl(deps.publicUrl, message));
    return created((await rest.request('POST', messagesPath, form)).body);
  }
}

function assertWindowOpen({ to, template, lastInboundAt }: OutboundMessage, now: number): void {
  if (to.channel !== 'whatsapp' || template || now - lastInboundAt < WINDOW_MS) return;
  throw new AppError('WINDOW_CLOSED', {
    detail: 'more than 24 hours since the citizen wrote: WhatsApp takes templates only (docs/admin.md)',
  });
}

/**
 * It stands in the place of words and files (https://www.twilio.com/docs/content). WhatsApp takes no line breaks and no
 * long gaps within a value.
 */
function appendTemplate(
  form: URLSearchParams,
  { providerId, values }: OutboundMessage['template'] & {},
): void {
  form.append('ContentSid', providerId);
  if (values.length === 0) return;
  const variables = values.map((value, i) => [String(i + 1), value.replace(/\s+/g, ' ').trim()]);
  form.append('ContentVariables', JSON.stringify(Object.fromEntries(variables)));
}

interface Created {
  sid: string;
  status: string;
}

/** An answer without an id says nothing of what became of the message. */
function created(body: unknown): Created {
  const { sid, status } = (body ?? {}) as Partial<Record<keyof Created, unknown>>;
  if (typeof sid !== 'string') throw networkFault('Twilio', new Error('the answer has no sid'));
  return { sid, status: String(status) };
}

/** `id` is a phone number, or WhatsApp's id of a user who hides it. */
function toTwilio({ channel, id }: Address): string {
  return channel === 'whatsapp' ? `whatsapp:${id}` : id;
}

function senderOf(
  config: TwilioConfig,
  kind: ChannelKind,
): { MessagingServiceSid: string } | { From: string } {
  const sender = kind === 'whatsapp' ? config.whatsappFrom : config.smsFrom;
  if (sender === undefined) {
    const variable = kind === 'whatsapp' ? 'TWILIO_WHATSAPP_FROM' : 'TWILIO_SMS_FROM';
    throw new AppError('REMOTE_REFUSED', {
      detail: `${variable} is not set: Twilio has no sender for ${kind}`,
    });
  }
  if (/^MG\w{10,}$/.test(sender)) return { MessagingServiceSid: sender };
  return { From: kind === 'whatsapp' ? `whatsapp:${sender.replace(/^whatsapp:/, '')}` : sender };
}
