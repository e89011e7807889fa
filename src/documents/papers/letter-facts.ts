/** What stands on a letter of the office. Letters are written in Indonesian alone. */
import type { PaperOffice } from './paper.ts';

export interface LetterFacts {
  /** Of the office's own register (`470/123/Dukcapil/2026`); absent: left to be filled in by pen. */
  number?: string;
  /** `Hal`. */
  subject: string;
  /** To whom, without `Yth.`. */
  to: string;
  /** The request that it is about. */
  application: string;
  service: string;
  /** Paragraphs. */
  body: string[];
  /** Said first and last (office.yaml); absent: nothing. */
  opening?: string;
  closing?: string;
  /** Where the letter is written. */
  place?: string;
  /** Whose name stands below; no more than was given. */
  signer: { title: string; name: string; rank?: string; nip?: string };
  /** `pen`: room for a hand and a stamp. `seen`: room for the electronic signature. `unseen`: a line says that there is one. */
  signature: 'pen' | 'seen' | 'unseen';
  office: PaperOffice;
}
