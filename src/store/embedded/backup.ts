/**
 * A copy of everything in one file, and the way back. The copy is itself an SQLite file: the database as it stood at
 * one instant, with the sealed files of that instant in a table of their own. What is sealed stays sealed: the master
 * key is not in it, and without the key nobody can read it.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { AppError } from '../../errors.ts';
import type { MasterKeys } from '../envelope.ts';
import { allRows, databasePath } from './database.ts';
import { filePath } from './files.ts';
import { openKeyring } from './keyring.ts';
import { lockDataDir } from './lock.ts';

/** What a copy holds. */
export interface BackupCounts {
  conversations: number;
  applications: number;
  files: number;
}

/** Told after each part, 0 to 1. */
export type Progress = (done: number) => void;

/**
 * Copies `dataDir` into `target`, also while a service works on it. A half copy is never left under that name.
 * Throws AppError NOT_FOUND when there is nothing to copy, TAKEN when `target` exists.
 */
export async function backupEmbedded(
  dataDir: string,
  target: string,
  progress: Progress = () => {},
): Promise<BackupCounts> {
  if (!existsSync(databasePath(dataDir)))
    throw new AppError('NOT_FOUND', { detail: `there is no data in ${dataDir}; DATA_DIR names it` });
  if (existsSync(target))
    throw new AppError('TAKEN', { detail: `${target} exists already; name another file` });
  const half = `${target}.half`;
  await rm(half, { force: true });
  writeFileSync(half, '', { mode: 0o600 });
  const source = new DatabaseSync(databasePath(dataDir), { readOnly: true, timeout: 10_000 });
  try {
    await backup(source, half, {
      rate: 1000,
      progress: ({ remainingPages, totalPages }) =>
        progress(((totalPages - remainingPages) / totalPages) * 0.5),
    });
  } finally {
    source.close();
  }
  const counts = packFiles(half, dataDir, progress);
  await rename(half, target);
  return counts;
}

function packFiles(copy: string, dataDir: string, progress: Progress): BackupCounts {
  const db = new DatabaseSync(copy);
  try {
    db.exec(
      'PRAGMA journal_mode = DELETE; CREATE TABLE backup_files (id TEXT PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID; BEGIN',
    );
    const insert = db.prepare('INSERT INTO backup_files (id, sealed) VALUES (?, ?)');
    const ids = allRows<{ id: string }>(db.prepare('SELECT id FROM files'));
    let files = 0;
    for (const [index, { id }] of ids.entries()) {
      const path = filePath(join(dataDir, 'files'), id);
      // A file may be erased while the copy is made: then it is right that it is missing.
      if (existsSync(path)) files += Number(insert.run(id, readFileSync(path)).changes);
      progress(0.5 + (0.5 * (index + 1)) / ids.length);
    }
    db.exec('COMMIT');
    return { ...countRows(db), files };
  } finally {
    db.close();
  }
}

function countRows(db: DatabaseSync): Omit<BackupCounts, 'files'> {
  const count = (table: string) => Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0);
  return { conversations: count('conversations'), applications: count('applications') };
}

/**
 * Makes `dataDir` what it was when `source` was written. With `force`, what is there is replaced; otherwise the
 * directory must hold no data. Nothing is replaced before the copy has proved readable with the key.
 * Throws AppError NOT_FOUND, INVALID_REQUEST (not a copy of Loket), KEY_WRONG, or TAKEN (data there, or in use).
 */
export async function restoreEmbedded(options: {
  source: string;
  dataDir: string;
  masterKey: Uint8Array;
  masterKeyAlso?: Uint8Array | undefined;
  force: boolean;
}): Promise<BackupCounts> {
  const { source, dataDir, force } = options;
  if (!existsSync(source)) throw new AppError('NOT_FOUND', { detail: `${source} is not there` });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = lockDataDir(dataDir);
  try {
    if (existsSync(databasePath(dataDir)) && !force) {
      throw new AppError('TAKEN', { detail: `${dataDir} holds data already; add --force to replace it` });
    }
    return await replace(source, dataDir, options);
  } finally {
    unlock();
  }
}

async function replace(source: string, dataDir: string, masterKeys: MasterKeys): Promise<BackupCounts> {
  const half = join(dataDir, 'restoring.db');
  const folder = join(dataDir, 'restoring-files');
  await copyFile(source, half);
  chmodSync(half, 0o600);
  try {
    const counts = unpack(half, folder, masterKeys);
    for (const end of ['-wal', '-shm']) rmSync(databasePath(dataDir) + end, { force: true });
    rmSync(join(dataDir, 'files'), { recursive: true, force: true });
    renameSync(folder, join(dataDir, 'files'));
    renameSync(half, databasePath(dataDir));
    return counts;
  } finally {
    rmSync(half, { force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

function unpack(copy: string, folder: string, masterKeys: MasterKeys): BackupCounts {
  const db = openCopy(copy);
  try {
    openKeyring(db, masterKeys);
    const counts = countRows(db);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    let files = 0;
    for (const row of db.prepare('SELECT id, sealed FROM backup_files').iterate() as Iterable<{
      id: string;
      sealed: Uint8Array;
    }>) {
      const path = filePath(folder, row.id);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(path, row.sealed, { mode: 0o600, flush: true });
      files++;
    }
    db.exec('DROP TABLE backup_files; VACUUM');
    return { ...counts, files };
  } finally {
    db.close();
  }
}

function openCopy(copy: string): DatabaseSync {
  const db = new DatabaseSync(copy);
  try {
    db.prepare('SELECT 1 FROM backup_files, meta LIMIT 1').get();
    return db;
  } catch (cause) {
    db.close();
    throw new AppError('INVALID_REQUEST', { detail: 'that file is not a copy made by loket backup', cause });
  }
}
