/** A small grey version of a photo, on which its quality is judged: quick, and the same measure for every phone. */
import sharp from 'sharp';

/** Values 0 (black) to 255, row by row. */
export interface Grey {
  data: Uint8Array;
  width: number;
  height: number;
}

/** Longest side, px: an A4 sheet at 90 dots an inch. Lengths and blurs below are in these points. */
const SIDE_PX = 1_024;

/** `soften`: the sigma of a Gaussian, points, against the grain of dim light. */
export async function greyOf(jpeg: Uint8Array, soften = 0): Promise<Grey> {
  let image = sharp(jpeg)
    .greyscale()
    .resize({ width: SIDE_PX, height: SIDE_PX, fit: 'inside', withoutEnlargement: true });
  if (soften > 0) image = image.blur(soften);
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** How many points have each value. */
export function histogramOf(data: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256);
  for (const value of data) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** The value below which `share` (0 to 1) of the points lie. */
export function valueAt(counts: Uint32Array, share: number): number {
  let left = counts.reduce((sum, count) => sum + count, 0) * share;
  for (const [value, count] of counts.entries()) {
    left -= count;
    if (left <= 0) return value;
  }
  return 255;
}
