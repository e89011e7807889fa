/** Envelope encryption: a data key an owner, wrapped by the master key. */
import { createHash, createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import type { Sealer } from '../../documents/ports.ts';
import { AppError } from '../../errors.ts';
import { openBytes, sealBytes } from '../seal.ts';
import { getRow } from './database.ts';
import type { Writer } from './writer.ts';

/** The synchronous side, for the other stores of this folder. `kind` and `id` say what row it is. */
export interface Keyring {
  /** Inside `Writer.write` only: the first use of an owner's key inserts it, before the data. */
  seal(owner: string, kind: string, id: string, clear: Uint8Array | string): Uint8Array;
  /** Throws AppError KEY_MISSING when the owner's key was destroyed, KEY_WRONG when the bytes do not open. */
  open(owner: string, kind: string, id: string, sealed: Uint8Array): Buffer;
  /** Inside `Writer.write` only. Destroys the owner's key: nothing of theirs opens afterwards. */
  destroy(owner: string): void;
  hasKey(owner: string): boolean;
  /** The database was made just now: nothing can be missing from it yet. */
  isNew: boolean;
  hash(kind: string, text: string): string;
  /** Forgets all clear keys; they are unwrapped again when needed. */
  forget(): void;
}

const CACHED_KEYS = 20_000;

/**
 * Opens the keys of a database, which must be writable and outside any transaction.
 * Throws AppError KEY_WRONG when the database was sealed under another master key.
 */
export function openKeyring(db: DatabaseSync, masterKey: Uint8Array): Keyring {
  if (masterKey.length !== 32) throw new AppError('KEY_WRONG', { detail: 'MASTER_KEY must be 32 bytes' });
  const wrapping = deriveWrappingKey(masterKey);
  const masterId = createHash('sha256').update(wrapping).digest().subarray(0, 8);
  const { indexKey, isNew } = openIndexKey(db, wrapping);
  const cache = new LRUCache<string, KeyObject>({ max: CACHED_KEYS });
  const find = db.prepare('SELECT wrapped FROM keys WHERE owner = ?');
  const insert = db.prepare('INSERT INTO keys (owner, master_id, wrapped) VALUES (?, ?, ?)');
  const remove = db.prepare('DELETE FROM keys WHERE owner = ?');

  function findKey(owner: string): KeyObject | undefined {
    const cached = cache.get(owner);
    if (cached) return cached;
    const row = getRow<{ wrapped: Uint8Array }>(find, owner);
    if (!row) return undefined;
    const key = createSecretKey(openBytes(wrapping, `key\0${owner}`, row.wrapped));
    cache.set(owner, key);
    return key;
  }

  function makeKey(owner: string): KeyObject {
    const bytes = randomBytes(32);
    insert.run(owner, masterId, sealBytes(wrapping, `key\0${owner}`, bytes));
    const key = createSecretKey(bytes);
    cache.set(owner, key);
    return key;
  }

  return {
    seal: (owner, kind, id, clear) =>
      sealBytes(findKey(owner) ?? makeKey(owner), `${owner}\0${kind}\0${id}`, clear),
    open: (owner, kind, id, sealed) => {
      const key = findKey(owner);
      if (!key) throw new AppError('KEY_MISSING', { detail: `the key of a ${kind} was destroyed` });
      return openBytes(key, `${owner}\0${kind}\0${id}`, sealed);
    },
    destroy: (owner) => {
      remove.run(owner);
      cache.delete(owner);
    },
    isNew,
    hasKey: (owner) => findKey(owner) !== undefined,
    hash: (kind, text) => createHmac('sha256', indexKey).update(`${kind}\0${text}`).digest('hex'),
    forget: () => cache.clear(),
  };
}

/** The port that capabilities are given. */
export function createSealer(keyring: Keyring, writer: Writer): Sealer {
  return {
    seal: async (owner, clear) => {
      // A new key is durable before anything that it sealed can be; a known one needs no write.
      if (!keyring.hasKey(owner)) await writer.write(() => keyring.seal(owner, 'key', '', ''));
      return keyring.seal(owner, 'bytes', '', clear);
    },
    open: async (owner, sealed) => keyring.open(owner, 'bytes', '', sealed),
    hash: (kind, text) => keyring.hash(kind, text),
  };
}

function deriveWrappingKey(masterKey: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, '', 'loket wrapping key 1', 32));
}

/**
 * The key of the look-up hashes: random, made once, stored wrapped. It is not derived from the master key,
 * because a new master key re-wraps the keys but must leave every stored hash findable.
 */
function openIndexKey(db: DatabaseSync, wrapping: Uint8Array): { indexKey: Uint8Array; isNew: boolean } {
  const bound = 'key\0index';
  const sealed = sealBytes(wrapping, bound, randomBytes(32));
  const insert = db.prepare("INSERT INTO meta (name, value) VALUES ('index-key', ?) ON CONFLICT DO NOTHING");
  const isNew = insert.run(sealed).changes === 1;
  const row = getRow<{ value: Uint8Array }>(db.prepare("SELECT value FROM meta WHERE name = 'index-key'"));
  try {
    return { indexKey: openBytes(wrapping, bound, row?.value ?? sealed), isNew };
  } catch (cause) {
    const detail =
      'this is not the key that the data was sealed with: set the old MASTER_KEY, or put the old master.key into DATA_DIR';
    throw new AppError('KEY_WRONG', { detail, cause });
  }
}
