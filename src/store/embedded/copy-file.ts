/**
 * The file of a copy, whichever store it is of: an SQLite database of the embedded store's schema, with the sealed bytes
 * of files in the table `backup_files`, and in `backup` what it held when it was made.
 */
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../errors.ts';
import { createEnvelope, type MasterKeys } from '../envelope.ts';
import type { StoreRecord } from '../records.ts';
import { getRow } from './database.ts';
import { fillDatabase } from './fill.ts';
import { openKeyring } from './keyring.ts';
import { migrate } from './migrate.ts';
import { readRecords } from './records.ts';
import { MIGRATIONS } from './schema.ts';
import { removeUnsealable } from './unsealable.ts';

/** A file that is being made. */
export interface NewCopy {
  /** As `Store.fill`. */
  fill(records: AsyncIterable<StoreRecord>): Promise<void>;
  records(): AsyncIterable<StoreRecord>;
  /** Removes what belongs to an owner who was erased while the records were read; whether there was anything. */
  sweep(): boolean;
  /** Notes what it holds, so that `openCopy` can tell whether it still does. The last thing done to it. */
  sign(digest: string): void;
  close(): void;
}

/** A file that was made. */
export interface Copy {
  records(): AsyncIterable<StoreRecord>;
  /** The digest that was noted; undefined in copies of schema 1, which have none. */
  digest: string | undefined;
  close(): void;
}

/** Makes an empty copy at `path`, readable by its owner only. */
export function createCopy(path: string, masterKeys: MasterKeys): NewCopy {
  rmSync(path, { force: true });
  writeFileSync(path, '', { mode: 0o600 });
  const db = new DatabaseSync(path);
  // Until it has its name nobody relies on it: it is made durable once, at its end.
  db.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF');
  migrate(db, masterKeys);
  db.exec(`CREATE TABLE backup_files (id TEXT PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE backup (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID`);
  const envelope = createEnvelope(masterKeys);
  const insertFile = db.prepare('INSERT OR REPLACE INTO backup_files (id, sealed) VALUES (?, ?)');
  return {
    fill: (records) =>
      fillDatabase(records, {
        db,
        envelope,
        writeFile: async (id, sealed) => void insertFile.run(id, sealed),
      }),
    records: () => recordsOf(db),
    sweep: () => removeUnsealable(db, openKeyring(db, masterKeys)),
    sign(digest) {
      const insert = db.prepare('INSERT INTO backup (name, value) VALUES (?, ?)');
      db.exec('PRAGMA synchronous = FULL; BEGIN');
      insert.run('digest', digest);
      insert.run('mark', markOf(db, masterKeys, digest));
      db.exec('COMMIT');
    },
    close: () => db.close(),
  };
}

/**
 * Opens a copy for reading; it stays as it is.
 * Throws AppError NOT_FOUND, INVALID_REQUEST (no copy, or damaged), KEY_WRONG, STORE_SCHEMA_NEWER.
 */
export function openCopy(path: string, masterKeys: MasterKeys): Copy {
  if (!existsSync(path)) throw new AppError('NOT_FOUND', { detail: `${path} is not there` });
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { readOnly: true });
    if (schemaOf(db) >= MIGRATIONS.length) return openWritten(db, masterKeys);
    db.close();
    return openOldCopy(path, masterKeys);
  } catch (cause) {
    if (db?.isOpen) db.close();
    throw readable(cause);
  }
}

function openWritten(db: DatabaseSync, masterKeys: MasterKeys): Copy {
  // Refuses a newer one.
  migrate(db, masterKeys);
  const digest = signedDigest(db, masterKeys);
  return { records: () => recordsOf(db), digest, close: () => db.close() };
}

function schemaOf(db: DatabaseSync): number {
  getRow(db.prepare('SELECT 1 FROM backup_files, meta LIMIT 1'));
  return getRow<{ user_version: number }>(db.prepare('PRAGMA user_version'))?.user_version ?? 0;
}

/** One that an older program made is brought along, aside. */
function openOldCopy(path: string, masterKeys: MasterKeys): Copy {
  const folder = mkdtempSync(join(tmpdir(), 'loket-copy-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const aside = join(folder, 'copy');
    copyFileSync(path, aside);
    const db = new DatabaseSync(aside);
    try {
      migrate(db, masterKeys);
    } catch (cause) {
      db.close();
      throw cause;
    }
    const close = () => {
      db.close();
      remove();
    };
    return { records: () => recordsOf(db), digest: undefined, close };
  } catch (cause) {
    remove();
    throw cause;
  }
}

async function* recordsOf(db: DatabaseSync): AsyncGenerator<StoreRecord> {
  const find = db.prepare('SELECT sealed FROM backup_files WHERE id = ?');
  try {
    yield* readRecords(db, async (id) => getRow<{ sealed: Uint8Array }>(find, id)?.sealed);
  } catch (cause) {
    throw readable(cause);
  }
}

/** Whoever has no master key cannot make a copy that is taken for one of ours. */
function markOf(db: DatabaseSync, masterKeys: MasterKeys, digest: string): string {
  const key = getRow<{ value: Uint8Array }>(db.prepare("SELECT value FROM meta WHERE name = 'index-key'"));
  if (!key) throw damaged();
  return createEnvelope(masterKeys).openHash(key.value)('backup', digest);
}

function signedDigest(db: DatabaseSync, masterKeys: MasterKeys): string {
  const find = db.prepare('SELECT value FROM backup WHERE name = ?');
  const digest = getRow<{ value: string }>(find, 'digest')?.value ?? '';
  if (getRow<{ value: string }>(find, 'mark')?.value !== markOf(db, masterKeys, digest)) throw damaged();
  return digest;
}

function readable(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const detail = 'that file is not a copy made by loket backup, or it is damaged';
  return new AppError('INVALID_REQUEST', { detail, cause });
}

/** What every finding about a copy that is not as it was made says. */
export function damaged(): AppError {
  return new AppError('INVALID_REQUEST', {
    detail: 'the copy is not what it was when it was made: it is damaged, or somebody changed it',
  });
}
