/** Counts and settings as records, and back. */
import type { Connection } from 'mongoose';
import type { StoreRecord } from '../records.ts';
import { collectionOf } from './collections.ts';
import type { Put } from './records-put.ts';
import { COUNTS, SETTINGS } from './schema-office.ts';

type Of<K extends StoreRecord['kind']> = Extract<StoreRecord, { kind: K }>;

/** What all processes have counted, added up. */
export async function* readCounts(connection: Connection): AsyncGenerator<Of<'count'>> {
  let sum: Of<'count'> | undefined;
  for await (const { day, name, count } of collectionOf(connection, COUNTS)
    .find()
    .sort({ day: 1, name: 1 })) {
    if (sum?.day === day && sum.name === name) {
      sum.count += count;
      continue;
    }
    if (sum) yield sum;
    sum = { kind: 'count', day, name, count };
  }
  if (sum) yield sum;
}

/** The newest version of each. In this order: one that is emptied meanwhile has its successor still ahead. */
export async function* readSettings(connection: Connection): AsyncGenerator<Of<'setting'>> {
  let newest: Of<'setting'> | undefined;
  const found = collectionOf(connection, SETTINGS).find({ body: { $exists: true } });
  for await (const { name, version, body } of found.sort({ name: 1, version: 1 })) {
    if (newest && newest.name !== name) yield newest;
    if (body) newest = { kind: 'setting', name, version, body };
  }
  if (newest) yield newest;
}

/** What puts them into an empty database. */
export function createOfficePuts(put: Put) {
  return {
    count: ({ kind: _, ...count }: Of<'count'>) =>
      put.insert(COUNTS, { _id: `${count.day}|${count.name}|copy`, ...count }),
    setting: ({ kind: _, ...setting }: Of<'setting'>) =>
      put.insert(SETTINGS, { _id: `${setting.name}.${setting.version}`, ...setting }),
  };
}
