/** A small grey version of a photo, on which its quality is judged: quick, and the same measure for every phone. */
import sharp, { type Sharp } from 'sharp';

/** Values 0 (black) to 255, row by row. */
export interface Grey {
  data: Uint8Array;
  width: number;
  height: number;
}

/** Longest side, px: an A4 sheet at 90 dots an inch. Lengths and blurs below are in these points. */
const SIDE_PX = 1_024;

export async function greyOf(jpeg: Uint8Array): Promise<Grey> {
  const image = sharp(jpeg)
    .greyscale()
    .resize({ width: SIDE_PX, height: SIDE_PX, fit: 'inside', withoutEnlargement: true });
  return rawOf(image);
}

/** Without the grain of dim light: a Gaussian of so many points. */
export function soften({ data, width, height }: Grey, sigma: number): Promise<Grey> {
  return rawOf(
    sharp(data, { raw: { width, height, channels: 1 } })
      .blur(sigma)
      .greyscale(),
  );
}

async function rawOf(image: Sharp): Promise<Grey> {
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
