/**
 * The sealed form of files at rest, piece by piece, so that a large one is never held as a whole:
 *
 *   1 byte   2, the version of the form (1 is seal.ts: everything in one piece)
 *   32 bytes salt, from which the key of this one sealing is derived (HKDF-SHA256; what it is bound to is the info)
 *   7 bytes  prefix of every nonce
 *   frames   64 KiB each (the last may be shorter), AES-256-GCM, each followed by its tag of 16 bytes;
 *            nonce: prefix, number of the frame (4 bytes, big endian), 1 for the last frame and 0 for the others
 *
 * This is STREAM (Hoang, Reyhanitabar, Rogaway, Vizar: Online Authenticated-Encryption and its Nonce-Reuse
 * Misuse-Resistance, CRYPTO 2015) with the key derivation and nonces of Tink's AES-GCM-HKDF streaming; age does the same
 * with ChaCha20. A frame that is missing, moved, repeated or taken from another file does not open, nor does a file cut
 * short between two frames.
 */
import { createCipheriv, createDecipheriv, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import type { Pieces } from '../documents/ports.ts';
import { AppError } from '../errors.ts';
import { openBytes } from './seal.ts';

/** Clear bytes of a frame. */
const FRAME_BYTES = 64 * 1024;

const VERSION = 2;
const SALT = 32;
const PREFIX = 7;
const HEAD = 1 + SALT + PREFIX;
const TAG = 16;

/** Seals with a data key, bound as in `boundTo`. The first piece is the head, each of the others a frame. */
export async function* sealStream(
  key: KeyObject,
  bound: string,
  clear: Pieces,
): AsyncGenerator<Uint8Array, undefined> {
  const head = Buffer.concat([Buffer.of(VERSION), randomBytes(SALT + PREFIX)]);
  const frames = framesOf(key, bound, head);
  yield head;
  for await (const { bytes, number, isLast } of cut(clear, FRAME_BYTES)) {
    const cipher = createCipheriv('aes-256-gcm', frames.key, frames.nonce(number, isLast));
    const sealed = cipher.update(bytes);
    cipher.final();
    yield Buffer.concat([sealed, cipher.getAuthTag()]);
  }
}

/**
 * Opens both forms; `boundBefore` is what version 1 was bound to. What it gives before it throws is genuine, but not
 * whole. Throws AppError KEY_WRONG when key, binding or bytes are not those that were sealed.
 */
export async function* openStream(
  key: KeyObject,
  { bound, boundBefore }: { bound: string; boundBefore: string },
  sealed: Pieces,
): AsyncGenerator<Uint8Array, undefined> {
  const reader = createReader(sealed);
  const head = await reader.take(HEAD);
  if (head[0] !== VERSION) {
    yield openBytes(key, boundBefore, Buffer.concat([head, ...(await Array.fromAsync(reader.rest()))]));
    return;
  }
  if (head.length < HEAD) throw wrong();
  const frames = framesOf(key, bound, head);
  for await (const { bytes, number, isLast } of cut(reader.rest(), FRAME_BYTES + TAG))
    yield openFrame(frames.key, frames.nonce(number, isLast), bytes);
}

function openFrame(key: Uint8Array, nonce: Uint8Array, bytes: Uint8Array): Buffer {
  const end = bytes.length - TAG;
  if (end < 0) throw wrong();
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG });
    decipher.setAuthTag(bytes.subarray(end));
    const clear = decipher.update(bytes.subarray(0, end));
    decipher.final();
    return clear;
  } catch (cause) {
    throw wrong(cause);
  }
}

function framesOf(key: KeyObject, bound: string, head: Uint8Array) {
  const salt = head.subarray(1, 1 + SALT);
  const prefix = head.subarray(1 + SALT, HEAD);
  return {
    key: Buffer.from(hkdfSync('sha256', key, salt, `loket file 2\0${bound}`, 32)),
    nonce(number: number, isLast: boolean): Uint8Array {
      const nonce = Buffer.alloc(PREFIX + 5);
      nonce.set(prefix);
      nonce.writeUInt32BE(number, PREFIX);
      nonce[PREFIX + 4] = isLast ? 1 : 0;
      return nonce;
    },
  };
}

/** Pieces of exactly `size` bytes, the last of which is shorter or as long; nothing at all is one empty piece. */
async function* cut(pieces: Pieces, size: number) {
  const reader = createReader(pieces);
  let next = await reader.take(size);
  for (let number = 0; ; number++) {
    const bytes = next;
    next = bytes.length < size ? NOTHING : await reader.take(size);
    const isLast = next.length === 0;
    yield { bytes, number, isLast };
    if (isLast) return;
  }
}

const NOTHING = Buffer.alloc(0);

/** Reads so many bytes at a time, whatever the pieces are. */
function createReader(pieces: Pieces) {
  const source = Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
  let waiting: Uint8Array[] = [];
  let length = 0;

  async function pull(): Promise<boolean> {
    const { value, done } = await source.next();
    if (done) return false;
    waiting.push(value);
    length += value.length;
    return true;
  }

  return {
    /** Fewer at the end only. */
    async take(size: number): Promise<Buffer> {
      while (length < size && (await pull()));
      const all = waiting.length === 1 ? bufferOf(waiting[0] ?? NOTHING) : Buffer.concat(waiting);
      const taken = all.subarray(0, size);
      waiting = taken.length < all.length ? [all.subarray(size)] : [];
      length = all.length - taken.length;
      return taken;
    },
    async *rest(): AsyncGenerator<Uint8Array, undefined> {
      try {
        do {
          yield* waiting.splice(0);
          length = 0;
        } while (await pull());
      } finally {
        await source.return?.();
      }
    },
  };
}

const bufferOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function wrong(cause?: unknown): AppError {
  return new AppError('KEY_WRONG', { detail: 'sealed data does not open with this key', cause });
}
