/** Shapes of chats: lists, one chat, and what an operator does with it. Times are milliseconds since the epoch. */
import { z } from 'zod';
import { actId, id, operatorRef, storedFile, time, words } from './basics.ts';

/** Longest reply; the channel splits what is too long for one message. */
const MAX_REPLY_LENGTH = 4000;

export const replySchema = z
  .strictObject({
    id: actId,
    text: words(MAX_REPLY_LENGTH).optional(),
    /** Uploaded before (`POST /conversations/{id}/files`). */
    files: z.array(id).max(10).default([]),
    /** As an SMS to the same number, although the chat is on WhatsApp. */
    as: z.literal('sms').optional(),
    template: z
      .strictObject({ id: z.string(), values: z.record(z.string(), words(200)).default({}) })
      .optional(),
  })
  .refine(({ text, files, template }) => text !== undefined || files.length > 0 || template !== undefined, {
    message: 'says nothing',
  });
export const noteSchema = z.strictObject({ id: actId, text: words(2000) });
/** `renew`: a heartbeat, which reopens nothing. */
export const claimSchema = z.strictObject({ renew: z.literal(true).optional() }).optional();
export const transferSchema = z.strictObject({ to: id });
/** A question of the draft, by its step. */
export const askSchema = z.strictObject({ step: z.string() });
export const answerSchema = z.strictObject({ id: actId, step: z.string(), text: words(500) });
/** What an operator says in the citizen's place; `files` were uploaded before. */
export const speakSchema = z
  .strictObject({ id: actId, text: words(1000).optional(), files: z.array(id).max(10).default([]) })
  .refine(({ text, files }) => (text === undefined) !== (files.length === 0), {
    message: 'is either text or files',
  });
export const searchSchema = z.strictObject({ text: words(100) });
/** A number that stands on a receipt, its code, or the address in its QR. */
export const uploadedSchema = z.object({ file: storedFile });

const attention = z.object({
  /** `waiting` also when a claim's lease has run out: anybody may take it. `bot`: nobody needs to. */
  status: z.enum(['bot', 'waiting', 'claimed']),
  /** Since when the citizen waits; null with the bot. */
  since: time.nullable(),
  reason: z
    .enum([
      'not-understood',
      'asked',
      'upset',
      'complaint',
      'remote-trouble',
      'document-refused',
      'delivery-failed',
      'opened',
      'phone',
      'bug',
    ])
    .nullable(),
  operator: operatorRef.nullable(),
  /** When the claim ends unless it is renewed. */
  until: time.nullable(),
  isMine: z.boolean(),
  /** Messages that no person has answered, and when the first of them came. */
  unanswered: z.number().int(),
  unansweredSince: time.nullable(),
  /** By when the citizen was promised an answer; null with the bot. */
  answerBy: time.nullable(),
});

const CHANNELS = ['whatsapp', 'sms', 'counter'] as const;

const summary = z.object({
  id,
  channel: z.enum(CHANNELS),
  attention,
  /** The service's id and its title, and the title of the step. */
  service: z.string().nullable(),
  title: z.string().nullable(),
  stepLabel: z.string().nullable(),
});

const entrySchema = z.object({
  id,
  /** `note`: for the office only. */
  direction: z.enum(['in', 'out', 'note']),
  /** `citizen`, `bot`, or an operator's name. */
  author: z.string(),
  at: time,
  text: z.string(),
  files: z.array(storedFile),
  note: z.string().optional(),
  /** How the bot took it, in Indonesian ("Jawaban: Nama anak"). */
  understood: z.string().optional(),
  status: z.enum(['received', 'queued', 'sent', 'delivered', 'read', 'failed']),
});

const item = summary.extend({
  /** The last four digits of the citizen's number, to tell chats apart; null at the counter. */
  digits: z.string().nullable(),
  last: z
    .object({
      text: z.string(),
      at: time,
      direction: z.enum(['in', 'out', 'note']),
      author: z.string(),
      files: z.number().int(),
    })
    .nullable(),
});

export const inboxSchema = z.object({
  /** The service's clock, to count waiting times by. */
  now: time,
  counts: z.object({ waiting: z.number().int(), mine: z.number().int(), all: z.number().int() }),
  /** First unanswered message first; at most 200. */
  conversations: z.array(item),
});

/** Chats that an operator has closed, latest first, at most 100; or what a search found. */
export const chatListSchema = z.object({
  now: time,
  conversations: z.array(item.extend({ closedAt: time.nullable(), closedBy: z.string().nullable() })),
});

export const conversationSchema = summary.extend({
  now: time,
  /** NIK, KK and phone numbers are masked; `POST .../reveal` gives the key that shows them. */
  masked: z.boolean(),
  address: z.string(),
  step: z.string().nullable(),
  expects: z.string().nullable(),
  /** The question proposes what was read off a photo: yes or no answers it too. */
  isProposed: z.boolean(),
  answers: z.array(
    z.object({ id: z.string(), label: z.string(), text: z.string(), warnings: z.array(z.string()) }),
  ),
  /** All questions of the service that may be asked again or answered for the citizen. */
  steps: z.array(z.object({ id: z.string(), label: z.string(), ask: z.string(), isAnswered: z.boolean() })),
  /** This citizen's applications, also those filed from elsewhere with the same NIK, latest first. */
  applications: z.array(
    z.object({
      number: z.string(),
      title: z.string(),
      state: z.string(),
      dueAt: time,
      isElsewhere: z.boolean(),
    }),
  ),
  transcript: z.array(entrySchema),
  capabilities: z
    .object({ mediaOut: z.boolean(), textForm: z.enum(['long', 'sms']), textLimit: z.number().int() })
    .nullable(),
  /** When WhatsApp stops taking free words (24 hours after the citizen's last message); null: never. */
  windowClosesAt: time.nullable(),
  /** Whether an SMS can be sent to the same number. */
  canSms: z.boolean(),
});

export const revealedSchema = z.object({ key: z.string() });

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

/** A case at the counter: a conversation without a phone. */
export const walkInSchema = z.object({ conversation: id });

export type Inbox = z.infer<typeof inboxSchema>;
export type InboxItem = Inbox['conversations'][number];
export type ChatList = z.infer<typeof chatListSchema>;
export type ConversationView = z.infer<typeof conversationSchema>;
export type Undelivered = z.infer<typeof undeliveredSchema>;
export type AttentionView = z.infer<typeof attention>;
export type EntryView = z.infer<typeof entrySchema>;
export type ReplyBody = z.input<typeof replySchema>;
