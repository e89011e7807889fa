/** Sealed files: the bytes as files of the data directory, what is known of them in SQLite. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { FileStore } from '../../documents/ports.ts';
import { AppError } from '../../errors.ts';
import { getRow } from './database.ts';
import type { Keyring } from './keyring.ts';
import type { Writer } from './writer.ts';

interface Row {
  owner: string;
  content_type: string;
  size_bytes: number;
  name: Uint8Array | null;
}

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
  const find = db.prepare('SELECT owner, content_type, size_bytes, name FROM files WHERE id = ?');
  const remove = db.prepare('DELETE FROM files WHERE id = ?');
  const insert = db.prepare(
    `INSERT INTO files (id, owner, content_type, size_bytes, name) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET owner = excluded.owner, content_type = excluded.content_type,
     size_bytes = excluded.size_bytes, name = excluded.name`,
  );

  return {
    put: async ({ id, owner, contentType, name, sizeBytes, sealed }) => {
      await writeSealed(deps.dataDir, id, sealed);
      await writer.write(() => {
        const sealedName = name === undefined ? null : keyring.seal(owner, 'file', id, name);
        insert.run(id, owner, contentType, sizeBytes, sealedName);
      });
    },
    get: async (id) => {
      const row = ID.test(id) ? getRow<Row>(find, id) : undefined;
      const sealed = row && (await readSealed(deps.dataDir, id));
      if (!row || !sealed) return undefined;
      const { owner, content_type: contentType, size_bytes: sizeBytes } = row;
      const name = row.name && keyring.open(owner, 'file', id, row.name).toString();
      return { owner, contentType, sizeBytes, sealed, ...(name ? { name } : {}) };
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
export async function writeSealed(dataDir: string, id: string, sealed: Uint8Array): Promise<void> {
  if (!ID.test(id))
    throw new AppError('INVALID_REQUEST', { detail: 'a file id has letters, digits, - and _ only' });
  await writeDurably(join(dataDir, 'files'), id, sealed);
}

/** Whole or not at all: written aside, synced, moved into place, and the folder synced as well. */
async function writeDurably(root: string, id: string, bytes: Uint8Array): Promise<void> {
  const path = filePath(root, id);
  const aside = join(root, 'tmp', randomUUID());
  const made = await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(aside, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
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

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new AppError('STORE_UNAVAILABLE', { detail: 'a stored file cannot be read', cause });
  }
}
