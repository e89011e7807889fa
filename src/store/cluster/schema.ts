/** Every collection of the cluster store, and the version of them all. */
import type { Connection } from 'mongoose';
import { AppError } from '../../errors.ts';
import { collectionOf, ensureIndexes } from './collections.ts';
import { reach } from './connection.ts';
import { isInserted } from './insert.ts';
import { APPLICATIONS, FILINGS } from './schema-applications.ts';
import { AGENDAS, BOOKINGS, QUOTAS } from './schema-bookings.ts';
import { CHUNKS, ISSUED, LINKS, UPLOADS } from './schema-documents.ts';
import { KEYS, META } from './schema-meta.ts';
import { COUNTS, SETTINGS } from './schema-office.ts';
import { AUDIT, OPERATORS, SESSIONS } from './schema-operators.ts';
import { STEPS } from './schema-steps.ts';
import { STOCK, TICKET_CALLS, TICKETS, VISIT_MARKS } from './schema-visits.ts';
import { upgradeBookings } from './upgrade-bookings.ts';

/** Rises when a change of the documents is not understood by the program before. */
const VERSION = 4;

export const COLLECTIONS = [
  ...[META, KEYS, STEPS, FILINGS, APPLICATIONS, BOOKINGS, LINKS, ISSUED, UPLOADS, CHUNKS],
  ...[OPERATORS, SESSIONS, AUDIT, COUNTS, SETTINGS, AGENDAS, QUOTAS],
  ...[VISIT_MARKS, TICKETS, TICKET_CALLS, STOCK],
];

/**
 * Makes what is missing and checks what is there; several processes may do so at once.
 * Throws AppError STORE_SCHEMA_NEWER when a newer program wrote the database, STORE_SCHEMA_DIFFERS when an index of
 * that name is another.
 */
export async function ensureSchema(connection: Connection): Promise<void> {
  const version = await readVersion(connection);
  if (version > VERSION) {
    const detail = `the database has schema ${version}, this program knows ${VERSION}: start the newer version`;
    throw new AppError('STORE_SCHEMA_NEWER', { detail });
  }
  await ensureIndexes(connection, COLLECTIONS);
  if (version < 4) await reach(() => upgradeBookings(connection));
  if (version < VERSION) await raiseVersion(connection, version);
}

/** A new database gets this program's. */
async function readVersion(connection: Connection): Promise<number> {
  const meta = collectionOf(connection, META);
  const stored = await reach(() => meta.findOne({ _id: 'schema' }));
  if (stored?.version !== undefined) return stored.version;
  const isFirst = await isInserted(reach(() => meta.insertOne({ _id: 'schema', version: VERSION })));
  return isFirst ? VERSION : readVersion(connection);
}

/** From now on programs before this one refuse the database. What is there else is read as it is. */
async function raiseVersion(connection: Connection, version: number): Promise<void> {
  const meta = collectionOf(connection, META);
  await reach(() => meta.updateOne({ _id: 'schema', version }, { $set: { version: VERSION } }));
}
