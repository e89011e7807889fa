/** What the simulator takes: one message of a made-up phone (contract.md 4). */
import { z } from 'zod';
import type { ChannelKind } from '../../conversation/types.ts';

/** Bytes of one decoded file: more than any provider brings, so that the service itself has to say no. */
export const MAX_MEDIA_BYTES = 64 * 1024 * 1024;

export const channelSchema = z.enum(['whatsapp', 'sms']);
export const phoneSchema = z.string().regex(/^\+[1-9]\d{6,14}$/, { message: 'must be a phone number like +6281200000001' });

const mediaSchema = z.strictObject({
  contentType: z.string().min(1).max(200),
  fileName: z.string().max(255).optional(),
  base64: z.base64(),
});

export const messageSchema = z
  .strictObject({
    channel: channelSchema,
    from: phoneSchema,
    text: z.string().optional(),
    media: z.array(mediaSchema).max(10).optional(),
    location: z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }).optional(),
    /** Kinds that are neither text nor file, as other providers bring them (`sticker`, `voice`, `contact`). */
    kind: z.enum(['sticker', 'voice', 'contact']).optional(),
    id: z.string().min(1).max(200).optional(),
  })
  .refine(({ text, media, location, kind }) => text !== undefined || (media?.length ?? 0) > 0 || location || kind, {
    message: 'needs text, media or location',
    path: ['text'],
  });
export type SimulatedMessage = z.infer<typeof messageSchema>;

export const clockSchema = z.strictObject({ now: z.iso.datetime({ offset: true }) });

/** The first fault of a body: the field's name and what is wrong with it; values are not repeated. */
export function faultOf(error: z.ZodError): { field: string; message: string } {
  const [issue] = error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join('.');
  return { field: path === '' ? 'body' : path, message: issue?.message ?? 'is wrong' };
}

/** The path segments of a conversation's address. */
export function addressOf(params: { channel?: unknown; from?: unknown }): { channel: ChannelKind; id: string } | { field: string } {
  const channel = channelSchema.safeParse(params.channel);
  if (!channel.success) return { field: 'channel' };
  const from = phoneSchema.safeParse(params.from);
  return from.success ? { channel: channel.data, id: from.data } : { field: 'from' };
}
