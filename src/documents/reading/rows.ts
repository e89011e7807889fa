/** Words on a page put back into the lines they were printed in. Pure. */
import type { Word } from './engine.ts';
import { mended } from './values.ts';

/** From left to right. */
export type Row = readonly Word[];

/** What Tesseract made of wood, stamps and edges. */
const LEAST_CONFIDENCE = 0.1;

/**
 * Lines from top to bottom. A word goes with the nearest word to its left at about its height, so that a line may slope
 * (a photo taken at an angle) without running into the next.
 */
export function rowsOf(words: readonly Word[]): Row[] {
  const rows: Word[][] = [];
  const real = words.filter(
    ({ text, confidence }) =>
      (confidence >= LEAST_CONFIDENCE && /[\p{L}\d]/u.test(text)) || isLongNumber(text),
  );
  for (const word of [...real].sort((a, b) => a.left - b.left)) {
    const near = rows
      .map((row) => ({ row, away: offset(row.at(-1), word) }))
      .filter(({ away }) => away < 0.6)
      .sort((a, b) => a.away - b.away);
    const [found] = near;
    if (found === undefined) rows.push([word]);
    else found.row.push(word);
  }
  return rows.sort((a, b) => middle(a[0]) - middle(b[0]));
}

/** Sixteen digits never come of wood; bold ones Tesseract often reads rightly and believes not at all. */
function isLongNumber(text: string): boolean {
  return mended(text)?.length === 16;
}

/** Between the middles of two words, in heights of the lower one. A word that begins before the other ends is not beside it. */
function offset(last: Word | undefined, word: Word): number {
  if (last === undefined || word.left < last.left + last.width - 0.5 * word.height)
    return Number.POSITIVE_INFINITY;
  return Math.abs(middle(last) - middle(word)) / Math.min(last.height, word.height);
}

function middle(word: Word | undefined): number {
  return word === undefined ? 0 : word.top + word.height / 2;
}
