/**
 * The shape of `flows.yaml`: what citizens can ask for, and every word the bot says (docs/writing-flows.md).
 * Conditions are data, not an expression language.
 */
import { z } from 'zod';
import { FORMS, READINGS, type ReadingKind } from './vocabulary.ts';

/** The languages a text may have. The first of `languages` in the file is the default. */
export const LANGUAGES = ['id', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const words = z.strictObject({ id: z.string().min(1), en: z.string().min(1) });

/** One text; `sms` is its short form: GSM-7, at most two segments, needed where the long one would cost more. */
export const textSchema = words.extend({ sms: words.optional() });
export type Text = z.infer<typeof textSchema>;

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** ISO 8601 duration, read by Temporal (`P60D`, `PT3H`). */
const duration = z
  .string()
  .regex(/^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/, {
    message: 'is not an ISO 8601 duration; write for example P1D (a day) or PT3H (three hours)',
  });

/**
 * A condition on one earlier answer: the value itself, one of several, anything but a value, answered or not,
 * or a date, or the birth date in a NIK, that lies longer ago (`olderThan`) or less long ago (`youngerThan`) than a duration.
 */
const test = z.union([
  scalar,
  z.strictObject({ in: z.array(scalar).min(1) }),
  z.strictObject({ not: scalar }),
  z.strictObject({ answered: z.boolean() }),
  z.strictObject({ olderThan: duration }),
  z.strictObject({ youngerThan: duration }),
]);
export type AnswerTest = z.infer<typeof test>;

/** All of the tests, by the id of the earlier step, must hold. */
export const conditionSchema = z.record(z.string(), test);
export type Condition = z.infer<typeof conditionSchema>;

/** Services and FAQ entries. */
const topicId = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, { message: 'must be lower case letters, digits and -' });

const stepId = z.string().regex(/^[a-z][a-z0-9_]*$/, { message: 'must be lower case letters, digits and _' });

const common = {
  id: stepId,
  /** The question. */
  text: textSchema,
  /** Its name in the summary, the receipt and the operator's view. */
  label: words,
  when: conditionSchema.optional(),
  /** May be skipped with LEWATI. */
  optional: z.boolean().optional(),
  /** Never echoed to the phone (mother's name, cause of death): the summary says that it is kept. */
  private: z.boolean().optional(),
};

const choiceOption = z.strictObject({ id: stepId, label: words, words: z.array(z.string()).default([]) });

