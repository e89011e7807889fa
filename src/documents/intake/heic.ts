/** HEIC and HEIF to pixels. */
import decode from 'heic-decode';
import { limitWasmMemory } from './wasm-memory.ts';

/** Pixels of RGBA, 4 bytes each, upright: the decoder follows the file's own rotation. */
export interface Pixels {
  width: number;
  height: number;
  data: Uint8Array;
}

/** Phones make 12, 24 or 48 megapixels (8064 x 6048); the decoder holds each pixel several times. */
const MAX_PIXELS = 50_000_000;
/** What the decoder took for 48 megapixels, measured: 0.4 GB. */
const MAX_MEMORY_BYTES = 640 * 1024 * 1024;
limitWasmMemory(MAX_MEMORY_BYTES);

/** `size`: it declares more pixels than are taken, and none was decoded. */
export async function decodeHeic(bytes: Uint8Array): Promise<Pixels | 'size' | 'broken'> {
  const pixels = declaredPixels(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (pixels === undefined) return 'broken';
  if (pixels > MAX_PIXELS) return 'size';
  // The library knows the most common first brands only; sniffing has looked at all of them.
  const known = Buffer.from(bytes);
  known.write('heic', 8, 'latin1');
  try {
    const { width, height, data } = await decode({ buffer: known });
    return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
  } catch {
    return 'broken';
  }
}

/**
 * The largest width x height that any `ispe` box (ISO/IEC 23008-12, 6.5.3) declares; undefined without one. Searched
 * by its name, wherever it lies: too many are found rather than too few.
 */
function declaredPixels(bytes: Buffer): number | undefined {
  let largest: number | undefined;
  for (
    let at = bytes.indexOf('ispe');
    at !== -1 && at + 16 <= bytes.length;
    at = bytes.indexOf('ispe', at + 4)
  ) {
    if (at < 4 || bytes.readUInt32BE(at - 4) !== 20) continue;
    largest = Math.max(largest ?? 0, bytes.readUInt32BE(at + 8) * bytes.readUInt32BE(at + 12));
  }
  return largest;
}
