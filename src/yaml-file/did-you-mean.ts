/** Suggestions for misspelt words. */
import { closest, distance } from 'fastest-levenshtein';

/** The one of `known` that was probably meant by `word`, or undefined when none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0 || word.length < 2) return undefined;
  const swapped = known.find((each) => lettersOf(each) === lettersOf(word));
  if (swapped !== undefined) return swapped;
  const candidate = closest(word.toLowerCase(), [...known]);
  return distance(word.toLowerCase(), candidate.toLowerCase()) <= allowedErrors(candidate)
    ? candidate
    : undefined;
}

/** `; did you mean "text"?`, or else `; it is one of a, b, c`, or nothing when nothing is known. */
export function suggest(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  if (meant !== undefined) return `; did you mean "${meant}"?`;
  return known.length > 0 ? `; it is one of ${known.join(', ')}` : '';
}

function allowedErrors(word: string): number {
  if (word.length < 4) return 1;
  return word.length < 9 ? 2 : 3;
}

/** Equal for words with the same letters in another order, the commonest typing error. */
function lettersOf(word: string): string {
  return [...word.toLowerCase()].sort().join('');
}
