/**
 * Requests (permohonan), in MongoDB. ApplicationBody is sealed under the key of its case.
 *
 * Two kinds of documents. A *filing* ties what was filed to a number: one unique insert claims the serial and the
 * filing together. A *version* is the application as it was from then on: `update` is the unique insert of
 * `<number>.<version>`, and the newest counts (application-versions.ts).
 */
import type { Connection } from 'mongoose';
import type { Application, ApplicationStore } from '../../applications/ports.ts';
import { createTurns } from '../../conversation/in-turn.ts';
import { AppError } from '../../errors.ts';
import { beginApplication, ownersOf } from '../application-body.ts';
import { createApplicationLists } from './application-lists.ts';
import {
  blankVersion,
  emptyBefore,
  findNewest,
  isBlank,
  newestOf,
  readVersion,
  writeVersion,
} from './application-versions.ts';
import { collectionOf } from './collections.ts';
import { reach } from './connection.ts';
import { isInserted } from './insert.ts';
import type { ClusterKeyring } from './keyring.ts';
import { APPLICATIONS, FILINGS, type VersionDocument } from './schema-applications.ts';

type Draft = Parameters<ApplicationStore['create']>[0];

/** Each attempt that fails is another's success, so this many are never needed. */
const ATTEMPTS = 1000;

/** Implements the port. Filing costs two round trips, `find` one, `update` three. */
export function createApplicationStore(connection: Connection, keyring: ClusterKeyring): ApplicationStore {
  const versions = collectionOf(connection, APPLICATIONS);
  const claim = createClaims(connection);
  // One after another in this process: only other processes are met at the same serial.
  const turns = createTurns();
  const newest = (number: string) => findNewest(versions, number);
  const read = (document: VersionDocument) => readVersion(keyring, document);

  async function create({ numberFor, series, ...draft }: Draft): Promise<Application> {
    const number = await claim({ filedBy: draft.filedBy, series, numberFor });
    const application = beginApplication(draft, number);
    const document = await writeVersion(keyring, application, Date.now());
    if (await isInserted(versions.insertOne(document))) return application;
    const filed = await newest(number);
    if (filed) return read(filed);
    throw new AppError('STORE_UNAVAILABLE', { detail: 'a filed application cannot be read back' });
  }

  async function update(application: Application): Promise<'updated' | 'conflict'> {
    const { number, version } = application;
    const stored = await newest(number);
    if (stored?.version !== version - 1) return 'conflict';
    // The key at hand may be of before an erasure by another process.
    if (isBlank(stored)) for (const owner of ownersOf(stored)) keyring.forget(owner);
    const { filedBy, conversation, submittedAt, seq } = stored;
    const changed = { ...application, filedBy, conversation, submittedAt };
    const isFirst = await isInserted(versions.insertOne(await writeVersion(keyring, changed, seq)));
    if (isFirst) await emptyBefore(versions, number, version);
    return isFirst ? 'updated' : 'conflict';
  }

  return {
    create: (draft) => reach(() => turns.run(draft.series, () => create(draft))),
    find: (number) =>
      reach(async () => {
        const found = await newest(number);
        return found && read(found);
      }),
    findByConversation: (conversation) =>
      reach(async () => Promise.all((await newestOf(versions, conversation)).map(read))),
    ...createApplicationLists(versions, read),
    update: (application) => reach(() => update(application)),
  };
}

/**
 * Leaves the skeletons of all applications of a conversation. As one more version, so that a change that is
 * under way meanwhile conflicts and cannot bring them back. Idempotent.
 */
export async function blankApplications(connection: Connection, conversation: string): Promise<void> {
  const versions = collectionOf(connection, APPLICATIONS);
  for (const { number } of await newestOf(versions, conversation)) {
    for (let attempts = 0; attempts < ATTEMPTS; attempts++) {
      const stored = await findNewest(versions, number);
      if (!stored) break;
      const version = stored.version + (isBlank(stored) ? 0 : 1);
      const blank = blankVersion(stored, version);
      if (!isBlank(stored) && !(await isInserted(versions.insertOne(blank)))) continue;
      await emptyBefore(versions, number, version);
      break;
    }
  }
}

/**
 * Leaves the skeleton of one application, if it is of that version still; gives it. `undefined`: it is another by now.
 */
export async function blankApplication(
  connection: Connection,
  number: string,
  version: number,
): Promise<VersionDocument | undefined> {
  const versions = collectionOf(connection, APPLICATIONS);
  const stored = await findNewest(versions, number);
  if (stored?.version !== version) return undefined;
  const blank = blankVersion(stored, version + 1);
  if (!(await isInserted(versions.insertOne(blank)))) return undefined;
  await emptyBefore(versions, number, blank.version);
  return blank;
}

/** Ties a filing to a number: the same `filedBy` always gets the same, and no number is given twice. */
function createClaims(connection: Connection) {
  const filings = collectionOf(connection, FILINGS);
  /** The highest serial seen, by series: saves a read; one that is behind costs another attempt. */
  const seen = new Map<string, number>();
  const newestSerial = async (series: string) => {
    const [newest] = await filings.find({ series }).sort({ serial: -1 }).limit(1).toArray();
    return newest?.serial ?? 0;
  };

  return async ({
    filedBy,
    series,
    numberFor,
  }: Pick<Draft, 'filedBy' | 'series' | 'numberFor'>): Promise<string> => {
    for (let attempts = 0; attempts < ATTEMPTS; attempts++) {
      const serial = (seen.get(series) ?? (await newestSerial(series))) + 1;
      const number = numberFor(serial);
      if (await isInserted(filings.insertOne({ _id: filedBy, series, serial, number }))) {
        seen.set(series, serial);
        return number;
      }
      const earlier = await filings.findOne({ _id: filedBy });
      if (earlier) return earlier.number;
      seen.delete(series);
    }
    throw new AppError('STORE_CONFLICT', { detail: 'too many filed in one series at once' });
  };
}
