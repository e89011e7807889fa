/** Operators, sessions and the audit log as records, and back. */
import type { Connection } from 'mongoose';
import type { StoreRecord } from '../records.ts';
import { readLine } from './audit.ts';
import { collectionOf } from './collections.ts';
import { operatorDocument, readOperator, readSession } from './operators.ts';
import type { Put } from './records-put.ts';
import { AUDIT, OPERATORS, SESSIONS } from './schema-operators.ts';

type Of<K extends StoreRecord['kind']> = Extract<StoreRecord, { kind: K }>;

export async function* readOperators(connection: Connection): AsyncGenerator<Of<'operator'>> {
  for await (const found of collectionOf(connection, OPERATORS).find().sort({ _id: 1 }))
    yield { kind: 'operator', operator: readOperator(found) };
}

export async function* readSessions(connection: Connection): AsyncGenerator<Of<'session'>> {
  for await (const found of collectionOf(connection, SESSIONS).find().sort({ _id: 1 }))
    yield { kind: 'session', session: readSession(found) };
}

/** The lines, then the mark of the end: that of the last line which was read. */
export async function* readAudit(connection: Connection): AsyncGenerator<Of<'audit'> | Of<'meta'>> {
  const lines = collectionOf(connection, AUDIT);
  let last = -1;
  let end: Uint8Array | undefined;
  // A line loses its mark when the next is there, so whoever sees none reads on.
  for (let count = 1; count > 0; ) {
    count = 0;
    for await (const line of lines.find({ _id: { $gt: last } }).sort({ _id: 1 })) {
      count++;
      last = line._id;
      end = line.end;
      if (line._id > 0) yield { kind: 'audit', entry: readLine(line) };
    }
  }
  if (end) yield { kind: 'meta', name: 'audit-end', value: end };
}

/** What puts them into an empty database. */
export function createPeoplePuts(put: Put) {
  return {
    operator: ({ operator }: Of<'operator'>) => put.insert(OPERATORS, operatorDocument(operator)),
    session: ({ session: { tokenHash, ...facts } }: Of<'session'>) =>
      put.insert(SESSIONS, { _id: tokenHash, ...facts }),
    audit: ({ entry: { seq, details, ...line } }: Of<'audit'>) =>
      put.insert(AUDIT, { _id: seq, ...line, details: JSON.stringify(details) }),
  };
}

/** The newest line is marked as the end; of an empty log, the one before the first. */
export async function markAuditEnd(connection: Connection, end: Uint8Array): Promise<void> {
  const lines = collectionOf(connection, AUDIT);
  await lines.updateMany({ end: { $exists: true } }, { $unset: { end: '' } });
  const newest = await lines.findOne({}, { sort: { _id: -1 }, projection: { _id: 1 } });
  if (newest) await lines.updateOne({ _id: newest._id }, { $set: { end } });
}
