/**
 * The shapes of the operator API, checked on the way in and published in `/api/openapi.json`. The web app takes its
 * types from here. Times are milliseconds since the epoch.
 */
import { z } from 'zod';

/** Longest reply; the channel splits what is too long for one message. */
const MAX_REPLY_LENGTH = 4000;

const id = z.string().min(1).max(200);
const time = z.number().int();

export const loginSchema = z.strictObject({
  username: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(200),
});

export const passwordSchema = z.strictObject({
  old: z.string().min(1).max(200),
  new: z.string().min(1).max(200),
});

export const replySchema = z.strictObject({
  /** Made by the client, once for each reply: sending it again has no second effect. */
  id: z.uuid(),
  text: z
    .string()
    .trim()
    .min(1)
    .max(MAX_REPLY_LENGTH)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not pass
    .refine((text) => !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text.replaceAll('\r\n', '\n')), {
      message: 'holds control characters',
    }),
});

export const paramsSchema = z.object({ id });

export const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), by: z.string().optional() }),
});

export const meSchema = z.object({
  operator: z.object({ id, username: z.string(), name: z.string(), role: z.string() }),
  mustChangePassword: z.boolean(),
  /** Sent back as header `X-CSRF-Token` with everything that changes something. */
  csrf: z.string(),
  expiresAt: time,
  office: z.object({ name: z.string(), timeZone: z.string() }),
});

const attention = z.object({
  /** `waiting` also when a claim's lease has run out: anybody may take it. */
  status: z.enum(['waiting', 'claimed']),
  /** Since when the citizen waits. */
  since: time,
  reason: z.enum([
    'not-understood',
    'asked',
    'upset',
    'remote-trouble',
    'document-refused',
    'delivery-failed',
    'bug',
  ]),
  operator: z.object({ id, name: z.string() }).nullable(),
  /** When the claim ends unless it is renewed. */
  until: time.nullable(),
  isMine: z.boolean(),
});

const storedFile = z.object({
  file: id,
  contentType: z.string(),
  sizeBytes: z.number().int(),
  name: z.string().optional(),
});

const entrySchema = z.object({
  id,
  direction: z.enum(['in', 'out']),
  /** `citizen`, `bot`, or an operator's name. */
  author: z.string(),
  at: time,
  text: z.string(),
  files: z.array(storedFile),
  note: z.string().optional(),
  status: z.enum(['received', 'queued', 'sent', 'delivered', 'read', 'failed']),
});

const summary = z.object({
  id,
  channel: z.enum(['whatsapp', 'sms']),
  attention,
  /** The service's id and its title. */
  service: z.string().nullable(),
  title: z.string().nullable(),
});

export const inboxSchema = z.object({
  /** The service's clock, to count waiting times by. */
  now: time,
  counts: z.object({ waiting: z.number().int(), mine: z.number().int(), all: z.number().int() }),
  /** Longest waiting first; at most `MAX_LISTED` of them. */
  conversations: z.array(
    summary.extend({
      last: z
        .object({
          text: z.string(),
          at: time,
          direction: z.enum(['in', 'out']),
          author: z.string(),
          files: z.number().int(),
        })
        .nullable(),
    }),
  ),
});

export const conversationSchema = summary.extend({
  now: time,
  /** Long numbers are masked unless the claim is yours. */
  masked: z.boolean(),
  address: z.string(),
  step: z.string().nullable(),
  expects: z.string().nullable(),
  answers: z.array(
    z.object({ id: z.string(), label: z.string(), text: z.string(), warnings: z.array(z.string()) }),
  ),
  applications: z.array(z.string()),
  transcript: z.array(entrySchema),
  capabilities: z
    .object({
      mediaOut: z.boolean(),
      textForm: z.enum(['long', 'sms']),
      textLimit: z.number().int(),
    })
    .nullable(),
});

export const undeliveredSchema = z.object({
  now: time,
  /** Newest first; at most 200. */
  effects: z.array(
    z.object({
      id,
      conversation: id,
      /** What it was: `say` (a message to the citizen), `submit`, `receipt`, `intake`, ... */
      type: z.string(),
      /** A stable code of the fault: `REMOTE_REFUSED`, `REMOTE_UNAVAILABLE`, `BUG`, ... */
      reason: z.string(),
      tries: z.number().int(),
      /** When it was given up. */
      at: time,
      isInInbox: z.boolean(),
      canRetry: z.boolean(),
    }),
  ),
});

export type Me = z.infer<typeof meSchema>;
export type Inbox = z.infer<typeof inboxSchema>;
export type InboxItem = Inbox['conversations'][number];
export type ConversationView = z.infer<typeof conversationSchema>;
export type Undelivered = z.infer<typeof undeliveredSchema>;
export type AttentionView = z.infer<typeof attention>;
export type EntryView = z.infer<typeof entrySchema>;
export type FileView = z.infer<typeof storedFile>;
