/** The calls about our own papers; each throws ApiFailure. */
import type { LetterBody, PapersView, PrintBody, Printed, Written } from '../../schemas/papers.ts';
import { ask } from '../shell/api.ts';

/** `reveal` is the key that personal papers need. */
export function papersOf(number: string) {
  const path = `/requests/${encodeURIComponent(number)}`;
  return {
    list: () => ask<PapersView>('GET', `${path}/papers`),
    print: (what: PrintBody, reveal: string | undefined) =>
      ask<Printed>('POST', `${path}/papers`, what, reveal),
    write: (letter: LetterBody) => ask<Written>('POST', `${path}/letter`, letter),
  };
}
