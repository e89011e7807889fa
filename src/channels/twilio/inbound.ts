import type { Address, Content, InboundMessage, IncomingFile } from '../../conversation/types.ts';
import { type Form, field } from './form.ts';

/** WhatsApp sends one file a message, MMS up to ten. */
const MAX_FILES = 10;

export type Inbound =
  | { ok: true; message: InboundMessage }
  /** `malformed`: no id or no sender. `stranger`: nobody we could answer (an advertiser's name, another network). */
  | { ok: false; reason: 'malformed' | 'stranger' };

/**
 * Reads Twilio's form of an SMS or WhatsApp message (https://www.twilio.com/docs/messaging/guides/webhook-request).
 * `at` is ours, since Twilio tells no time. Files stay at Twilio (`remote`). Unknown fields are ignored: Twilio adds
 * new ones without notice.
 */
export function parseInbound(form: Form, at: number): Inbound {
  const id = field(form, 'MessageSid', 'SmsMessageSid', 'SmsSid');
  const sender = field(form, 'From');
  const from = sender === '' ? addressOfUser(field(form, 'ExternalUserId')) : parseAddress(sender);
  if (id === '' || from === 'none') return { ok: false, reason: 'malformed' };
  if (from === 'stranger') return { ok: false, reason: 'stranger' };
  return { ok: true, message: { id, via: 'twilio', from, at, content: parseContent(form) } };
}

/** `whatsapp:+62812...`, or a WhatsApp user id (`whatsapp:ID.1349...`) of someone who hides the number; SMS: `+62812...`. */
function parseAddress(sender: string): Address | 'stranger' {
  const [, scheme, id = ''] = /^(?:([a-z]+):)?(.*)$/is.exec(sender.trim()) ?? [];
  if (scheme?.toLowerCase() === 'whatsapp' && /^(\+\d{5,20}|[\w.-]{5,160})$/.test(id))
    return { channel: 'whatsapp', id };
  if (scheme === undefined && /^\+?\d{8,20}$/.test(id)) return { channel: 'sms', id };
  return 'stranger';
}

/** WhatsApp's business-scoped user id, alone when the phone number is hidden. */
function addressOfUser(user: string): Address | 'none' {
  const id = user.replace(/^whatsapp:/i, '');
  return /^[\w.+-]{5,160}$/.test(id) ? { channel: 'whatsapp', id } : 'none';
}

function parseContent(form: Form): Content {
  const media = parseMedia(form);
  const text = parseText(form);
  if (media.files.length > 0) {
    return { type: 'media', files: media.files, ...(text === '' ? {} : { caption: text }) };
  }
  const location = parseLocation(form);
  if (location) return location;
  if (text !== '') return { type: 'text', text };
  return { type: 'unknown', kind: media.otherKind ?? kindOf(form) };
}

/** A tapped button or list row is its title, as if the citizen had typed it. */
function parseText(form: Form): string {
  const text = field(form, 'Body', 'ButtonText', 'ListTitle', 'ButtonPayload', 'ListId');
  return text.trim() === '' ? '' : (decodeLongSms(text) ?? text);
}

/**
 * Some operators hand a long SMS on as base64. Only what cannot be anything else is decoded: long, no white space,
 * and with words of readable text inside.
 */
function decodeLongSms(text: string): string | undefined {
  if (text.length < 60 || !/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text))
    return undefined;
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  const isReadable = !/\uFFFD|(?![\t\n\r])\p{Cc}/u.test(decoded) && /\p{L} +\p{L}/u.test(decoded);
  return isReadable ? decoded : undefined;
}

function parseLocation(form: Form): Content | undefined {
  const [latitude, longitude] = [field(form, 'Latitude'), field(form, 'Longitude')].map((text) =>
    /^-?\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN,
  );
  if (latitude === undefined || longitude === undefined) return undefined;
  const isOnEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return isOnEarth ? { type: 'location', latitude, longitude } : undefined;
}

function parseMedia(form: Form): { files: IncomingFile[]; otherKind: string | undefined } {
  const files: IncomingFile[] = [];
  let otherKind: string | undefined;
  const count = Math.min(Number.parseInt(field(form, 'NumMedia'), 10) || 0, MAX_FILES);
  for (let index = 0; index < count; index += 1) {
    const url = field(form, `MediaUrl${index}`);
    const declaredType = field(form, `MediaContentType${index}`).toLowerCase() || 'application/octet-stream';
    const kind = url === '' ? 'media' : kindOfType(declaredType);
    if (kind === undefined) files.push({ source: { kind: 'remote', url }, declaredType });
    otherKind ??= kind;
  }
  return { files, otherKind };
}

/** What is no document whatever is in it. Undefined: a file to be looked at. */
function kindOfType(contentType: string): string | undefined {
  if (contentType.startsWith('audio/')) return 'voice';
  if (/^text\/(x-)?vcard/.test(contentType)) return 'contact';
  if (contentType === 'image/webp') return 'sticker';
  return undefined;
}

/** Twilio's `MessageType` of WhatsApp messages, for a message that holds nothing we know. */
function kindOf(form: Form): string {
  const type = field(form, 'MessageType').toLowerCase();
  return /^[a-z_]{2,20}$/.test(type) && type !== 'text' ? type : 'empty';
}
