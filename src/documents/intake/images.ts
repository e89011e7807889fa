/** A photo as it is kept: decoded whole, upright, without metadata, not larger than needed, as JPEG. */
import sharp, { type Sharp } from 'sharp';
import { decodeHeic } from './heic.ts';

/** Every file is looked at once: nothing is worth keeping at hand. One thread a picture: others have work too. */
sharp.cache(false);
sharp.concurrency(1);

/** Longest side, px: an A4 sheet at 220 dots an inch, sharp enough to read and to print. */
const MAX_SIDE_PX = 2_600;
/** Phones make 12 to 50 megapixels; above it is no photo that a citizen must send. */
const MAX_PIXELS = 60_000_000;
const QUALITY = 85;
/** The decoder gives up by itself, before the thread is ended. */
const TIMEOUT_S = 15;

export interface Photo {
  jpeg: Buffer;
  /** Of the original, upright, px. */
  width: number;
  height: number;
  /** Raw EXIF of the original; HEIC: none is read. */
  exif: Buffer | undefined;
  isHeic: boolean;
}

/** `size`: more pixels than any photo needs, none was decoded; `broken`: it cannot be decoded to its end. */
export async function readPhoto(bytes: Uint8Array, contentType: string): Promise<Photo | 'size' | 'broken'> {
  const isHeic = contentType === 'image/heic';
  const source = isHeic ? await openHeic(bytes) : open(bytes);
  if (typeof source === 'string') return source;
  try {
    // Dimensions before pixels: the library's own limit would not tell this fault from others.
    const { width, height, exif, autoOrient } = await source.metadata();
    if (width * height > MAX_PIXELS) return 'size';
    const jpeg = await source
      .timeout({ seconds: TIMEOUT_S })
      .autoOrient()
      .resize({ width: MAX_SIDE_PX, height: MAX_SIDE_PX, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: 'white' })
      .jpeg({ quality: QUALITY })
      .toBuffer();
    return { jpeg, width: autoOrient.width, height: autoOrient.height, exif, isHeic };
  } catch {
    return 'broken';
  }
}

/** Bytes that a phone's JPEG has too many are let pass (`error` leaves warnings alone), missing ones are not. */
function open(bytes: Uint8Array): Sharp {
  return sharp(bytes, { failOn: 'error', limitInputPixels: false, sequentialRead: true });
}

async function openHeic(bytes: Uint8Array): Promise<Sharp | 'size' | 'broken'> {
  const pixels = await decodeHeic(bytes);
  if (typeof pixels === 'string') return pixels;
  const { data, width, height } = pixels;
  return sharp(data, { raw: { width, height, channels: 4 } });
}
