/** Takes the photo: lays the sheet on a table, tilts it, lights it badly, and lets a phone's camera do its worst. */
import sharp from 'sharp';
import { type Chance, createChance } from '../../../e2e/seeded.ts';
import type { Sheet } from './sheet.ts';

export interface Conditions {
  /** Longest side of the photo, px. */
  size: number;
  /** The sheet's part of the photo's width, 0 to 1. */
  fill: number;
  /** Degrees. */
  tilt: number;
  /** How far corners may wander for the sake of perspective, part of the sheet's width. */
  perspective: number;
  /** Gaussian, px of the photo. */
  blur: number;
  /** Standard deviation, steps of 255. */
  noise: number;
  /** The darkest corner's part of the light. */
  dimmest: number;
  hasShadow: boolean;
  /** The phone was held upright: the photo is higher than wide. By default it is held as the sheet lies. */
  isUpright?: boolean;
  /** JPEG. */
  quality: number;
}

type Point = readonly [number, number];

interface Raster {
  data: Uint8Array;
  width: number;
  height: number;
}

/** The photo as JPEG; the same seed and conditions give the same bytes. */
export async function takePhoto(sheet: Sheet, conditions: Conditions, seed: number): Promise<Uint8Array> {
  const chance = createChance(seed);
  const { size, quality, blur } = conditions;
  const paper = await rasterOf(sheet, Math.round(size * conditions.fill * 1.15));
  const isUpright = conditions.isUpright ?? sheet.height > sheet.width;
  const width = isUpright ? Math.round(size * 0.75) : size;
  const height = isUpright ? size : Math.round(size * 0.75);
  const photo = { data: new Uint8Array(width * height * 3), width, height };
  layTable(photo, chance);
  laySheet(photo, paper, cornersOf(photo, sheet, conditions, chance));
  light(photo, conditions, chance);
  grain(photo, conditions.noise, chance);
  let image = sharp(photo.data, { raw: { width, height, channels: 3 } });
  if (blur >= 0.3) image = image.blur(blur);
  return new Uint8Array(await image.jpeg({ quality, chromaSubsampling: '4:2:0' }).toBuffer());
}

async function rasterOf(sheet: Sheet, width: number): Promise<Raster> {
  const { data, info } = await sharp(Buffer.from(sheet.svg()))
    .resize({ width })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height };
}

/** A table top: one colour with a grain, or a cloth of stripes. */
function layTable({ data, width, height }: Raster, chance: Chance): void {
  const colour = chance.pick<number[]>([
    [112, 84, 60],
    [70, 74, 80],
    [176, 170, 160],
    [60, 92, 70],
  ]);
  const period = 12 + chance.below(60);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const wave = 12 * Math.sin((y + 14 * Math.sin(x / 170)) / (period / 6)) + 6 * Math.sin(x / period);
      for (let c = 0; c < 3; c += 1) data[(y * width + x) * 3 + c] = clamp((colour[c] ?? 0) + wave);
    }
}

function cornersOf(photo: Raster, sheet: Sheet, conditions: Conditions, chance: Chance): Point[] {
  const wide = photo.width * conditions.fill;
  const ratio = sheet.height / sheet.width;
  const high = Math.min(wide * ratio, photo.height * conditions.fill);
  const [w, h] = [high / ratio / 2, high / 2];
  const angle = (conditions.tilt * Math.PI) / 180;
  const wander = (): number => ((chance.below(2001) - 1000) / 1000) * conditions.perspective * w * 2;
  const room = (free: number): number => (chance.below(1001) / 1000 - 0.5) * Math.max(0, free) * 0.5;
  const [cx, cy] = [
    photo.width / 2 + room(photo.width - 2 * w),
    photo.height / 2 + room(photo.height - 2 * h),
  ];
  return (
    [
      [-w, -h],
      [w, -h],
      [w, h],
      [-w, h],
    ] as const
  ).map(([x, y]) => [
    cx + x * Math.cos(angle) - y * Math.sin(angle) + wander(),
    cy + x * Math.sin(angle) + y * Math.cos(angle) + wander(),
  ]);
}

