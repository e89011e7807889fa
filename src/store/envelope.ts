/**
 * Envelope encryption, as every store does it: a data key an owner, wrapped by a key that is derived from the master
 * key. What is bound to what is the same everywhere, so that a sealed part may move from one store to another.
 */
import { createHash, createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { AppError } from '../errors.ts';
import { openBytes, sealBytes } from './seal.ts';

/** What wraps data keys. */
export interface Envelope {
  /** Says which master key wrapped a key: 8 bytes, not reversible. */
  masterId: Uint8Array;
  /** A new data key, and its wrapped form for the store. */
  makeKey(owner: string): { key: KeyObject; wrapped: Uint8Array };
  /** Throws AppError KEY_WRONG when neither master key wrapped it for this owner. */
  unwrap(owner: string, wrapped: Uint8Array): KeyObject;
  /** The same data key, wrapped by `masterKey` whichever of the two did before. Throws as `unwrap`. */
  rewrap(owner: string, wrapped: Uint8Array): Uint8Array;
  /** A new key for look-up hashes, wrapped. */
  makeIndexKey(): Uint8Array;
  /**
   * The look-up hash of a store: HMAC-SHA256 in hex over kind and text. Its key is random, not derived from the master
   * key, because a new master key re-wraps the keys but must leave every stored hash findable.
   * Throws AppError KEY_WRONG when the store was sealed under another master key.
   */
  openHash(wrappedIndexKey: Uint8Array): (kind: string, text: string) => string;
  /** The same key for look-up hashes, wrapped by `masterKey`. Throws as `openHash`. */
  rewrapIndexKey(wrapped: Uint8Array): Uint8Array;
}

/** What wraps and unwraps. */
export interface MasterKeys {
  /** 32 bytes; wraps every new key. */
  masterKey: Uint8Array;
  /** Opens what it wrapped, and wraps nothing: the old or the coming key, while keys are changed. */
  masterKeyAlso?: Uint8Array | undefined;
}

/** Throws AppError KEY_WRONG when a master key is not 32 bytes. */
export function createEnvelope({ masterKey, masterKeyAlso }: MasterKeys): Envelope {
  const wrapping = deriveWrapping(masterKey);
  const wrappings = masterKeyAlso ? [wrapping, deriveWrapping(masterKeyAlso)] : [wrapping];
  const openKey = (owner: string, wrapped: Uint8Array) => openWithAny(wrappings, `key\0${owner}`, wrapped);
  const wrapKey = (owner: string, key: Uint8Array) => sealBytes(wrapping, `key\0${owner}`, key);
  return {
    masterId: createHash('sha256').update(wrapping).digest().subarray(0, 8),
    makeKey: (owner) => {
      const bytes = randomBytes(32);
      return { key: createSecretKey(bytes), wrapped: wrapKey(owner, bytes) };
    },
    unwrap: (owner, wrapped) => createSecretKey(openKey(owner, wrapped)),
    rewrap: (owner, wrapped) => wrapKey(owner, openKey(owner, wrapped)),
    makeIndexKey: () => sealBytes(wrapping, INDEX_KEY, randomBytes(32)),
    openHash: (wrapped) => {
      const indexKey = openIndexKey(wrappings, wrapped);
      return (kind, text) => createHmac('sha256', indexKey).update(`${kind}\0${text}`).digest('hex');
    },
    rewrapIndexKey: (wrapped) => sealBytes(wrapping, INDEX_KEY, openIndexKey(wrappings, wrapped)),
  };
}

function deriveWrapping(masterKey: Uint8Array): Buffer {
  if (masterKey.length !== 32) throw new AppError('KEY_WRONG', { detail: 'MASTER_KEY must be 32 bytes' });
  return Buffer.from(hkdfSync('sha256', masterKey, '', 'loket wrapping key 1', 32));
}

/** Authenticated encryption: what opens at all was wrapped by that key. */
function openWithAny(wrappings: readonly Buffer[], bound: string, wrapped: Uint8Array): Buffer {
  let fault: unknown;
  for (const wrapping of wrappings) {
    try {
      return openBytes(wrapping, bound, wrapped);
    } catch (cause) {
      fault ??= cause;
    }
  }
  throw fault;
}

/** What a sealed part is bound to; see records.ts for the kinds. */
export function boundTo(owner: string, kind: string, id: string): string {
  return `${owner}\0${kind}\0${id}`;
}

/** The same for what the port Sealer seals; version 1 of its form was not bound to an id. */
export function bytesBound(owner: string, id: string): { bound: string; boundBefore: string } {
  return { bound: boundTo(owner, 'bytes', id), boundBefore: boundTo(owner, 'bytes', '') };
}

const INDEX_KEY = 'key\0index';

function openIndexKey(wrappings: readonly Buffer[], wrapped: Uint8Array): Uint8Array {
  try {
    return openWithAny(wrappings, INDEX_KEY, wrapped);
  } catch (cause) {
    const detail =
      'this is not the key that the data was sealed with: set the old MASTER_KEY (or MASTER_KEY_ALSO), or put the old master.key into DATA_DIR';
    throw new AppError('KEY_WRONG', { detail, cause });
  }
}
