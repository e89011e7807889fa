/**
 * Everything that the database holds as records (../records.ts), and back.
 *
 * A copy is made while processes work, and no server need show all of it as of one instant. So what others refer to is
 * read after what refers to it: a conversation first, as it stands; then its applications, bookings and files, which
 * were there before it named them; the keys last, which were there before what they seal. Whatever is newer than the
 * conversation is what its pending effects would make, and finding it made they make it no second time. An owner who
 * is erased while the copy is made may have records in it, but no key: they do not open.
 */
import type { Connection } from 'mongoose';
import { AppError } from '../../errors.ts';
import type { Envelope } from '../envelope.ts';
import type { StoreRecord } from '../records.ts';
import { collectionOf } from './collections.ts';
import { reach } from './connection.ts';
import {
  createCasePuts,
  readApplications,
  readFiles,
  readIssued,
  readLinks,
  readSeries,
} from './records-cases.ts';
import { createOfficePuts, readCounts, readSettings } from './records-office.ts';
import { createPeoplePuts, markAuditEnd, readAudit, readOperators, readSessions } from './records-people.ts';
import { createPut, type Put } from './records-put.ts';
import { conversationUpsert, readSteps, stepUpsert } from './records-steps.ts';
import { createVisitPuts, readBookings, readStock, readTickets, readVisitMarks } from './records-visits.ts';
import { COLLECTIONS } from './schema.ts';
import { KEYS, META } from './schema-meta.ts';
import { AUDIT } from './schema-operators.ts';
import { STEPS } from './schema-steps.ts';

/** Reads all records. Faults of the database are AppError STORE_UNAVAILABLE. */
export async function* readRecords(connection: Connection): AsyncGenerator<StoreRecord> {
  const records = readAll(connection);
  try {
    for (;;) {
      const { value, done } = await reach(() => records.next());
      if (done) return;
      yield value;
    }
  } finally {
    await records.return(undefined);
  }
}

async function* readAll(connection: Connection): AsyncGenerator<StoreRecord, undefined> {
  const indexKey = await collectionOf(connection, META).findOne({ _id: 'index-key' });
  if (indexKey?.value) yield { kind: 'meta', name: 'index-key', value: indexKey.value };
  yield* readSteps(collectionOf(connection, STEPS));
  yield* readApplications(connection);
  yield* readSeries(connection);
  yield* readBookings(connection);
  yield* readVisitMarks(connection);
  yield* readTickets(connection);
  yield* readStock(connection);
  yield* readFiles(connection);
  yield* readLinks(connection);
  yield* readIssued(connection);
  yield* readSessions(connection);
  yield* readOperators(connection);
  yield* readAudit(connection);
  yield* readCounts(connection);
  yield* readSettings(connection);
  for await (const { _id: owner, masterId, wrapped } of collectionOf(connection, KEYS)
    .find()
    .sort({ _id: 1 }))
    yield { kind: 'key', owner, masterId, wrapped };
}

/**
 * Puts records, in any order, into a database that holds no data. When that fails, it is empty again. The store that
 * was opened on it knows the look-up key of before: open it anew.
 * Throws AppError TAKEN when there is data, KEY_WRONG when the copy was sealed under another master key,
 * INVALID_REQUEST when the copy has no look-up key.
 */
export async function fillDatabase(
  connection: Connection,
  envelope: Envelope,
  records: AsyncIterable<StoreRecord>,
): Promise<void> {
  await reach(() => refuseData(connection));
  try {
    await reach(() => putAll(connection, envelope, records));
  } catch (cause) {
    await reach(() => emptyDatabase(connection));
    throw cause;
  }
}

async function putAll(
  connection: Connection,
  envelope: Envelope,
  records: AsyncIterable<StoreRecord>,
): Promise<void> {
  const put = createPut(connection);
  const meta = new Map<string, Uint8Array>();
  const { putAgendas, ...ofVisits } = createVisitPuts(put);
  const puts = createPuts(put, meta, ofVisits);
  for await (const record of records) await puts[record.kind](record as never);
  await putAgendas();
  await put.flush();
  const indexKey = meta.get('index-key');
  if (!indexKey)
    throw new AppError('INVALID_REQUEST', { detail: 'the copy is not whole: its look-up key is missing' });
  envelope.openHash(indexKey);
  const end = meta.get('audit-end');
  if (end) await markAuditEnd(connection, end);
  await collectionOf(connection, META).replaceOne(
    { _id: 'index-key' },
    { value: indexKey },
    { upsert: true },
  );
}

type Puts = { [K in StoreRecord['kind']]: (record: Extract<StoreRecord, { kind: K }>) => unknown };

function createPuts(
  put: Put,
  meta: Map<string, Uint8Array>,
  ofVisits: Omit<ReturnType<typeof createVisitPuts>, 'putAgendas'>,
): Puts {
  return {
    meta: ({ name, value }) => meta.set(name, value),
    key: ({ owner, masterId, wrapped }) => put.insert(KEYS, { _id: owner, masterId, wrapped }),
    conversation: (record) => put.upsert(conversationUpsert(record)),
    step: (record) => put.upsert(stepUpsert(record)),
    ...createCasePuts(put),
    ...createPeoplePuts(put),
    ...createOfficePuts(put),
    ...ofVisits,
  };
}

/** A new database has its own look-up key, and the line before the first of the log. */
const isOfNew = ({ name }: { name: string }) => name === META.name;
const dataOf = (name: string) => (name === AUDIT.name ? { _id: { $gt: 0 } } : {});

async function refuseData(connection: Connection): Promise<void> {
  for (const spec of COLLECTIONS) {
    if (isOfNew(spec) || !(await collectionOf(connection, spec as never).findOne(dataOf(spec.name) as never)))
      continue;
    throw new AppError('TAKEN', { detail: 'this database holds data already; add --force to replace it' });
  }
}

async function emptyDatabase(connection: Connection): Promise<void> {
  for (const spec of COLLECTIONS)
    if (!isOfNew(spec)) await collectionOf(connection, spec as never).deleteMany(dataOf(spec.name) as never);
}
