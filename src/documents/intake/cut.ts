/** Words that run out of the photo. A sheet without a visible edge is none: a scan has none either. */
import { type Grey, histogramOf, valueAt } from './grey.ts';

/** Paper is at least this bright, as part of the brightest 10 %; ink at most that. */
const PAPER = 0.8;
const INK = 0.6;
/** Outermost points that are left out: borders of cameras and of the encoder. */
const RIM = 2;
/** Most of an edge is paper where words run over it. */
const LEAST_PAPER = 0.6;
/** And it crosses so many letters; each is this many points high or wide. */
const LEAST_LETTERS = 10;
const LETTER = { least: 2, most: 28 };

/** Left and right edges only: there lines of text run out. A blank margin, a table top or shadow there says nothing. */
export function isCut(grey: Grey): boolean {
  const white = valueAt(histogramOf(grey.data), 0.9);
  return [RIM, grey.width - 1 - RIM].some((x) => lettersAt(grey, x, white) >= LEAST_LETTERS);
}

function lettersAt({ data, width, height }: Grey, x: number, white: number): number {
  let [paper, letters, run] = [0, 0, 0];
  for (let y = 0; y < height; y += 1) {
    const value = data[y * width + x] ?? 0;
    if (value >= white * PAPER) paper += 1;
    if (value <= white * INK) run += 1;
    else {
      if (run >= LETTER.least && run <= LETTER.most) letters += 1;
      run = 0;
    }
  }
  return paper >= height * LEAST_PAPER ? letters : 0;
}
