/** Sealed files: the bytes as files of the data directory, what is known of them in SQLite. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { access, type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { FileFacts, FileStore, Pieces } from '../../documents/ports.ts';
import { AppError } from '../../errors.ts';
import { allRows, getRow } from './database.ts';
import type { Keyring } from './keyring.ts';
import type { Writer } from './writer.ts';

type Row = FileFacts & { name: Uint8Array | null };

const FACTS = 'id, owner, content_type AS contentType, size_bytes AS sizeBytes, at';
/** As many as a frame of what is sealed (seal-stream.ts), so that little is moved about. */
const READ_BYTES = 64 * 1024 + 16;

/** Ids become file names: nothing that could leave the folder. */
const ID = /^[A-Za-z0-9_-]{2,128}$/;

/** Implements the port; the file's name, which may name a person, is sealed as well. */
export function createFileStore(deps: {
  db: DatabaseSync;
  writer: Writer;
  keyring: Keyring;
  dataDir: string;
}): FileStore {
  const { db, writer, keyring } = deps;
  prepareFolders(join(deps.dataDir, 'files'));
  const find = db.prepare(`SELECT ${FACTS}, name FROM files WHERE id = ?`);
  const listOld = db.prepare(
    `SELECT ${FACTS} FROM files INDEXED BY files_owner WHERE (owner, id) > (?, ?) AND at < ? ORDER BY owner, id LIMIT ?`,
  );
  const listOfOwner = db.prepare(
    `SELECT ${FACTS} FROM files INDEXED BY files_owner WHERE owner = ? AND id > ? AND at < ? ORDER BY id LIMIT ?`,
  );
  const remove = db.prepare('DELETE FROM files WHERE id = ?');
  const insert = db.prepare(
    `INSERT INTO files (id, owner, content_type, size_bytes, at, name) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET owner = excluded.owner, content_type = excluded.content_type,
     size_bytes = excluded.size_bytes, at = excluded.at, name = excluded.name`,
  );

  return {
    put: async ({ id, owner, contentType, name, sizeBytes, at, sealed }) => {
      await writeSealed(deps.dataDir, id, sealed);
      await writer.write(() => {
        const sealedName = name === undefined ? null : keyring.seal(owner, 'file', id, name);
        insert.run(id, owner, contentType, sizeBytes, at, sealedName);
      });
    },
    get: async (id) => {
      const row = ID.test(id) ? getRow<Row>(find, id) : undefined;
      const path = filePath(join(deps.dataDir, 'files'), id);
      if (!row || !(await isThere(path))) return undefined;
      const { name: sealedName, ...facts } = row;
      const name = sealedName && keyring.open(facts.owner, 'file', id, sealedName).toString();
      return { ...facts, sealed: readPieces(path), ...(name ? { name } : {}) };
    },
    listOld: async ({ before, of, after, limit }) => {
      const from = after?.id ?? '';
      const rows =
        of === undefined
          ? allRows<FileFacts>(listOld, after?.owner ?? '', from, before, limit)
          : allRows<FileFacts>(listOfOwner, of, from, before, limit);
      return rows.map((row) => ({ ...row }));
    },
    delete: async (id) => {
      if (!ID.test(id)) return;
      await writer.write(() => {
        remove.run(id);
      });
      await removeFile(deps.dataDir, id);
    },
  };
}

/** Removes the bytes of a file; it is no fault when they are gone. */
export async function removeFile(dataDir: string, id: string): Promise<void> {
  await rm(filePath(join(dataDir, 'files'), id), { force: true });
}

/** Where the bytes of a file lie under the folder of all files. */
function filePath(root: string, id: string): string {
  return join(root, id.slice(0, 2), id);
}

/** What an earlier process left half written is swept away. */
function prepareFolders(root: string): void {
  const half = join(root, 'tmp');
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true, mode: 0o700 });
}

/** Reads the sealed bytes of a file; `undefined` when they are gone. */
export async function readSealed(dataDir: string, id: string): Promise<Uint8Array | undefined> {
  return readIfThere(filePath(join(dataDir, 'files'), id));
}

/** Writes the sealed bytes of a file durably. Throws AppError INVALID_REQUEST when the id is no file name. */
export async function writeSealed(dataDir: string, id: string, sealed: Uint8Array | Pieces): Promise<void> {
  if (!ID.test(id))
    throw new AppError('INVALID_REQUEST', { detail: 'a file id has letters, digits, - and _ only' });
  await writeDurably(join(dataDir, 'files'), id, sealed);
}

/** Whole or not at all: written aside, synced, moved into place, and the folder synced as well. */
async function writeDurably(root: string, id: string, bytes: Uint8Array | Pieces): Promise<void> {
  const path = filePath(root, id);
  const aside = join(root, 'tmp', randomUUID());
  const made = await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(aside, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } catch (cause) {
    await rm(aside, { force: true });
    throw cause;
  } finally {
    await file.close();
  }
  await rename(aside, path);
  await syncFolder(dirname(path));
  if (made) await syncFolder(root);
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function* readPieces(path: string): AsyncGenerator<Uint8Array, undefined> {
  const file = await openToRead(path);
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(READ_BYTES));
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function openToRead(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    if (isMissing(cause)) throw new AppError('NOT_FOUND', { detail: 'a file was deleted just now', cause });
    throw unreadable(cause);
  }
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw unreadable(cause);
  }
}

const isMissing = (cause: unknown) => cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';

function unreadable(cause: unknown): AppError {
  return new AppError('STORE_UNAVAILABLE', { detail: 'a stored file cannot be read', cause });
}
