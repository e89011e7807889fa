/** What a file truly is, by its content. The declared type and the name's ending are never asked. */

/** Largest file that is taken from a citizen, in bytes (WhatsApp's own limit for messages). */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;

export type FileKind = 'image' | 'pdf';

/** `type`: not one of ours, or two formats in one file; `broken`: cut off or damaged. */
export type Sniffed =
  | { ok: true; kind: FileKind; contentType: string }
  | { ok: false; reason: 'empty' | 'size' | 'type' | 'broken' };

interface Format {
  kind: FileKind;
  contentType: string;
  begins(bytes: Buffer): boolean;
  isWhole(bytes: Buffer): boolean;
}

const FORMATS: Format[] = [
  { kind: 'image', contentType: 'image/jpeg', begins: beginsJpeg, isWhole: isWholeJpeg },
  { kind: 'image', contentType: 'image/png', begins: beginsPng, isWhole: isWholePng },
  { kind: 'image', contentType: 'image/heic', begins: beginsHeic, isWhole: isWholeHeic },
  { kind: 'image', contentType: 'image/webp', begins: beginsWebp, isWhole: isWholeWebp },
  { kind: 'pdf', contentType: 'application/pdf', begins: beginsPdf, isWhole: isWholePdf },
];

/**
 * Recognises JPEG, PNG, HEIC, WebP (not animated ones: stickers) and PDF, and says whether the file is whole. It looks at
 * the frame of the file only: pixels are not decoded and nothing is searched for viruses. A crafted file may keep it busy
 * for some 100 ms: not for the main thread.
 */
export function sniff(file: Uint8Array): Sniffed {
  if (file.byteLength === 0) return { ok: false, reason: 'empty' };
  if (file.byteLength > MAX_FILE_BYTES) return { ok: false, reason: 'size' };
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const format = FORMATS.find((candidate) => candidate.begins(bytes));
  if (format === undefined) return { ok: false, reason: 'type' };
  if (format.kind === 'pdf' && endsAsZip(bytes)) return { ok: false, reason: 'type' };
  if (!format.isWhole(bytes)) return { ok: false, reason: 'broken' };
  return { ok: true, kind: format.kind, contentType: format.contentType };
}

function beginsJpeg(bytes: Buffer): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/**
 * Phones append data of their own behind the picture, and thumbnails have an end mark too, so the end is looked for
 * segment by segment. Where the segments make no sense, an end mark at the very end must do.
 */
function isWholeJpeg(bytes: Buffer): boolean {
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xd9) {
    if (bytes[at + 1] === 0xff) at += 1;
    else {
      const isScan = bytes[at + 1] === 0xda;
      at += 2 + bytes.readUInt16BE(at + 2);
      if (isScan) at = endOfScan(bytes, at);
    }
  }
  const endsHere = bytes[at] === 0xff && bytes[at + 1] === 0xd9;
  return endsHere || (at + 4 <= bytes.length && bytes.readUInt16BE(bytes.length - 2) === 0xffd9);
}

/** The next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

const PNG_HEAD = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const PNG_END = Buffer.from('IEND\xae\x42\x60\x82', 'latin1');

function beginsPng(bytes: Buffer): boolean {
  return bytes.subarray(0, PNG_HEAD.length).equals(PNG_HEAD);
}

function isWholePng(bytes: Buffer): boolean {
  return bytes.toString('latin1', 12, 16) === 'IHDR' && bytes.includes(PNG_END);
}

/** Brands of pictures in HEVC (ISO/IEC 23008-12, annex B). */
const HEVC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']);
/** Brands that promise a structure, whatever the pictures are coded in (the same, clause 10; MIAF: ISO/IEC 23000-22). */
const HEIF_BRANDS = new Set(['mif1', 'mif2', 'msf1', 'miaf', 'MiHB', 'MiHA', 'MiHE', 'MiPr']);
const AV1_BRANDS = ['avif', 'avis'];

function beginsHeic(bytes: Buffer): boolean {
  if (bytes.length < 16 || bytes.toString('latin1', 4, 8) !== 'ftyp') return false;
  const end = Math.min(bytes.readUInt32BE(0), bytes.length, 256);
  const brands = [bytes.toString('latin1', 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(bytes.toString('latin1', at, at + 4));
  const [major = ''] = brands;
  if (HEVC_BRANDS.has(major)) return true;
  const isHevc = brands.some((brand) => HEVC_BRANDS.has(brand));
  return HEIF_BRANDS.has(major) && isHevc && !AV1_BRANDS.some((brand) => brands.includes(brand));
}

/** Every box must lie inside the file; what a maker appends behind the last one is no box and ends the walk. */
function isWholeHeic(bytes: Buffer): boolean {
  const seen = new Set<string>();
  let at = 0;
  while (at + 8 <= bytes.length) {
    const type = bytes.toString('latin1', at + 4, at + 8);
    const size = boxSize(bytes, at);
    if (!/^[a-zA-Z0-9 ]{4}$/.test(type) || size < 8) break;
    if (at + size > bytes.length) return seen.has('meta') && seen.has('mdat');
    seen.add(type);
    at += size;
  }
  return seen.has('meta') && seen.has('mdat');
}

function boxSize(bytes: Buffer, at: number): number {
  const size = bytes.readUInt32BE(at);
  if (size === 0) return bytes.length - at;
  if (size === 1 && at + 16 <= bytes.length) return Number(bytes.readBigUInt64BE(at + 8));
  return size;
}

/** RIFF container of WebP: https://developers.google.com/speed/webp/docs/riff_container */
function beginsWebp(bytes: Buffer): boolean {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') return false;
  const first = bytes.toString('latin1', 12, 16);
  const isAnimated = first === 'VP8X' && ((bytes[20] ?? 0) & 0x02) !== 0;
  return ['VP8 ', 'VP8L', 'VP8X'].includes(first) && !isAnimated;
}

function isWholeWebp(bytes: Buffer): boolean {
  const size = bytes.readUInt32LE(4) + 8;
  return size >= 30 && size <= bytes.length;
}

/** Only white space, NUL or a byte order mark may stand before the header: anything else is another format's. */
function beginsPdf(bytes: Buffer): boolean {
  const head = bytes.toString('latin1', 0, 1024 + 5);
  return /^(?:\xef\xbb\xbf)?[\s\0]{0,1024}%PDF-/.test(head);
}

/** Readers look for the trailer in the last KiB; a file that was cut off has none there. */
function isWholePdf(bytes: Buffer): boolean {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return bytes.subarray(Math.max(0, end - 1024), end).includes('%%EOF');
}

const ZIP_END = Buffer.from('PK\x05\x06', 'latin1');

/** True when a ZIP reader would open the file: its directory's end record reaches exactly to the end. */
function endsAsZip(bytes: Buffer): boolean {
  const from = Math.max(0, bytes.length - 22 - 0xffff);
  for (let at = bytes.indexOf(ZIP_END, from); at !== -1; at = bytes.indexOf(ZIP_END, at + 1)) {
    if (at + 22 <= bytes.length && at + 22 + bytes.readUInt16LE(at + 20) === bytes.length) return true;
  }
  return false;
}
