/** Finds what stands beside a printed label, small errors of reading forgiven. Pure. */
import { distance } from 'fastest-levenshtein';
import type { Word } from './engine.ts';
import type { Row } from './rows.ts';

export interface Labelled {
  /** Of all rows. */
  row: number;
  label: Word[];
  /** The words right of it, up to a wide gap; none when the line ends with the label. */
  value: Word[];
}

/** A gap of so many heights of letters parts two columns. */
const COLUMN_GAP = 1.8;
const LONGEST_LABEL = 7;

/** The first place where one of the labels stands (`'tempat/tgl lahir'`); earlier labels of the list are preferred. */
export function findLabel(rows: readonly Row[], labels: readonly string[]): Labelled | undefined {
  for (const label of labels) {
    for (const [row, words] of rows.entries()) {
      const found = findIn(words, letters(label));
      if (found !== undefined) return { row, ...found };
    }
  }
  return undefined;
}

/** The run of words that is the label most nearly, and what follows it. */
function findIn(words: Row, label: string): { label: Word[]; value: Word[] } | undefined {
  let best: { from: number; to: number; errors: number } | undefined;
  for (let from = 0; from < words.length; from += 1) {
    let joined = '';
    for (let to = from; to < Math.min(words.length, from + LONGEST_LABEL); to += 1) {
      joined += letters(words[to]?.text ?? '');
      if (joined.length > label.length + 3) break;
      const errors = distance(joined, label);
      if (errors <= forgiven(label) && (best === undefined || errors < best.errors))
        best = { from, to, errors };
    }
  }
  if (best === undefined) return undefined;
  return { label: words.slice(best.from, best.to + 1), value: valueAfter(words.slice(best.to + 1)) };
}

function forgiven(label: string): number {
  return label.length < 5 ? 0 : Math.min(3, Math.floor(label.length / 5));
}

/** What belongs together beside the label; how far from it does not matter. */
function valueAfter(words: readonly Word[]): Word[] {
  const value: Word[] = [];
  for (const word of words) {
    const last = value.at(-1);
    if (
      last !== undefined &&
      word.left - (last.left + last.width) > COLUMN_GAP * Math.max(last.height, word.height)
    )
      break;
    value.push(word);
  }
  return value;
}

/** Lower case, letters only: print, dots and slashes differ from office to office. */
export function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}]/gu, '');
}
