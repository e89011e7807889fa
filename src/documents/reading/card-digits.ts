/**
 * The digits of identity cards: OCR-A's forms (ISO 1073-1), which Tesseract's languages were never taught (they read one
 * NIK in three). Sixteen separate shapes are found in a line, and each is held against the ten forms.
 */

import { type Blob, findBlobs } from './blobs.ts';
import type { Grey } from './pixels.ts';

/** Strokes as corners on a grid of 6 by 10; several strokes are parted by `/`. */
const FORMS: Readonly<Record<string, string>> = {
  '0': '1,0 5,0 6,1.5 6,8.5 5,10 1,10 0,8.5 0,1.5 1,0',
  '1': '0.8,0 3,0 3,10 / 0.4,10 5.6,10 5.6,7.5',
  '2': '0,0 6,0 6,5 0,5 0,10 6,10',
  '3': '0.3,0 5.4,0 5.4,4.7 1.5,4.7 / 5.4,4.7 6,5.6 6,10 0,10',
  '4': '0,0 0,6 6,6 / 4.4,3 4.4,10',
  '5': '5.8,0 0.4,0 0.4,4.5 5,4.5 6,5.6 6,8.8 5,10 0,10',
  '6': '0.4,0 0,1 0,10 6,10 6,4.9 0,4.9',
  '7': '0,1.6 0,0 6,0 6,2.6 3,5.8 3,10',
  '8': '1,0 5,0 5,4.7 1,4.7 1,0 / 1,4.7 0,5.7 0,10 6,10 6,5.7 5,4.7',
  '9': '6,5 0,5 0,0 6,0 6,10',
};

const [COLUMNS, ROWS] = [12, 18];
/** Thin and bold print, half the stroke's width on the grid of 6 by 10. */
const WEIGHTS = [0.45, 0.65, 0.85];

export interface CardNumber {
  digits: string;
  /** How much nearer the least certain digit is to its form than to any other: 0 (no nearer) to about 0.5. */
  margin: number;
}

/** Reads the sixteen digits in a flattened strip of one line; undefined when there are not sixteen like shapes. */
export function readCardDigits(strip: Grey): CardNumber | undefined {
  const blobs = sixteenAlike(findBlobs(strip));
  if (blobs === undefined) return undefined;
  const forms = formsOnce();
  const digits = blobs.map((blob) => nearest(sampleOf(strip, blob), forms));
  return {
    digits: digits.map(({ digit }) => digit).join(''),
    margin: Math.min(...digits.map(({ margin }) => margin)),
  };
}

/** The sixteen of nearly one height, in one line, each a step from the last. */
function sixteenAlike(blobs: Blob[]): Blob[] | undefined {
  const heights = blobs.map(({ height }) => height).sort((a, b) => b - a);
  const typical = heights[Math.min(8, heights.length - 1)] ?? 0;
  const alike = blobs.filter(
    ({ height, width }) => height > typical * 0.8 && height < typical * 1.25 && width < typical * 1.1,
  );
  const line = longestRun(
    alike.sort((a, b) => a.left - b.left),
    typical,
  );
  return line.length === 16 ? line : undefined;
}

/** Neighbours stand less than two heights apart, and at about one level. */
function longestRun(blobs: Blob[], height: number): Blob[] {
  let [best, run]: [Blob[], Blob[]] = [[], []];
  for (const blob of blobs) {
    const last = run.at(-1);
    const follows =
      last !== undefined &&
      blob.left - last.left < height * 1.8 &&
      Math.abs(blob.top - last.top) < height * 0.4;
    run = follows ? [...run, blob] : [blob];
    if (run.length > best.length) best = run;
  }
  return best;
}

interface Form {
  digit: string;
  grid: Float64Array;
}

let known: Form[] | undefined;

function formsOnce(): Form[] {
  known ??= Object.entries(FORMS).flatMap(([digit, strokes]) =>
    WEIGHTS.map((weight) => ({ digit, grid: normal(drawn(strokes, weight)) })),
  );
  return known;
}

function nearest(sample: Float64Array, forms: Form[]): { digit: string; margin: number } {
  const best = new Map<string, number>();
  for (const { digit, grid } of forms) {
    let likeness = 0;
    for (let index = 0; index < grid.length; index += 1)
      likeness += (grid[index] ?? 0) * (sample[index] ?? 0);
    best.set(digit, Math.max(best.get(digit) ?? -1, likeness));
  }
  const [first = ['', 0], second = ['', 0]] = [...best].sort((a, b) => b[1] - a[1]);
  return { digit: first[0], margin: first[1] - second[1] };
}

/** Each cell: how much of it the strokes cover. */
function drawn(strokes: string, weight: number): Float64Array {
  const lines = strokes.split('/').map((stroke) =>
    stroke
      .trim()
      .split(' ')
      .map((corner) => corner.split(',').map(Number) as [number, number]),
  );
  const grid = new Float64Array(COLUMNS * ROWS);
  for (let row = 0; row < ROWS; row += 1)
    for (let column = 0; column < COLUMNS; column += 1) {
      const x = ((column + 0.5) / COLUMNS) * (6 + 2 * weight) - weight;
      const y = ((row + 0.5) / ROWS) * (10 + 2 * weight) - weight;
      const away = Math.min(...lines.map((line) => distanceTo(line, x, y)));
      grid[row * COLUMNS + column] = Math.min(1, Math.max(0, (weight - away) / 0.6 + 0.5));
    }
  return grid;
}

function distanceTo(line: [number, number][], x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let index = 1; index < line.length; index += 1) {
    const [[ax, ay], [bx, by]] = [line[index - 1] ?? [0, 0], line[index] ?? [0, 0]];
    const [dx, dy] = [bx - ax, by - ay];
    const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
    least = Math.min(least, Math.hypot(x - ax - t * dx, y - ay - t * dy));
  }
  return least;
}

/** The shape's darkness on the same grid: means of the points in each cell. */
function sampleOf({ data, width }: Grey, blob: Blob): Float64Array {
  const grid = new Float64Array(COLUMNS * ROWS);
  const steps = 3;
  for (let row = 0; row < ROWS; row += 1)
    for (let column = 0; column < COLUMNS; column += 1) {
      let sum = 0;
      for (let sub = 0; sub < steps * steps; sub += 1) {
        const x = blob.left + ((column + ((sub % steps) + 0.5) / steps) / COLUMNS) * blob.width;
        const y = blob.top + ((row + (Math.floor(sub / steps) + 0.5) / steps) / ROWS) * blob.height;
        sum += 255 - (data[Math.floor(y) * width + Math.floor(x)] ?? 255);
      }
      grid[row * COLUMNS + column] = sum;
    }
  return normal(grid);
}

/** Mean 0 and length 1, so that the product of two is their correlation. */
function normal(grid: Float64Array): Float64Array {
  const mean = grid.reduce((sum, value) => sum + value, 0) / grid.length;
  const centred = grid.map((value) => value - mean);
  const length = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0)) || 1;
  return centred.map((value) => value / length);
}
