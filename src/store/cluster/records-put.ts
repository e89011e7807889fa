/** Writes many documents in few commands, for filling an empty database. */
import type { Connection, mongo } from 'mongoose';
import { type CollectionSpec, collectionOf } from './collections.ts';
import type { StepUpsert } from './records-steps.ts';
import { STEPS } from './schema-steps.ts';

export interface Put {
  /** Written sooner or later; `flush` waits for all. */
  // biome-ignore lint/suspicious/noExplicitAny: of any collection, whose type the caller's document has.
  insert<Document extends { _id: any }>(spec: CollectionSpec<Document>, document: Document): Promise<void>;
  upsert(step: StepUpsert): Promise<void>;
  flush(): Promise<void>;
}

const INSERTS = 200;
const INSERT_BYTES = 8 * 1024 * 1024;
/** FerretDB does not answer a hundred updates at once. */
const UPSERTS = 25;

export function createPut(connection: Connection): Put {
  const waiting = new Map<
    string,
    { spec: CollectionSpec<mongo.Document>; documents: mongo.Document[]; bytes: number }
  >();
  let upserts: StepUpsert[] = [];

  async function flushInserts(name: string): Promise<void> {
    const batch = waiting.get(name);
    waiting.delete(name);
    if (batch) await collectionOf(connection, batch.spec).insertMany(batch.documents, { ordered: false });
  }

  async function flushUpserts(): Promise<void> {
    const batch = upserts;
    upserts = [];
    if (batch.length === 0) return;
    const updates = batch.map((one) => ({ updateOne: { ...one, upsert: true } }));
    await collectionOf(connection, STEPS).bulkWrite(updates);
  }

  return {
    insert: async (spec, document) => {
      const batch = waiting.get(spec.name) ?? { spec: spec as never, documents: [], bytes: 0 };
      waiting.set(spec.name, batch);
      batch.documents.push(document);
      batch.bytes += sizeOf(document);
      if (batch.documents.length >= INSERTS || batch.bytes >= INSERT_BYTES) await flushInserts(spec.name);
    },
    upsert: async (step) => {
      upserts.push(step);
      if (upserts.length >= UPSERTS) await flushUpserts();
    },
    flush: async () => {
      await flushUpserts();
      for (const name of [...waiting.keys()]) await flushInserts(name);
    },
  };
}

/** Only bytes make a document large. */
function sizeOf(document: object): number {
  return Object.values(document).reduce(
    (sum: number, value) => sum + (value instanceof Uint8Array ? value.length : 0),
    0,
  );
}
