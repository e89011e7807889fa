/** Letters of the office (`letters` of `office.yaml`): what stands on each, and whose names may stand below. */
import { z } from 'zod';
import { uniqueIds } from './unique-ids.ts';

const line = z.string().trim().min(1).max(200);

const signerSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, { message: 'must be lower case letters, digits and -' }),
  /** The office held: `Kepala Dinas`, `a.n. Kepala Dinas, Sekretaris`. */
  title: line,
  name: line,
  rank: line.optional(),
  nip: line.optional(),
});
export type LetterSigner = z.infer<typeof signerSchema>;

/** All may be left out. */
export const lettersSchema = z
  .strictObject({
    /** Where letters are written. */
    place: line.optional(),
    /** First and last words of each letter. */
    opening: z.string().min(1).max(1000).optional(),
    closing: z.string().min(1).max(1000).optional(),
    /** Who may be named as the signer; without, the operator writes name and office. */
    signers: z.array(signerSchema).default([]).superRefine(uniqueIds),
  })
  .default({ signers: [] });
