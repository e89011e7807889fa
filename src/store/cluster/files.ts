/**
 * Sealed files, in GridFS. Every put is an upload of its own; the newest upload of an id is the file, and the earlier
 * ones go once it is whole. GridFS writes what describes an upload after its last piece, so nobody sees a half one.
 * A process that dies while it uploads leaves pieces that nothing points to: sealed bytes, never found again.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Connection, mongo } from 'mongoose';
import type { FileFacts, FileStore, Pieces } from '../../documents/ports.ts';
import { AppError } from '../../errors.ts';
import { casesBetween, isOfConversation } from '../application-body.ts';
import { collectionOf } from './collections.ts';
import { reach } from './connection.ts';
import type { ClusterKeyring } from './keyring.ts';
import { CHUNKS, type ChunkDocument, UPLOADS, type UploadDocument } from './schema-documents.ts';

/** The same ids as the embedded store takes, where they become file names. */
const ID = /^[A-Za-z0-9_-]{2,128}$/;

/** A photo is one or two pieces: each is a round trip. Far below the 16 MB that a document may have. */
export const CHUNK_BYTES = 2 * 1024 * 1024;

/** How often a reader looks again when the upload it is about to read is replaced. */
const READS = 10;

/** Implements the port; the file's name, which may name a person, is sealed as well. */
export function createFileStore(connection: Connection, keyring: ClusterKeyring): FileStore {
  const uploads = collectionOf(connection, UPLOADS);
  const chunks = collectionOf(connection, CHUNKS);
  const uploadsOf = async (id: string) => newestFirst(await uploads.find({ filename: id }).toArray());

  async function put({ id, owner, name, sealed, ...facts }: Parameters<FileStore['put']>[0]): Promise<void> {
    const [newest] = await uploadsOf(id);
    const sealedName = name === undefined ? {} : { name: await keyring.seal(owner, 'file', id, name) };
    const metadata = { owner, ...facts, ...sealedName, turn: (newest?.metadata.turn ?? 0) + 1 };
    await upload(connection, id, sealed, metadata);
    const [, ...earlier] = await uploadsOf(id);
    await removeUploads(connection, earlier);
  }

  async function get(id: string): ReturnType<FileStore['get']> {
    for (let reads = 0; reads < READS; reads++) {
      const [newest] = await uploadsOf(id);
      if (!newest) return undefined;
      const pieces = await chunks.countDocuments({ files_id: newest._id });
      if (pieces !== Math.ceil(newest.length / newest.chunkSize)) continue;
      const { name: sealedName } = newest.metadata;
      const facts = factsOf(newest);
      const name = sealedName && (await keyring.open(facts.owner, 'file', id, sealedName)).toString();
      return { ...facts, sealed: readPieces(chunks, newest), ...(name ? { name } : {}) };
    }
    return undefined;
  }

  /** More uploads than files where one is being replaced: those behind the page come with the next. */
  async function listOld({
    before,
    of,
    after,
    limit,
  }: Parameters<FileStore['listOld']>[0]): Promise<FileFacts[]> {
    const behind = after && {
      'metadata.owner': { $gte: after.owner },
      $or: [{ 'metadata.owner': { $gt: after.owner } }, { filename: { $gt: after.id } }],
    };
    // One owner's are found by the index, and are few.
    const asked = of === undefined ? behind : { 'metadata.owner': of, filename: { $gt: after?.id ?? '' } };
    const found = await uploads
      .find({ ...asked, ...oldUploads(before) })
      .sort({ 'metadata.owner': 1, filename: 1 })
      .limit(limit)
      .toArray();
    return [...new Map(found.map((upload) => [upload.filename, factsOf(upload)])).values()];
  }

  return {
    put: async (file) => {
      if (!ID.test(file.id))
        throw new AppError('INVALID_REQUEST', { detail: 'a file id has letters, digits, - and _ only' });
      await reach(() => put(file));
    },
    get: async (id) => (ID.test(id) ? reach(() => get(id)) : undefined),
    delete: (id) => reach(async () => removeUploads(connection, await uploadsOf(id))),
    listOld: (query) => reach(() => listOld(query)),
  };
}

