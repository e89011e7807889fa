/** What the simulator takes: one message of a made-up phone (contract.md 4). */
import { z } from 'zod';
import type { ChannelKind } from '../../conversation/types.ts';
import type { Refusal } from './refusal.ts';

/** Bytes of one decoded file: more than any provider brings, so that the service itself has to say no. */
export const MAX_MEDIA_BYTES = 64 * 1024 * 1024;
/** WhatsApp's own limit of one text, in UTF-16 units. */
const MAX_TEXT = 65_536;

const channelSchema = z.enum(['whatsapp', 'sms'], { message: 'must be whatsapp or sms' });
const phoneSchema = z
  .string({ message: 'must be a phone number like +6281200000001' })
  .regex(/^\+[1-9]\d{6,14}$/, { message: 'must be a phone number like +6281200000001' });

/** Many programs write a value that is not there as null: that counts as absent. */
const absent = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);

const mediaSchema = z.strictObject({
  contentType: z
    .string()
    .max(200)
    .regex(/^[\w.+-]+\/[\w.+-]+ *(;.*)?$/, { message: 'must be a type like image/jpeg' }),
  fileName: absent(z.string().max(255)),
  base64: z
    .string()
    .refine(isBase64, { message: 'must be base64 (RFC 4648, with padding, without line breaks)' }),
});

/** The body of `POST /simulator/messages`; `null` counts as absent. Unpaired surrogates become U+FFFD. */
export const messageSchema = z
  .strictObject({
    channel: channelSchema,
    from: phoneSchema,
    text: absent(
      z
        .string()
        .max(MAX_TEXT)
        .transform((text) => text.toWellFormed()),
    ),
    media: absent(z.array(mediaSchema).max(10)),
    location: absent(
      z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }),
    ),
    /** Kinds that are neither text nor file, as other providers bring them. */
    kind: absent(z.enum(['sticker', 'voice', 'contact'])),
    id: absent(
      z
        .string()
        .min(1)
        .max(200)
        .refine((id) => id.isWellFormed(), { message: 'must be well-formed Unicode' }),
    ),
  })
  .refine(
    ({ text, media, location, kind }) => text !== undefined || (media ?? []).length > 0 || location || kind,
    { message: 'is needed when there is neither media nor location', path: ['text'] },
  );
export type SimulatedMessage = z.infer<typeof messageSchema>;

/** The body of `POST /simulator/clock`: a time with its offset from UTC. */
export const clockSchema = z.strictObject({
  now: z.iso.datetime({ offset: true, message: 'must be an ISO time with Z or an offset' }),
});

/** The first fault of a body: the field's name and what is wrong with it. */
export function faultOf(error: z.ZodError): Refusal {
  const [issue] = error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join('.');
  if (path === '') return { field: 'body', message: 'must be a JSON object, sent as application/json' };
  return { field: path, message: unknown === undefined ? (issue?.message ?? 'is wrong') : 'is not known' };
}

/** The phone that a path names; throws nothing, tells the wrong field. */
export function addressOf(params: {
  channel?: unknown;
  from?: unknown;
}): { ok: true; channel: ChannelKind; id: string } | ({ ok: false } & Refusal) {
  const channel = channelSchema.safeParse(params.channel);
  if (!channel.success) return { ok: false, field: 'channel', message: 'must be whatsapp or sms' };
  const from = phoneSchema.safeParse(params.from);
  if (!from.success)
    return { ok: false, field: 'from', message: 'must be a phone number like +6281200000001' };
  return { ok: true, channel: channel.data, id: from.data };
}

/** In pieces: one regular expression over 80 MB runs out of its stack. */
function isBase64(text: string): boolean {
  if (text.length % 4 !== 0) return false;
  const end = text.endsWith('==') ? text.length - 2 : text.endsWith('=') ? text.length - 1 : text.length;
  for (let at = 0; at < end; at += PIECE) {
    if (!/^[A-Za-z0-9+/]*$/.test(text.slice(at, Math.min(at + PIECE, end)))) return false;
  }
  return true;
}

const PIECE = 64 * 1024;
