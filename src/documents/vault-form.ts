/** The clear form of a file in the vault: length of the head (4 bytes, big endian), the head as JSON, the file, its SHA-256. */
import { createHash } from 'node:crypto';
import { AppError } from '../errors.ts';

/** `hash`: whether the SHA-256 stands at the end; files of older programs have none. */
interface Head {
  id: string;
  name?: string | undefined;
  hash?: 'end';
}

const LENGTH = 4;
const HASH = 32;
/** A piece of this size is sealed at a time. */
const PIECE = 64 * 1024;
const LONGEST_HEAD = 64 * 1024;

/** The form, in pieces of the bytes as they are. */
export function* packFile({ id, name }: Head, bytes: Uint8Array): Generator<Uint8Array> {
  const json = Buffer.from(JSON.stringify({ id, name, hash: 'end' } satisfies Head));
  const length = Buffer.alloc(LENGTH);
  length.writeUInt32BE(json.length);
  yield Buffer.concat([length, json]);
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
  yield createHash('sha256').update(bytes).digest();
}

/**
 * Reads the head, and gives the file's own pieces after it. They throw AppError KEY_WRONG at their end when the content
 * is not what was kept; a head of another file is refused at once.
 */
export async function unpackFile(
  id: string,
  clear: AsyncIterable<Uint8Array>,
): Promise<{ name?: string; pieces: AsyncIterable<Uint8Array> }> {
  const source = clear[Symbol.asyncIterator]();
  let start: Buffer = Buffer.alloc(0);
  let end = LENGTH;
  while (start.length < end) {
    const { value, done } = await source.next();
    if (done) throw damaged(id);
    start = Buffer.concat([start, value]);
    if (start.length >= LENGTH) end = LENGTH + start.readUInt32BE(0);
    if (end > LENGTH + LONGEST_HEAD) throw damaged(id);
  }
  const head = JSON.parse(start.toString('utf8', LENGTH, end)) as Head;
  if (head.id !== id) throw damaged(id);
  const rest = following(start.subarray(end), source);
  const pieces = head.hash === 'end' ? verified(id, rest) : rest;
  return { ...(head.name === undefined ? {} : { name: head.name }), pieces };
}

async function* following(
  first: Uint8Array,
  source: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, undefined> {
  try {
    if (first.length > 0) yield first;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  } finally {
    await source.return?.();
  }
}

/** All but the last 32 bytes, which must be the hash of the rest. */
async function* verified(
  id: string,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, undefined> {
  const hash = createHash('sha256');
  let held: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    const all = Buffer.concat([held, piece]);
    const sure = Math.max(0, all.length - HASH);
    held = all.subarray(sure);
    if (sure === 0) continue;
    const content = all.subarray(0, sure);
    hash.update(content);
    yield content;
  }
  if (!hash.digest().equals(held)) throw damaged(id);
}

function damaged(id: string): AppError {
  return new AppError('KEY_WRONG', { detail: `file ${id} does not hold what was kept under this id` });
}
