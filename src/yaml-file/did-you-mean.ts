/** Suggestions for misspelt words. */
import { closest, distance } from 'fastest-levenshtein';

/** The one of `known` that was probably meant by `word`, or undefined when none is near (a third of its letters). */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const candidate = closest(word.toLowerCase(), [...known]);
  const allowed = Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3));
  return distance(word.toLowerCase(), candidate.toLowerCase()) <= allowed ? candidate : undefined;
}

/** `; did you mean "text"?`, or else `; it is one of a, b, c`, or nothing when nothing is known. */
export function suggest(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  if (meant !== undefined) return `; did you mean "${meant}"?`;
  return known.length > 0 ? `; it is one of ${known.join(', ')}` : '';
}
