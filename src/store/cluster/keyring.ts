/** Data keys of owners, in MongoDB. */
import type { KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Connection } from 'mongoose';
import type { Sealer } from '../../documents/ports.ts';
import { AppError } from '../../errors.ts';
import { casesBetween, isOfConversation } from '../application-body.ts';
import { boundTo, bytesBound, createEnvelope, type Envelope, type MasterKeys } from '../envelope.ts';
import { openBytes, sealBytes } from '../seal.ts';
import { openStream, sealStream } from '../seal-stream.ts';
import { collectionOf } from './collections.ts';
import { reach } from './connection.ts';
import { isInserted } from './insert.ts';
import { KEYS, META } from './schema-meta.ts';

/** Seals and opens for owners. `kind` and `id` say what it is (records.ts lists them). */
export interface ClusterKeyring {
  /** The first use of an owner makes their key, durable before this resolves. */
  seal(owner: string, kind: string, id: string, clear: Uint8Array | string): Promise<Uint8Array>;
  /** Throws AppError KEY_MISSING when the owner's key was destroyed, KEY_WRONG when the bytes do not open. */
  open(owner: string, kind: string, id: string, sealed: Uint8Array): Promise<Buffer>;
  /** The owner's key, made at its first use. */
  keyFor(owner: string): Promise<KeyObject>;
  /** The owner's key as it is now, whatever is at hand here. Throws AppError KEY_MISSING when it was destroyed. */
  freshKey(owner: string): Promise<KeyObject>;
  /** Destroys the owner's key, and those of its cases: nothing of theirs opens afterwards, in other processes after `CACHED_MS` at the latest. */
  destroy(owner: string): Promise<void>;
  /** Forgets the clear key, which may be one that another process has destroyed; it is read again when needed. */
  forget(owner: string): void;
  /** The look-up hash: the same text of the same kind always gives the same, and only this store can make it. */
  hash(kind: string, text: string): string;
  /** The database was made just now: nothing can be missing from it yet. */
  isNew: boolean;
}

const CACHED_KEYS = 20_000;
/** Another process may erase an owner: no clear key outlives that by more. */
const CACHED_MS = 60_000;

/** Opens the keys of a database. Throws AppError KEY_WRONG when it was sealed under another master key. */
export async function openClusterKeyring(
  connection: Connection,
  masterKeys: MasterKeys,
): Promise<ClusterKeyring> {
  const envelope = createEnvelope(masterKeys);
  const { hash, isNew } = await openIndexKey(connection, envelope);
  const keys = collectionOf(connection, KEYS);
  const cache = new LRUCache<string, KeyObject>({ max: CACHED_KEYS, ttl: CACHED_MS });

  async function findKey(owner: string): Promise<KeyObject | undefined> {
    const cached = cache.get(owner);
    if (cached) return cached;
    const found = await reach(() => keys.findOne({ _id: owner }));
    return found ? keep(owner, envelope.unwrap(owner, found.wrapped)) : undefined;
  }

  /** The insert decides between processes that meet a new owner together: the loser uses the winner's key. */
  async function makeKey(owner: string): Promise<KeyObject> {
    const { key, wrapped } = envelope.makeKey(owner);
    const document = { _id: owner, masterId: envelope.masterId, wrapped };
    if (await isInserted(reach(() => keys.insertOne(document)))) {
      return keep(owner, key);
    }
    return (await findKey(owner)) ?? makeKey(owner);
  }

  function keep(owner: string, key: KeyObject): KeyObject {
    cache.set(owner, key);
    return key;
  }

  async function openWith(owner: string, bound: string, sealed: Uint8Array): Promise<Buffer> {
    return openBytes(keyThere(await findKey(owner)), bound, sealed);
  }

  const keyFor = async (owner: string) =>
    cache.get(owner) ?? (await findKey(owner)) ?? (await makeKey(owner));

  return {
    keyFor,
    freshKey: async (owner) => {
      cache.delete(owner);
      return keyThere(await findKey(owner));
    },
    seal: async (owner, kind, id, clear) =>
      sealBytes(cache.get(owner) ?? (await keyFor(owner)), boundTo(owner, kind, id), clear),
    open: async (owner, kind, id, sealed) => {
      const bound = boundTo(owner, kind, id);
      const isCached = cache.has(owner);
      try {
        return await openWith(owner, bound, sealed);
      } catch (cause) {
        // The key at hand may be of before an erasure by another process, and the bytes of after it.
        if (!isCached || !(cause instanceof AppError && cause.code === 'KEY_WRONG')) throw cause;
        cache.delete(owner);
        return openWith(owner, bound, sealed);
      }
    },
    destroy: async (owner) => {
      const [from, to] = casesBetween(owner);
      await reach(() => keys.deleteMany({ $or: [{ _id: owner }, { _id: { $gt: from, $lt: to } }] }));
      for (const known of [...cache.keys()])
        if (known === owner || isOfConversation(known, owner)) cache.delete(known);
    },
    forget: (owner) => {
      cache.delete(owner);
    },
    hash,
    isNew,
  };
}

/** The port that capabilities are given. */
export function createClusterSealer(keyring: ClusterKeyring): Sealer {
  return {
    async *seal(owner, id, clear) {
      yield* sealStream(await keyring.keyFor(owner), bytesBound(owner, id).bound, clear);
    },
    async *open(owner, id, sealed) {
      // A file is some round trips: one more, and another process may have erased the owner a moment ago.
      yield* openStream(await keyring.freshKey(owner), bytesBound(owner, id), sealed);
    },
    hash: keyring.hash,
  };
}

function keyThere(key: KeyObject | undefined): KeyObject {
  if (key) return key;
  throw new AppError('KEY_MISSING', { detail: 'the key of what is to be opened was destroyed' });
}

/** The unique insert decides which process's index key counts. */
async function openIndexKey(connection: Connection, envelope: Envelope) {
  const meta = collectionOf(connection, META);
  const _id = 'index-key';
  const isNew = await isInserted(reach(() => meta.insertOne({ _id, value: envelope.makeIndexKey() })));
  const stored = await reach(() => meta.findOne({ _id }));
  if (!stored?.value)
    throw new AppError('STORE_UNAVAILABLE', { detail: 'the index key cannot be read back' });
  return { hash: envelope.openHash(stored.value), isNew };
}
