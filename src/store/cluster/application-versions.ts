/**
 * The versions of applications in MongoDB (schema-applications.ts): which is the newest, and what it says. Earlier
 * versions are emptied but never deleted: their place must stay taken, or one who read them long ago could still write
 * what comes after them.
 */
import type { mongo } from 'mongoose';
import type { Application, ApplicationBody } from '../../applications/ports.ts';
import { AppError } from '../../errors.ts';
import { erasedBody, ownersOf, packBody, unpackBody } from '../application-body.ts';
import type { ClusterKeyring } from './keyring.ts';
import { EMPTIED, type VersionDocument } from './schema-applications.ts';

export type Versions = mongo.Collection<VersionDocument>;

/** How often a search is made again that has met versions which are passed. */
const SEARCHES = 10;

/** One round trip. */
export async function findNewest(versions: Versions, number: string): Promise<VersionDocument | undefined> {
  const [newest] = await versions.find({ number }).sort({ version: -1 }).limit(1).toArray();
  return newest;
}

/** The newest versions of a conversation's applications, in the order of their filing. One round trip. */
export async function newestOf(versions: Versions, conversation: string): Promise<VersionDocument[]> {
  const byNumber = new Map<string, VersionDocument>();
  // Two versions of one application have their conversation only while an update is under way, or died on its way.
  for (const found of await versions.find({ conversation }).sort({ version: 1 }).toArray())
    byNumber.set(found.number, found);
  return [...byNumber.values()].sort((a, b) => a.seq - b.seq || (a.number < b.number ? -1 : 1));
}

/**
 * The newest versions that `filter` finds: two round trips. It may also find versions that another one follows, while
 * an update is under way or died on its way. Those are emptied here, and it looks again, so that a page is full.
 */
export async function searchNewest(
  versions: Versions,
  filter: mongo.Filter<VersionDocument>,
  { sort, limit }: { sort: { [field: string]: 1 | -1 }; limit: number },
): Promise<VersionDocument[]> {
  for (let searches = 1; ; searches++) {
    const found = await versions.find(filter).sort(sort).limit(limit).toArray();
    const passed = await passedOf(versions, found);
    if (passed.size === 0 || searches === SEARCHES) return found.filter(({ _id }) => !passed.has(_id));
    for (const { _id, number, version } of found)
      if (passed.has(_id)) await emptyBefore(versions, number, version + 1);
  }
}

/** The ids of those that another version follows. */
async function passedOf(versions: Versions, found: VersionDocument[]): Promise<Set<string>> {
  if (found.length === 0) return new Set();
  const nextOf = ({ number, version }: VersionDocument) => `${number}.${version + 1}`;
  const following = await versions
    .find({ _id: { $in: found.map(nextOf) } }, { projection: { _id: 1 } })
    .toArray();
  const there = new Set(following.map(({ _id }) => _id));
  return new Set(found.filter((document) => there.has(nextOf(document))).map(({ _id }) => _id));
}

/** What dies before this is done by the next update, or by whoever finds it. One round trip. */
export async function emptyBefore(versions: Versions, number: string, version: number): Promise<void> {
  await versions.updateMany(
    { number, version: { $lt: version }, conversation: { $exists: true } },
    { $unset: EMPTIED },
  );
}

/** Whether it is of somebody who was erased. */
export const isBlank = ({ body }: VersionDocument) => body.length === 0;

/** What is left of an erased case. */
export function blankVersion(
  { marks, untold, ...stored }: VersionDocument,
  version: number,
): VersionDocument {
  return { ...stored, _id: `${stored.number}.${version}`, version, erased: true, body: new Uint8Array() };
}

/** The application as a document, sealed. `seq` as in VersionDocument. */
export async function writeVersion(
  keyring: ClusterKeyring,
  application: Application,
  seq: number,
): Promise<VersionDocument> {
  const { number, version, conversation, assignee, marks, untold } = application;
  const { filedBy, service, state, submittedAt, dueAt, pinFailures, pinLockedUntil } = application;
  return {
    ...{ _id: `${number}.${version}`, number, version, filedBy, conversation, service, state },
    ...{ submittedAt, dueAt, pinFailures, pinLockedUntil, seq },
    ...(assignee ? { assignee: { id: assignee.id, name: assignee.name } } : {}),
    ...(marks.length > 0 ? { marks } : {}),
    ...(untold.length > 0 ? { untold: true as const } : {}),
    body: await keyring.seal(ownersOf(application)[0], 'application', number, packBody(application)),
  };
}

/** The reverse of `writeVersion`. */
export async function readVersion(keyring: ClusterKeyring, document: VersionDocument): Promise<Application> {
  const { _id, seq, body, marks = [], untold, erased, ...clear } = document;
  return { ...clear, marks, ...(await readBody(keyring, document)) };
}

async function readBody(keyring: ClusterKeyring, document: VersionDocument): Promise<ApplicationBody> {
  const opened = document.body.length > 0 && (await openUnlessErased(keyring, document));
  return opened ? unpackBody(opened.toString()) : erasedBody();
}

/** An erasure that is under way has destroyed the key already. */
async function openUnlessErased(
  keyring: ClusterKeyring,
  document: VersionDocument,
): Promise<Buffer | undefined> {
  const { number, body } = document;
  let fault: unknown;
  for (const owner of ownersOf(document)) {
    try {
      return await keyring.open(owner, 'application', number, body);
    } catch (cause) {
      fault ??= cause;
    }
  }
  if (fault instanceof AppError && fault.code === 'KEY_MISSING') return undefined;
  throw fault;
}
