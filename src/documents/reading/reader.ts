/** What reading a photo promises, whoever does it: it proposes values, it never decides. */
import type { Reading } from '../../flows/talk.ts';
import type { ReadingKind } from '../../flows/vocabulary.ts';

export interface Reader {
  /**
   * Reads the elements of one kind of document (`READINGS`) off a photo that intake has accepted (JPEG). Values are as
   * answers of the flow have them: numbers as 16 digits that pass the hard rules, dates `YYYY-MM-DD`, times `HH:MM`,
   * names in capitals as printed. Only what is read with some certainty; nothing at all (an empty list) when it takes
   * too long, when too many wait, or when reading is switched off. Never throws for what the picture is.
   */
  read(photo: Uint8Array, kind: ReadingKind): Promise<Reading[]>;
  /** Ends its threads. */
  close(): Promise<void>;
}
