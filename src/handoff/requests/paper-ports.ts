/** What operators need of our own papers; src/papers.ts passes it. */
import type { StoredFile } from '../../conversation/types.ts';
import type { FormCode } from '../../flows/vocabulary.ts';
import type { LetterSigner } from '../../office/letters.ts';

/** A paper, kept in the vault under the key of its conversation; `code` is what `/v/` verifies it by. */
export interface Paper {
  file: StoredFile;
  code: string;
}

export interface LetterText {
  /** Names the act: the same again is the same letter, and signs nothing twice. */
  act: string;
  number?: string;
  subject: string;
  to: string;
  body: string[];
  signer: { title: string; name: string; rank?: string; nip?: string };
  sign?: { passphrase?: string | undefined; nik?: string | undefined; visible: boolean };
}

/** Each throws AppError NOT_FOUND for a request that does not exist. */
export interface OfficePapers {
  /** The forms of a service, with their titles. */
  formsOf(service: string): { code: FormCode; title: string }[];
  hasSlip(number: string): Promise<boolean>;
  receipt(number: string): Promise<Paper>;
  form(number: string, code: FormCode): Promise<Paper>;
  /** Undefined while there is nothing to collect, or no time for it. */
  slip(number: string): Promise<Paper | undefined>;
  /** Kept for this conversation; undefined for a service that does not exist. */
  checklist(service: string, conversation: string): Promise<Paper | undefined>;
  /** What a letter about a request begins from. */
  letterhead(number: string): Promise<{
    to: string;
    opening: string;
    closing: string;
    signers: readonly LetterSigner[];
    signing: 'local' | 'bsre' | null;
  }>;
  /** `unavailable`: surely not signed; `unknown`: nobody knows. Refused: there is no letter. */
  write(
    number: string,
    letter: LetterText,
  ): Promise<
    | ({ ok: true } & Paper)
    | { ok: false; reason: 'off' | 'passphrase' | 'certificate' | 'refused' | 'unavailable' | 'unknown' }
  >;
}
