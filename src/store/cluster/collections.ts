/** What a collection of the cluster store is: its name, its mongoose schema, its indexes. */
import type { Connection, Model, mongo, Schema } from 'mongoose';
import { AppError } from '../../errors.ts';
import { reach } from './connection.ts';

/**
 * One collection. `schema` is strict and carries the indexes (`schema.index(...)`, each with a `name`).
 * `shardKey` is what to shard by where the database is sharded: every unique index but `_id`'s begins with it.
 */
export interface CollectionSpec<Document> {
  name: string;
  schema: Schema<Document>;
  shardKey: { [field: string]: 1 | 'hashed' };
}

/** The mongoose model, made once a connection. */
export function modelOf<Document>(
  connection: Connection,
  { name, schema }: CollectionSpec<Document>,
): Model<Document> {
  const made = connection.models[name] as Model<Document> | undefined;
  return made ?? connection.model<Document>(name, schema, name);
}

/**
 * The driver's collection, typed: for the hot path. A step goes in as the object that was built and comes out as the
 * driver read it; mongoose's casting and hydrating of some twenty fields would cost several times that.
 */
export function collectionOf<Document extends mongo.Document>(
  connection: Connection,
  { name }: CollectionSpec<Document>,
): mongo.Collection<Document> {
  if (!connection.db) throw new AppError('STORE_UNAVAILABLE', { detail: 'the store is closed' });
  return connection.db.collection<Document>(name);
}

// biome-ignore lint/suspicious/noExplicitAny: a schema of one document type is no schema of another.
type AnyCollection = CollectionSpec<any>;

type Index = { name?: string; key: { [field: string]: unknown }; unique?: boolean };

/**
 * Makes the collections and indexes that are missing, and checks that those of the same name are what this program
 * relies on. Throws AppError STORE_SCHEMA_DIFFERS otherwise.
 */
export async function ensureIndexes(connection: Connection, collections: AnyCollection[]): Promise<void> {
  await Promise.all(collections.map((collection) => ensureIndexesOf(connection, collection)));
}

async function ensureIndexesOf(connection: Connection, spec: AnyCollection): Promise<void> {
  const { name, schema } = spec;
  const wanted = schema.indexes().map(([key, options]) => ({ ...options, key }) as Index);
  if (wanted.length === 0) return;
  const collection = collectionOf<mongo.Document>(connection, spec);
  const stored = await reach(() => listIndexes(collection));
  assertSame(name, wanted, stored);
  const missing = wanted.filter((index) => !stored.some((other) => other.name === index.name));
  if (missing.length > 0) await reach(() => collection.createIndexes(missing as mongo.IndexDescription[]));
}

/** A collection that does not exist yet has none. */
async function listIndexes(collection: mongo.Collection): Promise<Index[]> {
  try {
    return await collection.indexes();
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === NAMESPACE_NOT_FOUND) return [];
    throw cause;
  }
}

const NAMESPACE_NOT_FOUND = 26;

/** Keys and uniqueness are what correctness rests on; whether an index is sparse only costs space. */
function assertSame(collection: string, wanted: Index[], stored: Index[]): void {
  for (const index of wanted) {
    const other = stored.find(({ name }) => name === index.name);
    if (!other || sameAs(index) === sameAs(other)) continue;
    const detail = `the index ${index.name} of ${collection} is not this program's: drop it, and start again`;
    throw new AppError('STORE_SCHEMA_DIFFERS', { detail });
  }
}

function sameAs({ key, unique }: Index): string {
  return JSON.stringify([Object.entries(key).map(([field, way]) => [field, Number(way)]), unique === true]);
}
