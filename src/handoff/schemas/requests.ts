/** Shapes of requests (permohonan): lists, one request, decisions. Times are milliseconds since the epoch. */
import { z } from 'zod';
import { DECISIONS, STATES } from '../../flows/vocabulary.ts';
import { id, operatorRef, storedFile, time, words } from './basics.ts';

const item = z.object({
  number: z.string(),
  version: z.number().int(),
  service: z.string(),
  title: z.string(),
  state: z.enum(STATES),
  submittedAt: time,
  dueAt: time,
  /** Past due, and not done by the office yet. */
  isLate: z.boolean(),
  assignee: operatorRef.nullable(),
  conversation: id,
  channel: z.enum(['whatsapp', 'sms', 'counter']),
});

/** Query of a list: names of states and ids, no personal data. */
export const REQUEST_QUERY = ['states', 'service', 'assignee', 'after'] as const;

export const requestsSchema = z.object({
  now: time,
  /** Of all requests, by state; `late` of those that the office has in hand. */
  counts: z.array(z.object({ state: z.enum(STATES), count: z.number().int(), late: z.number().int() })),
  /** Due soonest first. */
  requests: z.array(item),
  /** Give it as `after` for the next page; null: that was all. */
  next: z.string().nullable(),
});

const field = z.object({
  /** The step of the form. */
  id: z.string(),
  label: z.string(),
  /** As a person reads it; masked unless revealed. */
  text: z.string(),
  /** As it is typed into SIAK (digits only, dates DD-MM-YYYY); null while masked, for documents, or when empty. */
  copy: z.string().nullable(),
  kind: z.string(),
  /** Of a document. */
  files: z.array(storedFile),
  /** The citizen brings the paper to the counter. */
  isBrought: z.boolean(),
  warnings: z.array(z.string()),
  /** Of a document: what was read off its photos, and whether the answer differs. `text` is masked unless revealed. */
  readings: z.array(
    z.object({ element: z.string(), label: z.string(), text: z.string(), differs: z.boolean() }),
  ),
  /** What a photo says in place of this answer, masked likewise; null: nothing else. */
  photo: z.string().nullable(),
  verdict: z
    .object({
      verdict: z.enum(['accepted', 'refused']),
      reason: z.string().nullable(),
      by: z.string(),
      at: time,
    })
    .nullable(),
});

export const requestSchema = item.extend({
  now: time,
  masked: z.boolean(),
  /** What the office promised, as a working time (`P1D`). */
  promise: z.string().nullable(),
  /** The form that its fields are in the order of (`F-2.01`); null: none is named. */
  form: z.string().nullable(),
  fields: z.array(field),
  result: z.array(storedFile),
  /** How the result reaches the citizen: `pdf`, `kiosk`, `pickup`. */
  delivery: z.array(z.string()),
  /** A larger PDF (bytes) goes to the citizen as a one-time link; 0: any does; null: none does. */
  maxFileBytes: z.number().int().nullable(),
  /** The visit that is booked, in words. */
  visit: z.string().nullable(),
  history: z.array(
    z.object({
      at: time,
      event: z.string(),
      by: z.string(),
      state: z.enum(STATES),
      reason: z.string().nullable(),
      oldCard: z.boolean().nullable(),
    }),
  ),
  /** What may be done now, by this operator. */
  actions: z.array(z.enum(DECISIONS)),
  /** Other requests of the same person or conversation. */
  others: z.array(z.object({ number: z.string(), title: z.string(), state: z.enum(STATES) })),
});

/** `version` is the one that was looked at: a request that changed meanwhile is not decided over (409 STALE). */
export const decisionSchema = z.strictObject({
  version: z.number().int(),
  decision: z.enum(DECISIONS),
  /** Needed for `reject`, `cancel`, `return` and `reopen`; the citizen reads it. */
  reason: words(500).optional(),
  /** For `ask-correction`; without it, the documents and answers whose verdict is `refused`. */
  refused: z.array(z.strictObject({ step: z.string(), reason: words(300) })).optional(),
  /** For `hand-over` of a card: whether the old one came back. */
  oldCard: z.boolean().optional(),
});

export const verdictSchema = z.strictObject({
  version: z.number().int(),
  step: z.string(),
  /** null takes a verdict back. */
  verdict: z.enum(['accepted', 'refused']).nullable(),
  reason: words(300).optional(),
});

/** null: to nobody. */
export const assignSchema = z.strictObject({ version: z.number().int(), to: id.nullable() });

/** The file was uploaded before (`POST /requests/{number}/files`); it is sent to the citizen at once. */
export const resultSchema = z.strictObject({ version: z.number().int(), file: id });

/** SIAK's PIN of the file, sent in a message of its own and kept nowhere else. */
export const pinSchema = z.strictObject({
  version: z.number().int(),
  pin: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z-]{4,20}$/),
});

export const bulkSchema = z.strictObject({
  requests: z
    .array(z.strictObject({ number: z.string(), version: z.number().int() }))
    .min(1)
    .max(100),
  decision: z.enum(['take', 'approve', 'produce', 'finish', 'assign']),
  /** For `assign`. */
  to: id.nullable().optional(),
});

/** In the order asked; `error` is the code of the refusal. */
export const bulkResultSchema = z.object({
  results: z.array(z.object({ number: z.string(), ok: z.boolean(), error: z.string().nullable() })),
});

/** A number as people type it, the code of a receipt, or the address in its QR code. */
export const findRequestSchema = z.strictObject({ text: words(300) });
export const foundRequestSchema = z.object({ number: z.string() });

export type Requests = z.infer<typeof requestsSchema>;
export type RequestItem = Requests['requests'][number];
export type RequestView = z.infer<typeof requestSchema>;
export type FieldView = z.infer<typeof field>;
export type RequestState = (typeof STATES)[number];
export type Decision = (typeof DECISIONS)[number];
