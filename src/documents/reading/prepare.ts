/** A photo made fit for reading: grey, level, evenly lit, without ruled lines, letters large enough. */
import type { ReadingKind } from '../../flows/vocabulary.ts';
import { findTilt, flatten, type Grey, withoutRules } from './pixels.ts';

/** Of the prepared picture, in its points. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

interface Shape {
  /** Points from side to side: small print needs more, and each point costs time. */
  width: number;
  /** What stands on it in tables of ruled lines. */
  hasRules: boolean;
  /** All that is read stands in this upper part of a picture that is wider than high. */
  upper: number;
}

const SHAPES: Readonly<Record<ReadingKind, Shape>> = {
  ktp: { width: 1600, hasRules: false, upper: 0.7 },
  kk: { width: 2600, hasRules: true, upper: 0.62 },
  'surat-lahir': { width: 1700, hasRules: true, upper: 1 },
};

/** Tilt is measured on a small picture: a tenth of a degree shows there too. */
const TILT_WIDTH = 800;

/** Throws when `photo` is no picture. */
export async function prepare(photo: Uint8Array, kind: ReadingKind): Promise<Grey> {
  const { width, hasRules, upper } = SHAPES[kind];
  const { default: sharp } = await import('sharp');
  const grey = await greyOf(sharp(photo).greyscale().resize({ width, kernel: 'cubic' }));
  const small = await greyOf(raw(sharp, grey).resize({ width: TILT_WIDTH }));
  const tilt = findTilt(flatten(small, TILT_WIDTH / 40));
  const level = await greyOf(raw(sharp, grey).rotate(-tilt, { background: '#808080' }));
  const top =
    level.width > level.height
      ? cut(level, { ...all(level), height: Math.round(level.height * upper) })
      : level;
  const flat = flatten(top, Math.round(width / 40));
  return hasRules ? withoutRules(flat, Math.round(width / 40)) : flat;
}

/** A PNG of the picture, or of a part of it enlarged to a given height. */
export async function pngOf(picture: Grey, part?: Box, height?: number): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  let image = raw(sharp, part === undefined ? picture : cut(picture, part));
  if (height !== undefined)
    image = image
      .resize({ height, kernel: 'cubic' })
      .extend({ top: 12, bottom: 12, left: 12, right: 12, background: '#fff' });
  return new Uint8Array(await image.toColourspace('b-w').png({ compressionLevel: 1 }).toBuffer());
}

type Sharp = typeof import('sharp').default;

function raw(sharp: Sharp, { data, width, height }: Grey) {
  return sharp(data, { raw: { width, height, channels: 1 } });
}

async function greyOf(image: import('sharp').Sharp): Promise<Grey> {
  const { data, info } = await image.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height };
}

function all({ width, height }: Grey): Box {
  return { left: 0, top: 0, width, height };
}

/** The part of a picture that lies within it. */
export function cut({ data, width, height }: Grey, part: Box): Grey {
  const [left, top] = [Math.max(0, Math.floor(part.left)), Math.max(0, Math.floor(part.top))];
  const right = Math.min(width, Math.ceil(part.left + part.width));
  const bottom = Math.min(height, Math.ceil(part.top + part.height));
  const rows = Array.from({ length: bottom - top }, (_, row) =>
    data.subarray((top + row) * width + left, (top + row) * width + right),
  );
  return { data: new Uint8Array(Buffer.concat(rows)), width: right - left, height: bottom - top };
}
