/**
 * What the office sets while it runs, in MongoDB, sealed. A version is a document, and its unique insert the
 * compare-and-set. Earlier versions are emptied but never deleted: their place must stay taken, or one who read them
 * long ago could still write what comes after them.
 */
import type { Connection } from 'mongoose';
import type { SettingStore } from '../../conversation/ports.ts';
import { AppError } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { OFFICE } from '../records.ts';
import { collectionOf } from './collections.ts';
import { reach } from './connection.ts';
import { isInserted } from './insert.ts';
import type { ClusterKeyring } from './keyring.ts';
import { SETTINGS, type SettingDocument } from './schema-office.ts';

/** How often a reader looks again when what it reads is replaced meanwhile. */
const READS = 10;

/** Implements the port. Reading costs one round trip, writing three. */
export function createSettingStore(connection: Connection, keyring: ClusterKeyring): SettingStore {
  const settings = collectionOf(connection, SETTINGS);

  async function findNewest(name: string): Promise<SettingDocument | undefined> {
    const [newest] = await settings.find({ name }).sort({ version: -1 }).limit(1).toArray();
    return newest;
  }

  async function read(name: string) {
    for (let reads = 0; reads < READS; reads++) {
      const newest = await findNewest(name);
      if (!newest) return undefined;
      if (!newest.body) continue;
      const opened = await keyring.open(OFFICE, 'setting', name, newest.body);
      return { version: newest.version, value: JSON.parse(opened.toString()) as Json };
    }
    throw new AppError('STORE_UNAVAILABLE', { detail: `the setting ${name} cannot be read back` });
  }

  async function write(name: string, version: number, value: Json): Promise<'written' | 'conflict'> {
    const newest = await findNewest(name);
    if ((newest?.version ?? 0) !== version - 1) return 'conflict';
    const body = await keyring.seal(OFFICE, 'setting', name, JSON.stringify(value));
    const document = { _id: `${name}.${version}`, name, version, body };
    if (!(await isInserted(settings.insertOne(document)))) return 'conflict';
    await settings.updateMany({ name, version: { $lt: version } }, { $unset: { body: true } });
    return 'written';
  }

  return {
    read: (name) => reach(() => read(name)),
    write: (name, version, value) => reach(() => write(name, version, value)),
  };
}
