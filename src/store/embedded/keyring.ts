/** Envelope encryption: a data key an owner, wrapped by the master key. */
import type { KeyObject } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import type { Sealer } from '../../documents/ports.ts';
import { AppError } from '../../errors.ts';
import { casesBetween, isOfConversation } from '../application-body.ts';
import { boundTo, bytesBound, createEnvelope, type Envelope, type MasterKeys } from '../envelope.ts';
import { openBytes, sealBytes } from '../seal.ts';
import { openStream, sealStream } from '../seal-stream.ts';
import { getRow } from './database.ts';
import type { Writer } from './writer.ts';

/** The synchronous side, for the other stores of this folder. `kind` and `id` say what row it is. */
export interface Keyring {
  /** Inside `Writer.write` only: the first use of an owner's key inserts it, before the data. */
  seal(owner: string, kind: string, id: string, clear: Uint8Array | string): Uint8Array;
  /** Throws AppError KEY_MISSING when the owner's key was destroyed, KEY_WRONG when the bytes do not open. */
  open(owner: string, kind: string, id: string, sealed: Uint8Array): Buffer;
  /** Inside `Writer.write` only. Destroys the owner's key, and those of its cases: nothing of theirs opens afterwards. */
  destroy(owner: string): void;
  /** Undefined when the owner has none (any more). */
  keyOf(owner: string): KeyObject | undefined;
  /** Inside `Writer.write` only: makes the owner's key if there is none. */
  ensureKey(owner: string): void;
  /** The database was made just now: nothing can be missing from it yet. */
  isNew: boolean;
  hash(kind: string, text: string): string;
  /** Forgets all clear keys; they are unwrapped again when needed. */
  forget(): void;
  /** After the whole database was replaced (fill.ts): forgets all keys, and reads the one of the hashes anew. */
  reopen(): void;
}

const CACHED_KEYS = 20_000;

/**
 * Opens the keys of a database, which must be writable and outside any transaction.
 * Throws AppError KEY_WRONG when the database was sealed under another master key.
 */
export function openKeyring(db: DatabaseSync, masterKeys: MasterKeys): Keyring {
  const envelope = createEnvelope(masterKeys);
  const opened = openIndexKey(db, envelope);
  let { hash } = opened;
  const cache = new LRUCache<string, KeyObject>({ max: CACHED_KEYS });
  const find = db.prepare('SELECT wrapped FROM keys WHERE owner = ?');
  const insert = db.prepare('INSERT INTO keys (owner, master_id, wrapped) VALUES (?, ?, ?)');
  const remove = db.prepare('DELETE FROM keys WHERE owner = ? OR (owner > ? AND owner < ?)');

  function findKey(owner: string): KeyObject | undefined {
    const cached = cache.get(owner);
    if (cached) return cached;
    const row = getRow<{ wrapped: Uint8Array }>(find, owner);
    if (!row) return undefined;
    const key = envelope.unwrap(owner, row.wrapped);
    cache.set(owner, key);
    return key;
  }

  function makeKey(owner: string): KeyObject {
    const { key, wrapped } = envelope.makeKey(owner);
    insert.run(owner, envelope.masterId, wrapped);
    cache.set(owner, key);
    return key;
  }

  return {
    seal: (owner, kind, id, clear) =>
      sealBytes(findKey(owner) ?? makeKey(owner), boundTo(owner, kind, id), clear),
    open: (owner, kind, id, sealed) => {
      const key = findKey(owner);
      if (!key) throw new AppError('KEY_MISSING', { detail: `the key of a ${kind} was destroyed` });
      return openBytes(key, boundTo(owner, kind, id), sealed);
    },
    destroy: (owner) => {
      remove.run(owner, ...casesBetween(owner));
      for (const known of [...cache.keys()])
        if (known === owner || isOfConversation(known, owner)) cache.delete(known);
    },
    isNew: opened.isNew,
    keyOf: findKey,
    ensureKey: (owner) => {
      if (!findKey(owner)) makeKey(owner);
    },
    hash: (kind, text) => hash(kind, text),
    forget: () => cache.clear(),
    reopen: () => {
      cache.clear();
      ({ hash } = openIndexKey(db, envelope));
    },
  };
}

/** The port that capabilities are given. */
export function createSealer(keyring: Keyring, writer: Writer): Sealer {
  return {
    async *seal(owner, id, clear) {
      // A new key is durable before anything that it sealed can be; a known one needs no write.
      if (!keyring.keyOf(owner)) await writer.write(() => keyring.ensureKey(owner));
      yield* sealStream(keyThere(keyring.keyOf(owner)), bytesBound(owner, id).bound, clear);
    },
    async *open(owner, id, sealed) {
      yield* openStream(keyThere(keyring.keyOf(owner)), bytesBound(owner, id), sealed);
    },
    hash: (kind, text) => keyring.hash(kind, text),
  };
}

function keyThere(key: KeyObject | undefined): KeyObject {
  if (key) return key;
  throw new AppError('KEY_MISSING', { detail: 'the key of a file was destroyed' });
}

/** The first start of all makes it. */
function openIndexKey(db: DatabaseSync, envelope: Envelope) {
  const made = envelope.makeIndexKey();
  const insert = db.prepare("INSERT INTO meta (name, value) VALUES ('index-key', ?) ON CONFLICT DO NOTHING");
  const isNew = insert.run(made).changes === 1;
  const row = getRow<{ value: Uint8Array }>(db.prepare("SELECT value FROM meta WHERE name = 'index-key'"));
  return { hash: envelope.openHash(row?.value ?? made), isNew };
}
