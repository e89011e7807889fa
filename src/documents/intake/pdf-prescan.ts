/** A first look at a PDF's bytes, before a library builds anything of it: is it small inside too, and free of keys and programs. */
import { createInflate } from 'node:zlib';
import type { FileReason } from '../../flows/vocabulary.ts';
import { ACTIVE_NAMES } from './pdf-active.ts';

const MEGABYTE = 1024 * 1024;
/** One stream unpacked: an A4 page at 600 dots an inch in colour is 100 MB. */
const MAX_STREAM_BYTES = 128 * MEGABYTE;
/** All together: twenty such pages at 300 dots an inch. More is refused as too large to be looked at. */
const MAX_TOTAL_BYTES = 640 * MEGABYTE;
/** All streams of objects and of the file's index: text that a library holds several times. */
const MAX_OBJECTS_BYTES = 32 * MEGABYTE;

/** Undefined: nothing found against it. It is not parsed: strange files come through here and fail later. */
export async function prescanPdf(bytes: Buffer): Promise<FileReason | undefined> {
  const room = { streams: MAX_TOTAL_BYTES, objects: MAX_OBJECTS_BYTES };
  let from = 0;
  for (const { begin, end } of streamsOf(bytes)) {
    // All since the last stream: more than its dictionary, so that nothing in between hides a part of it.
    const outside = plainNames(bytes.toString('latin1', from, begin));
    const fault = faultIn(outside) ?? (await faultInside(outside, bytes.subarray(begin, end), room));
    if (fault !== undefined) return fault;
    from = end;
  }
  return faultIn(plainNames(bytes.toString('latin1', from)));
}

/** Takes what it unpacks from `room` (bytes). */
async function faultInside(
  dictionary: string,
  packed: Buffer,
  room: { streams: number; objects: number },
): Promise<FileReason | undefined> {
  const isObjects = /\/(?:ObjStm|XRef)(?![A-Za-z])/.test(dictionary);
  // The library unpacks these itself, and these ways without a limit.
  if (isObjects && /\/(?:LZW|LZWDecode|RL|RunLengthDecode)(?![A-Za-z])|\/Filter\s*\d/.test(dictionary))
    return 'broken';
  const times = dictionary.match(/\/(?:FlateDecode|Fl)(?![A-Za-z])|\/Filter\s*\d/g)?.length ?? 0;
  if (times === 0) return undefined;
  // Packed twice hides a bomb from who unpacks once; no writer does it.
  if (times > 1) return 'broken';
  const limit = isObjects ? room.objects : Math.min(MAX_STREAM_BYTES, room.streams);
  const unpacked = await unpack(packed, limit, isObjects);
  if (unpacked === undefined) return 'broken';
  room[isObjects ? 'objects' : 'streams'] -= unpacked.sizeBytes;
  return isObjects ? faultIn(plainNames(unpacked.text)) : undefined;
}

/** From behind the word `stream` and its line end to `endstream`, whatever the dictionary says of the length. */
function* streamsOf(bytes: Buffer): Generator<{ begin: number; end: number }> {
  let at = bytes.indexOf('stream');
  while (at !== -1) {
    const begin = at + 6 + (bytes[at + 6] === 13 ? 1 : 0) + 1;
    const end = bytes.indexOf('endstream', begin);
    if (end === -1) return;
    yield { begin, end };
    at = bytes.indexOf('stream', end + 9);
  }
}

/** Names may be written with `#` and two hex digits for any letter (ISO 32000-1, 7.3.5). */
function plainNames(text: string): string {
  if (!text.includes('#')) return text;
  return text.replace(/#([0-9a-fA-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

const ENCRYPTED = /\/Encrypt(?![A-Za-z])\s*(?:\d|<<)/;
const ACTIVE = new RegExp(`/(?:${[...ACTIVE_NAMES].join('|')})(?![A-Za-z0-9_.-])`);

function faultIn(text: string): FileReason | undefined {
  if (ENCRYPTED.test(text)) return 'password';
  return ACTIVE.test(text) ? 'active' : undefined;
}

/** Unpacks in pieces and counts them; `text` is kept only when asked for. Undefined above `limit`. */
function unpack(
  packed: Buffer,
  limit: number,
  isKept: boolean,
): Promise<{ sizeBytes: number; text: string } | undefined> {
  return new Promise((resolve) => {
    const inflate = createInflate({ chunkSize: 64 * 1024 });
    const kept: Buffer[] = [];
    let sizeBytes = 0;
    const done = () => resolve({ sizeBytes, text: Buffer.concat(kept).toString('latin1') });
    inflate.on('data', (piece: Buffer) => {
      sizeBytes += piece.length;
      if (isKept) kept.push(piece);
      if (sizeBytes <= limit) return;
      resolve(undefined);
      inflate.destroy();
    });
    // Damaged data unpacks to its damage for a reader too: what came until there is what it would see.
    inflate.on('error', done);
    inflate.on('end', done);
    inflate.end(packed);
  });
}