/** Every point of the photo asks where on the sheet it lies (the inverse of the projection). */
function laySheet(photo: Raster, paper: Raster, corners: Point[]): void {
  const project = projectionTo(corners);
  const [a, b, c, d, e, f, g, h, i] = invert(project);
  for (let y = 0; y < photo.height; y += 1)
    for (let x = 0; x < photo.width; x += 1) {
      const w = g * x + h * y + i;
      const u = ((a * x + b * y + c) / w) * (paper.width - 1);
      const v = ((d * x + e * y + f) / w) * (paper.height - 1);
      if (u < 0 || v < 0 || u >= paper.width - 1 || v >= paper.height - 1) continue;
      copyPoint(photo, (y * photo.width + x) * 3, paper, u, v);
    }
}

function copyPoint(photo: Raster, at: number, paper: Raster, u: number, v: number): void {
  const [x, y] = [Math.floor(u), Math.floor(v)];
  const [dx, dy] = [u - x, v - y];
  const row = paper.width * 3;
  const from = y * row + x * 3;
  for (let c = 0; c < 3; c += 1) {
    const top = (paper.data[from + c] ?? 0) * (1 - dx) + (paper.data[from + 3 + c] ?? 0) * dx;
    const low = (paper.data[from + row + c] ?? 0) * (1 - dx) + (paper.data[from + row + 3 + c] ?? 0) * dx;
    photo.data[at + c] = top * (1 - dy) + low * dy;
  }
}

type Matrix = [number, number, number, number, number, number, number, number, number];

/** The projection of the unit square onto four corners, clockwise from the top left (Heckbert 1989). */
function projectionTo(corners: Point[]): Matrix {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = corners as [Point, Point, Point, Point];
  const [sx, sy] = [x0 - x1 + x2 - x3, y0 - y1 + y2 - y3];
  const [dx1, dx2, dy1, dy2] = [x1 - x2, x3 - x2, y1 - y2, y3 - y2];
  const whole = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / whole;
  const h = (dx1 * sy - sx * dy1) / whole;
  return [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1];
}

/** Up to a factor, which a projection does not feel. */
function invert([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
}

/** Light that falls off to one side, the shadow of a hand, and the yellow of a lamp. */
function light({ data, width, height }: Raster, { dimmest, hasShadow }: Conditions, chance: Chance): void {
  const angle = (chance.below(360) * Math.PI) / 180;
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
  const edge = 0.45 + chance.below(40) / 100;
  const slant = (chance.below(100) - 50) / 100;
  const lamp = chance.is(0.3) ? [1, 0.95, 0.82] : [1, 1, 1];
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const along = ((x / width - 0.5) * ux + (y / height - 0.5) * uy) / 1.42 + 0.5;
      const shade = hasShadow ? 1 - 0.35 * smooth((x / width + slant * (y / height) - edge) / 0.08) : 1;
      const factor = (dimmest + (1 - dimmest) * along) * shade;
      const at = (y * width + x) * 3;
      for (let c = 0; c < 3; c += 1) data[at + c] = clamp((data[at + c] ?? 0) * factor * (lamp[c] ?? 1));
    }
}

function smooth(t: number): number {
  const held = Math.min(1, Math.max(0, t));
  return held * held * (3 - 2 * held);
}

function grain({ data }: Raster, noise: number, chance: Chance): void {
  if (noise === 0) return;
  // A table of draws is quicker than a draw for each point, and no eye tells.
  const draws = Array.from({ length: 65_536 }, () => {
    let sum = 0;
    for (let term = 0; term < 6; term += 1) sum += chance.below(1001) / 1000 - 0.5;
    return sum * noise * 1.41;
  });
  let at = chance.below(65_536);
  for (let index = 0; index < data.length; index += 1) {
    at = (at * 5 + 17) & 65_535;
    data[index] = clamp((data[index] ?? 0) + (draws[at] ?? 0));
  }
}

function clamp(value: number): number {
  return value < 0 ? 0 : Math.min(value, 255);
}
