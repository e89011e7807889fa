/** Shapes of our own papers: what can be printed for a request, and letters. */
import { z } from 'zod';
import { FORMS } from '../../flows/vocabulary.ts';
import { actId, id, storedFile, words } from './basics.ts';

const kind = z.enum(['receipt', 'form', 'checklist', 'slip']);

export const papersSchema = z.object({
  /** `form` and `title` (Indonesian, as on the paper) of forms; `isPersonal`: printing it needs the key of a reveal. */
  papers: z.array(
    z.object({
      kind,
      form: z.enum(FORMS).nullable(),
      title: z.string().nullable(),
      isPersonal: z.boolean(),
    }),
  ),
  letter: z.object({
    /** The applicant, as far as the request says; a suggestion. */
    to: z.string(),
    opening: z.string(),
    closing: z.string(),
    /** Those of office.yaml; without any, name and office are typed. */
    signers: z.array(z.object({ id: z.string(), title: z.string(), name: z.string() })),
    /** How letters can be signed: with a certificate here, by BSrE (NIK and passphrase), or not at all. */
    signing: z.enum(['local', 'bsre']).nullable(),
  }),
});

export const printSchema = z.strictObject({ kind, form: z.enum(FORMS).optional() });

/** Printed or written: the file to open, and the code on it. */
export const printedSchema = z.object({ file: storedFile, code: z.string() });

const oneLine = (maxLength: number) =>
  words(maxLength).refine((text) => !/[\r\n]/.test(text), { message: 'is more than one line' });

/** `id` is the act: the same again is the same letter. Passphrase and NIK are used for it and kept nowhere. */
export const letterSchema = z.strictObject({
  id: actId,
  subject: oneLine(200),
  /** Of the office's register. */
  number: oneLine(80).optional(),
  to: oneLine(200),
  /** Paragraphs are set apart by an empty line. */
  body: words(6000),
  /** One of office.yaml, or, where that names none, whoever was typed. */
  signer: z.union([z.strictObject({ id }), z.strictObject({ title: oneLine(200), name: oneLine(200) })]),
  /** To the applicant, at once. */
  send: z.boolean(),
  sign: z
    .strictObject({
      passphrase: z.string().min(1).max(500).optional(),
      nik: z
        .string()
        .regex(/^\d{16}$/)
        .optional(),
      visible: z.boolean(),
    })
    .optional(),
});

export const writtenSchema = printedSchema.extend({ signed: z.boolean() });

/** The checklist of a service, to be sent with a reply. */
export const checklistSchema = z.strictObject({ service: id });

export type PapersView = z.infer<typeof papersSchema>;
export type PaperView = PapersView['papers'][number];
export type PrintBody = z.infer<typeof printSchema>;
export type LetterBody = z.infer<typeof letterSchema>;
export type Printed = z.infer<typeof printedSchema>;
export type Written = z.infer<typeof writtenSchema>;
