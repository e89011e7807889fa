/** Blurred: do dark and light meet within a few points, as at the edges of printed letters? */
import type { Grey } from './grey.ts';

/** Squares in which letters are looked for, points. */
const BLOCK = 16;
/** Dark and light of a square must differ this much to be letters or an edge. */
const LEAST_CONTRAST = 36;
/** And this many times as much as in the flattest quarter of squares, where grain is all there is. */
const GRAIN_TIMES = 3;
/** A document has letters on this part of its squares at least: a plain wall, a blanket, a finger has none. */
const LEAST_LETTERS = 0.01;
/**
 * Part of the step from dark to light that lies within two points, at the sharpest tenth of the squares. A Gaussian blur
 * of sigma 1.3 gives 0.65, of 2.6 gives 0.4, of 3.8 gives 0.32: measured on drawn cards and family cards. Those that reading
 * is measured on have 0.8 and more; the small print of a family card is gone at 0.5, a card can be read down to 0.4.
 */
const LEAST_STEEPNESS = 0.4;

/**
 * Not the variance of a Laplacian, which takes grain for sharpness and a white page for blur: steps are compared with
 * the contrast around them. Across and down apart, and the worse counts: a hand that moved blurs one direction.
 */
export function isBlurred(grey: Grey): boolean {
  const { letters, steepness } = sharpnessOf(grey);
  return letters < LEAST_LETTERS || steepness < LEAST_STEEPNESS;
}

/** `letters`: part of the squares that have contrast; `steepness`: 0 to 1, 0 without any. */
function sharpnessOf(grey: Grey): { letters: number; steepness: number } {
  const blocks = blocksOf(grey);
  const ranges = blocks.map(({ range }) => range).toSorted((a, b) => a - b);
  const grain = ranges[ranges.length >> 2] ?? 0;
  const least = Math.max(LEAST_CONTRAST, Math.min(grain * GRAIN_TIMES, 2 * LEAST_CONTRAST));
  const lettered = blocks.filter(({ range }) => range >= least);
  return {
    letters: lettered.length / Math.max(1, blocks.length),
    steepness: Math.min(
      topTenth(lettered.map(({ across }) => across)),
      topTenth(lettered.map(({ down }) => down)),
    ),
  };
}

function topTenth(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.9)] ?? 0;
}

/** Of each square the difference of its darkest and brightest points, and its largest steps as parts of that. */
function blocksOf({ data, width, height }: Grey) {
  const blocks: { range: number; across: number; down: number }[] = [];
  for (let top = 1; top + BLOCK < height; top += BLOCK)
    for (let left = 1; left + BLOCK < width; left += BLOCK) {
      let [low, high, across, down] = [255, 0, 0, 0];
      for (let y = top; y < top + BLOCK; y += 1)
        for (let x = left; x < left + BLOCK; x += 1) {
          const at = y * width + x;
          const value = data[at] ?? 0;
          if (value < low) low = value;
          if (value > high) high = value;
          across = Math.max(across, Math.abs((data[at + 1] ?? 0) - (data[at - 1] ?? 0)));
          down = Math.max(down, Math.abs((data[at + width] ?? 0) - (data[at - width] ?? 0)));
        }
      const range = high - low;
      blocks.push({ range, across: across / Math.max(1, range), down: down / Math.max(1, range) });
    }
  return blocks;
}
