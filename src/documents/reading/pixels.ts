/** Pictures as grey points, and what is done to them before they are read. Pure. */

/** One byte a point, 0 is black. */
export interface Grey {
  data: Uint8Array;
  width: number;
  height: number;
}

/** Parts of the light around a point: darker than the one is black, brighter than the other white (grain, waves, wood). */
const BLACK = 0.3;
const WHITE = 0.85;

/** Of a flattened picture: darker points are ink. */
const INK = 200;

/**
 * Evens the light: each point divided by the light around it, so that paper is white in the sun and in the shadow.
 * The light is the mean of a square of about `reach` points each way, which words cover thinly.
 */
export function flatten({ data, width, height }: Grey, reach: number): Grey {
  const sums = sumTable({ data, width, height });
  const flat = new Uint8Array(data.length);
  for (let y = 0; y < height; y += 1) {
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)];
    for (let x = 0; x < width; x += 1) {
      const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)];
      const sum =
        at(sums, bottom * (width + 1) + right) -
        at(sums, top * (width + 1) + right) -
        at(sums, bottom * (width + 1) + left) +
        at(sums, top * (width + 1) + left);
      const mean = sum / ((bottom - top) * (right - left));
      const part = at(data, y * width + x) / (mean + 1);
      flat[y * width + x] = Math.max(0, Math.min(255, ((part - BLACK) / (WHITE - BLACK)) * 255));
    }
  }
  return { data: flat, width, height };
}

/** Sums of all points above and to the left, a row and column of zeros first. */
function sumTable({ data, width, height }: Grey): Float64Array {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      row += at(data, y * width + x);
      sums[(y + 1) * (width + 1) + x + 1] = at(sums, y * (width + 1) + x + 1) + row;
    }
  }
  return sums;
}

/**
 * How far the lines of words are turned, degrees clockwise, at most 8 either way: the angle at which rows are most
 * unlike each other (projection profile). Wants a flattened picture of 600 to 1,000 points' width.
 */
export function findTilt(picture: Grey): number {
  const ink = inkOf(picture);
  const around = (middle: number, span: number, step: number): number => {
    let best = { angle: middle, score: -1 };
    for (let angle = middle - span; angle <= middle + span + 1e-9; angle += step) {
      const score = contrastOfRows(ink, picture, angle);
      if (score > best.score) best = { angle, score };
    }
    return best.angle;
  };
  return around(around(0, 8, 1), 1, 0.2);
}

function inkOf({ data, width, height }: Grey): Int32Array {
  const ink: number[] = [];
  const limit = INK;
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) if (at(data, y * width + x) < limit) ink.push(x, y);
  return Int32Array.from(ink);
}

function contrastOfRows(ink: Int32Array, { width, height }: Grey, angle: number): number {
  const slope = Math.tan((angle * Math.PI) / 180);
  const reach = Math.ceil(Math.abs(slope) * width);
  const rows = new Int32Array(height + 2 * reach + 2);
  for (let index = 0; index < ink.length; index += 2) {
    const row = Math.round(at(ink, index + 1) - slope * at(ink, index)) + reach;
    rows[row] = at(rows, row) + 1;
  }
  let score = 0;
  for (let row = 1; row < rows.length; row += 1) score += (at(rows, row) - at(rows, row - 1)) ** 2;
  return score;
}

/**
 * Paints over ruled lines: dark runs longer than any letter is wide or high. `longest` is that length in points.
 */
export function withoutRules({ data, width, height }: Grey, longest: number): Grey {
  const limit = INK;
  const clean = Uint8Array.from(data);
  const wipe = (start: number, length: number, stride: number, across: number): void => {
    for (let index = 0; index < length; index += 1)
      for (const beside of [-across, 0, across]) {
        const point = start + index * stride + beside;
        if (point >= 0 && point < clean.length) clean[point] = 255;
      }
  };
  const scan = (lines: number, length: number, step: number, stride: number): void => {
    for (let line = 0; line < lines; line += 1) {
      let run = 0;
      for (let index = 0; index <= length; index += 1) {
        if (index < length && at(data, line * step + index * stride) < limit) run += 1;
        else {
          if (run > longest) wipe(line * step + (index - run) * stride, run, stride, step);
          run = 0;
        }
      }
    }
  };
  scan(height, width, width, 1);
  scan(width, height, 1, width);
  return { data: clean, width, height };
}

function at(values: Uint8Array | Float64Array | Int32Array, index: number): number {
  return values[index] ?? 0;
}
