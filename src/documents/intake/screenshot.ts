/** A screenshot: the bars of a phone's screen above and below, drawn without any grain. */
import type { Grey } from './grey.ts';
import type { Photo } from './images.ts';

/** Long side by short side of phones' screens; photos have 4:3, 3:2 or 16:9 (1.78), and 16:9 needs the other signs too. */
const LEAST_ASPECT = 1.7;
const MOST_ASPECT = 2.4;
/** A row is flat when this part of it differs by no more than a JPEG's own error from its most frequent value. */
const FLAT_SHARE = 0.9;
const FLAT_ERROR = 2;
/** Status bar and title, or the black around a picture: part of the screen's height, above and below together. */
const LEAST_FLAT = 0.2;
/** What phones write into EXIF of screenshots (UserComment). */
const MARK = 'Screenshot';
/** EXIF tags of a camera: `Make` and `ExposureTime`, in both byte orders (Exif 2.32, 4.6). */
const CAMERA_TAGS = ['\x01\x0f\x00\x02', '\x0f\x01\x02\x00', '\x82\x9a\x00\x05', '\x9a\x82\x05\x00'];

/** Upright only: screenshots lying on their side are too rare to be told from scans. */
export function isScreenshot({ exif, isHeic, width, height }: Photo, grey: Grey): boolean {
  const text = exif?.toString('latin1') ?? '';
  if (text.includes(MARK)) return true;
  if (isHeic || CAMERA_TAGS.some((tag) => text.includes(tag))) return false;
  const aspect = height / width;
  if (aspect < LEAST_ASPECT || aspect > MOST_ASPECT) return false;
  const flat = Array.from({ length: grey.height }, (_, row) => isFlat(grey, row));
  const above = flat.indexOf(false);
  const below = flat.toReversed().indexOf(false);
  const bars = flat.filter(Boolean).length / flat.length;
  // A scan is flat at its margins too, but it has no clock and battery in an otherwise flat row near the top.
  return above > 0 && below > 0 && bars >= LEAST_FLAT && hasStatusBar(grey);
}

function isFlat({ data, width }: Grey, row: number): boolean {
  const values = data.subarray(row * width, (row + 1) * width);
  const base = values[0] ?? 0;
  let same = 0;
  for (const value of values) if (Math.abs(value - base) <= FLAT_ERROR) same += 1;
  return same >= width * FLAT_SHARE;
}

/** The bar lies within this part of the height. */
const STATUS_BAR = 0.06;

/** Signs at both ends of the first rows, nothing between them, and flat rows again below. */
function hasStatusBar({ data, width, height }: Grey): boolean {
  const base = data[0] ?? 0;
  const bottom = Math.floor(height * STATUS_BAR);
  const differs = (from: number, to: number) => {
    let count = 0;
    for (let y = 0; y < bottom; y += 1)
      for (let x = Math.floor(width * from); x < width * to; x += 1)
        if (Math.abs((data[y * width + x] ?? 0) - base) > 40) count += 1;
    return count;
  };
  const least = width * 0.02;
  return (
    differs(0, 0.3) > least && differs(0.7, 1) > least && differs(0.34, 0.46) + differs(0.54, 0.66) === 0
  );
}