/** What uploads of older programs do not say is their time of upload. */
function oldUploads(before: number): mongo.Filter<UploadDocument> {
  const unsaid = { 'metadata.at': { $exists: false }, uploadDate: { $lt: new Date(before) } };
  return { $and: [{ $or: [{ 'metadata.at': { $lt: before } }, unsaid] }] };
}

/** What an upload tells of its file. */
export function factsOf({ filename: id, metadata, uploadDate }: UploadDocument): FileFacts {
  const { owner, contentType, sizeBytes, at = uploadDate.getTime() } = metadata;
  return { id, owner, contentType, sizeBytes, at };
}

/** One piece after the other; all of them, or AppError STORE_CONFLICT: another upload has taken its place. */
async function* readPieces(
  chunks: mongo.Collection<ChunkDocument>,
  { _id, length }: UploadDocument,
): AsyncGenerator<Uint8Array, undefined> {
  const found = chunks.find({ files_id: _id }).batchSize(2).sort({ n: 1 });
  let count = 0;
  try {
    for (let piece = await reach(() => found.next()); piece; piece = await reach(() => found.next())) {
      count += piece.data.length;
      yield piece.data;
    }
  } finally {
    await found.close();
  }
  if (count !== length)
    throw new AppError('STORE_CONFLICT', { detail: 'a file was deleted or replaced while it was read' });
}

/** The bytes; `undefined` when not all of them are there (any more). */
export async function readUpload(
  chunks: mongo.Collection<ChunkDocument>,
  { _id, length }: UploadDocument,
): Promise<Buffer | undefined> {
  const pieces = await chunks.find({ files_id: _id }).sort({ n: 1 }).toArray();
  const bytes = Buffer.concat(pieces.map(({ data }) => data));
  return bytes.length === length ? bytes : undefined;
}

/** Removes all files of an owner and its cases. Idempotent. */
export async function removeFilesOf(connection: Connection, owner: string): Promise<void> {
  const uploads = collectionOf(connection, UPLOADS);
  const [from, to] = casesBetween(owner);
  const cases = { 'metadata.owner': { $gt: from, $lt: to } };
  await removeUploads(
    connection,
    await uploads.find({ $or: [{ 'metadata.owner': owner }, cases] }).toArray(),
  );
}

/** Those of the files that are under the key of that conversation, or of a case of it. */
export async function findFilesOf(
  connection: Connection,
  conversation: string,
  ids: string[],
): Promise<{ id: string; owner: string }[]> {
  const found = await collectionOf(connection, UPLOADS)
    .find({ filename: { $in: ids } })
    .toArray();
  return found
    .map(({ filename: id, metadata: { owner } }) => ({ id, owner }))
    .filter(({ owner }) => owner === conversation || isOfConversation(owner, conversation));
}

/** Removes files by their ids. Idempotent. */
export async function removeFiles(connection: Connection, ids: string[]): Promise<void> {
  const uploads = collectionOf(connection, UPLOADS);
  await removeUploads(connection, await uploads.find({ filename: { $in: ids } }).toArray());
}

async function upload(
  connection: Connection,
  id: string,
  sealed: Pieces,
  metadata: UploadDocument['metadata'],
): Promise<void> {
  if (!connection.db) throw new AppError('STORE_UNAVAILABLE', { detail: 'the store is closed' });
  const bucket = new mongo.GridFSBucket(connection.db, { bucketName: 'files', chunkSizeBytes: CHUNK_BYTES });
  const stream = bucket.openUploadStream(id, { metadata });
  await pipeline(Readable.from(sealed), stream);
}

/** The pieces first: what describes them is how a repeat finds them. */
async function removeUploads(connection: Connection, removed: UploadDocument[]): Promise<void> {
  if (removed.length === 0) return;
  const ids = removed.map(({ _id }) => _id);
  await collectionOf(connection, CHUNKS).deleteMany({ files_id: { $in: ids } });
  await collectionOf(connection, UPLOADS).deleteMany({ _id: { $in: ids } });
}

const newestFirst = (uploads: UploadDocument[]) =>
  uploads.sort(
    (a, b) => b.metadata.turn - a.metadata.turn || (a._id.toHexString() < b._id.toHexString() ? 1 : -1),
  );
