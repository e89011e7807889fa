/** Where a text may be cut, best first: between paragraphs, lines, sentences, words. */
const SEAMS = [/\n{2,}/g, /\n/g, /(?<=[.!?…:;])[ \t]+/g, /\s/g];

/**
 * Cuts a text into pieces of at most `limit` characters (UTF-16 units), at the best seam that does not leave a
 * piece shorter than a third of the limit. A word longer than the limit is cut, but never inside a character.
 * White space at the seams goes; nothing else does. A blank text gives no piece.
 */
export function splitText(text: string, limit: number): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const end = findCut(rest, limit);
    pieces.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? pieces : [...pieces, rest];
}

function findCut(text: string, limit: number): number {
  // One character more, so that a seam right behind the last one that fits is seen.
  const head = text.slice(0, limit + 1);
  for (const seam of SEAMS) {
    const cut = [...head.matchAll(seam)].findLast(({ index }) => index <= limit && index >= limit / 3);
    if (cut) return cut.index;
  }
  return limit > 1 && isInsideCharacter(text, limit) ? limit - 1 : limit;
}

/** Between the two halves of a surrogate pair. */
function isInsideCharacter(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff;
}
