/** The sealed form of bytes at rest: AES-256-GCM, bound to what they belong to. */
import { type CipherKey, createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import { AppError } from '../errors.ts';

/** First byte of everything sealed: 1 = AES-256-GCM, 12 bytes nonce, the sealed text, 16 bytes tag. */
const VERSION = 1;
const FIRST_BYTE = Buffer.from([VERSION]);
const NONCE = 12;
const TAG = 16;
const HEAD = 1 + NONCE;

/**
 * Seals with a 32-byte key. `bound` (owner, kind, id) is not stored: the same must be said to open it, so that
 * a sealed row copied to another place does not open there.
 */
export function sealBytes(key: CipherKey, bound: string, clear: Uint8Array | string): Uint8Array {
  const nonce = nextNonce();
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(bound));
  const body = typeof clear === 'string' ? cipher.update(clear, 'utf8') : cipher.update(clear);
  cipher.final();
  return Buffer.concat([FIRST_BYTE, nonce, body, cipher.getAuthTag()]);
}

/** Throws AppError KEY_WRONG when the key, the binding or the bytes are not those that were sealed. */
export function openBytes(key: CipherKey, bound: string, sealed: Uint8Array): Buffer {
  const end = sealed.length - TAG;
  if (end < HEAD || sealed[0] !== VERSION) throw wrong();
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, HEAD), { authTagLength: TAG });
    decipher.setAAD(Buffer.from(bound));
    decipher.setAuthTag(sealed.subarray(end));
    const clear = decipher.update(sealed.subarray(HEAD, end));
    decipher.final();
    return clear;
  } catch (cause) {
    throw wrong(cause);
  }
}

function wrong(cause?: unknown): AppError {
  return new AppError('KEY_WRONG', { detail: 'sealed data does not open with this key', cause });
}

const pool = Buffer.alloc(NONCE * 256);
let used = pool.length;

/**
 * Random nonces, drawn from the system many at a time because one at a time costs more than the sealing. Each is a view
 * that holds until the next call.
 */
function nextNonce(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += NONCE;
  return pool.subarray(used - NONCE, used);
}
