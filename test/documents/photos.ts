/** Photos of a sheet of paper, drawn point by point: words are strokes, so that no font is needed; quick, and always the same. */
import sharp, { type Sharp } from 'sharp';
import { type Chance, createChance } from '../e2e/seeded.ts';

export interface Shot {
  /** Photo, px. */
  width?: number;
  height?: number;
  /** Which page: other numbers, other strokes. */
  page?: number;
  /** The sheet's brightness, and the ink's; 0 to 255. */
  paper?: number;
  ink?: number;
  /** Empty table around the sheet, part of the width; negative: the sheet's edge and its words are outside. */
  margin?: number;
  /** Gaussian, px. */
  blur?: number;
}

/** An upright greyscale photo, not yet a file. */
export function shoot(shot: Shot = {}): Sharp {
  const { width = 720, height = 960, page = 0, paper = 218, ink = 48, margin = 0.06, blur = 0 } = shot;
  const chance = createChance(page + 1);
  const data = new Uint8Array(width * height).fill(Math.round(paper * 0.45));
  const [left, top] = [Math.round(margin * width), Math.round(margin * width)];
  const fill = (x: number, y: number, w: number, h: number, value: number) => {
    for (let row = Math.max(0, y); row < Math.min(height, y + h); row += 1)
      data.fill(value, row * width + Math.max(0, x), row * width + Math.min(width, Math.max(0, x + w)));
  };
  fill(left, top, width - 2 * left, height - 2 * top, paper);
  const size = Math.max(8, Math.round(width / 60));
  for (let y = top + 3 * size; y < height - top - 3 * size; y += 2 * size)
    writeLine({ from: left + 2 * size, to: width - left - 2 * size, y, size, ink, fill, chance });
  grain(data, chance);
  const image = sharp(data, { raw: { width, height, channels: 1 } });
  return blur >= 0.3 ? image.blur(blur) : image;
}

interface Line {
  from: number;
  to: number;
  y: number;
  size: number;
  ink: number;
  fill(x: number, y: number, w: number, h: number, value: number): void;
  chance: Chance;
}

/** Letters of one to three upright strokes and a bar, words of two to nine letters. */
function writeLine({ from, to, y, size, ink, fill, chance }: Line): void {
  const thick = Math.max(2, Math.round(size / 6));
  const end = from + ((to - from) * (60 + chance.below(40))) / 100;
  let letters = 2 + chance.below(8);
  for (let x = from; x + size < end; x += Math.round(size * 0.8)) {
    letters -= 1;
    if (letters === 0) letters = 3 + chance.below(8);
    else {
      fill(x, y, thick, size, ink);
      if (chance.is(0.6)) fill(x + Math.round(size / 2), y, thick, size, ink);
      fill(x, y + chance.below(size - thick), Math.round(size * 0.6), thick, ink);
    }
  }
}

/** What every sensor adds. */
function grain(data: Uint8Array, chance: Chance): void {
  for (let at = 0; at < data.length; at += 1)
    data[at] = Math.min(255, Math.max(0, (data[at] ?? 0) + chance.below(7) - 3));
}