/** One variant a step kind; `ask` is also what the simulator reports as `expects` (contract.md 4). */
export const stepSchema = z.discriminatedUnion('ask', [
  z.strictObject({
    ask: z.literal('nik'),
    ...common,
    /** Steps whose answers must agree with the date of birth and sex inside the NIK; differences are asked once, then flagged. */
    agrees: z.strictObject({ birth: stepId.optional(), sex: stepId.optional() }).optional(),
  }),
  z.strictObject({ ask: z.literal('kk'), ...common }),
  z.strictObject({
    ask: z.literal('name'),
    ...common,
    /** `newborn`: the rules for new names (Permendagri 73/2022); `any`: names as documents already have them. */
    rule: z.enum(['any', 'newborn']).default('any'),
  }),
  z.strictObject({
    ask: z.literal('date'),
    ...common,
    /** `past` includes today. */
    range: z.enum(['past', 'future', 'any']).default('any'),
  }),
  z.strictObject({ ask: z.literal('time'), ...common }),
  z.strictObject({ ask: z.literal('phone'), ...common }),
  z.strictObject({ ask: z.literal('email'), ...common }),
  z.strictObject({
    ask: z.literal('number'),
    ...common,
    min: z.number().default(0),
    max: z.number(),
    decimals: z.number().int().min(0).max(3).default(0),
  }),
  z.strictObject({
    ask: z.literal('yes-no'),
    ...common,
    /** Whoever answers otherwise cannot have this service: `else` tells why, and what they can do. The draft ends there. */
    must: z.strictObject({ be: z.boolean(), else: words }).optional(),
  }),
  z.strictObject({ ask: z.literal('choice'), ...common, options: z.array(choiceOption).min(2).max(9) }),
  z.strictObject({
    ask: z.literal('text'),
    ...common,
    minLength: z.number().int().default(2),
    maxLength: z.number().int().default(300),
    /** `application-number`: a number of ours, check digit verified. `pin`: six digits. */
    format: z.enum(['free', 'application-number', 'pin']).default('free'),
  }),
  z.strictObject({ ask: z.literal('akta-number'), ...common }),
  z.strictObject({
    ask: z.literal('document'),
    ...common,
    accept: z
      .array(z.enum(['image', 'pdf']))
      .min(1)
      .default(['image', 'pdf']),
    /** Most pages; with more than one, the bot goes on after SELESAI or the last page. */
    pages: z.number().int().min(1).max(20).default(1),
    /** A form of Permendagri 109/2019 that the citizen signs (`F-2.04`): sent filled in with the answers so far. */
    form: z.enum(FORMS).optional(),
    /** What is read off its photos: the kind of document, and which of its elements answers (or must agree with) which step. */
    reads: z
      .strictObject({
        kind: z.enum(Object.keys(READINGS) as [ReadingKind, ...ReadingKind[]]),
        fields: z.record(z.string(), stepId),
      })
      .optional(),
  }),
  z.strictObject({ ask: z.literal('location'), ...common }),
]);
export type Step = z.infer<typeof stepSchema>;
export type StepType = Step['ask'];

/** What is written into a field of a form: the answer to a step, or a tick; only when the condition holds. */
const formSource = z.union([
  stepId,
  z.strictObject({ step: stepId, when: conditionSchema.optional() }),
  z.strictObject({ tick: z.string(), when: conditionSchema.optional() }),
]);
export type FormSource = z.infer<typeof formSource>;

export const serviceSchema = z.strictObject({
  title: words,
  /** Two capital letters that begin its application numbers; needed when `outcome` is `application`. */
  code: z
    .string()
    .regex(/^[A-Z]{2}$/, { message: 'must be two capital letters, for example KL' })
    .optional(),
  mode: z.enum(['online', 'appointment', 'information']),
  /** Its word in the SMS menu; services without are reached by asking only. */
  menu: words.optional(),
  /** What people write when they want it; understanding learns from these. */
  examples: z.array(z.string()).min(1),
  /** What to have ready, said when the service starts and on "syaratnya apa?". */
  requirements: textSchema.optional(),
  /** Said first: what this service is, what happens, how long. For information services this is the answer. */
  intro: textSchema.optional(),
  /** Where rules of law in this service come from; for people who edit the file. */
  sources: z.array(z.string()).default([]),
  /** The form of Permendagri 109/2019 that its steps are in the order of, for typing into SIAK. */
  form: z
    .string()
    .regex(/^F-\d\.\d\d$/, { message: 'must be the code of a form, for example F-2.01' })
    .optional(),
  /**
   * The forms that are printed filled in: for each, which step answers which of its fields (flows/forms/). Of several sources
   * the first that has an answer is written; of a field of choices, all are ticked.
   */
  forms: z
    .partialRecord(z.enum(FORMS), z.record(z.string(), z.union([formSource, z.array(formSource).min(1)])))
    .default({}),
  /** What the office must have to make the result, beside SIAK: citizens are told when it has none. */
  needs: z.array(z.enum(['blangko'])).default([]),
  /** Working time from complete documents to the result, in working days (`P1D`). */
  promise: duration.optional(),
  /** What the citizen gets, as a noun for texts. */
  result: z
    .strictObject({ document: words, delivery: z.array(z.enum(['pdf', 'kiosk', 'pickup'])).min(1) })
    .optional(),
  /** When the citizen must come, what for. Documents that were not sent make it a `submit` visit in any case. */
  visit: z
    .strictObject({ activity: z.enum(['submit', 'pickup', 'record']), when: conditionSchema.optional() })
    .optional(),
  /** What to bring to the visit, beside the documents not sent. */
  bring: textSchema.optional(),
  /** `application` files a request; `status` looks one up with the steps `number` and `pin`; `answer` only says `intro`. */
  outcome: z.enum(['application', 'status', 'answer']),
  steps: z.array(stepSchema).default([]),
});
export type Service = z.infer<typeof serviceSchema>;

/** Words that are commands when they are the whole message; case, accents and punctuation are ignored. */
export const COMMANDS = [
  'menu',
  'cancel',
  'back',
  'operator',
  'status',
  'help',
  'stop',
  'start',
  'resume',
  'reschedule',
  'cancel-visit',
  'on-way',
  'late',
  'cannot',
  'queue',
  'calendar',
  'official',
  'agree',
  'refuse',
  'confirm',
  'skip',
  'done',
  'counter',
  'thanks',
  'greeting',
  'indonesian',
  'english',
] as const;
export type Command = (typeof COMMANDS)[number];

import { LABEL_KEYS, TEXT_KEYS } from './text-keys.ts';

export const flowsSchema = z.strictObject({
  languages: z.array(z.enum(LANGUAGES)).min(1),
  privacy: z.strictObject({ version: z.string(), retentionDays: z.number().int().positive() }),
  timing: z.strictObject({
    /** Silence after which a citizen is reminded once of an open question; sent 08.00-20.00 only. */
    nudge: duration,
    /** Silence after which the first offered time is booked. */
    slot: duration,
    /** How long a cancelled draft can be resumed. */
    forget: duration,
    /** How long a short message that is not understood waits for the rest. */
    burst: duration,
    /** Silence after which a citizen who returns is greeted and told where they were. */
    away: duration,
    /** How long a correction is waited for; through the last day. */
    correction: duration.default('P14D'),
    /** How long a finished document waits to be fetched; through the last day. */
    keep: duration.default('P90D'),
  }),
  commands: z.strictObject(
    Object.fromEntries(COMMANDS.map((command) => [command, z.array(z.string()).min(1)])) as Record<
      Command,
      z.ZodArray<z.ZodString>
    >,
  ),
  /** Phrases that show anger or fear: the chat goes to a person with an apology. */
  upset: z.array(z.string()).min(1),
  texts: z.strictObject(
    Object.fromEntries(TEXT_KEYS.map((key) => [key, textSchema])) as Record<
      (typeof TEXT_KEYS)[number],
      typeof textSchema
    >,
  ),
  labels: z.strictObject(
    Object.fromEntries(LABEL_KEYS.map((key) => [key, words])) as Record<
      (typeof LABEL_KEYS)[number],
      typeof words
    >,
  ),
  /** What is said when an answer cannot be taken, by step kind and the parser's reason; `default` for the rest. */
  errors: z.record(z.string(), z.record(z.string(), textSchema)),
  /** Remarks on an answer that is taken all the same, by warning code. */
  warnings: z.record(z.string(), textSchema),
  /** The states of an application as citizens read them. */
  states: z.record(z.string(), words),
  services: z.record(topicId, serviceSchema),
  /** Examples of what is neither a service nor a topic: wanting a person, a greeting, matters of other offices. */
  intents: z
    .strictObject({
      petugas: z.array(z.string()).default([]),
      sapaan: z.array(z.string()).default([]),
      'di-luar-layanan': z.array(z.string()).default([]),
    })
    .prefault({}),
  faq: z.record(
    topicId,
    z.strictObject({
      examples: z.array(z.string()).min(1),
      answer: textSchema,
      /** The answer while a kiosk is open to citizens (office.yaml, `print`). */
      kiosk: textSchema.optional(),
    }),
  ),
});
export type Flows = z.infer<typeof flowsSchema>;
