/** The SQLite file: how it is opened, and how rows are read with their types. */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { AppError } from '../../errors.ts';

/**
 * Opens `<dataDir>/loket.db`, made if absent; its schema may be of an older program (migrate.ts).
 * Throws AppError STORE_UNAVAILABLE when it cannot be opened.
 */
export function openDatabase(dataDir: string): DatabaseSync {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const path = databasePath(dataDir);
    const db = new DatabaseSync(path, { timeout: 10_000, enableForeignKeyConstraints: true });
    chmodSync(path, 0o600);
    configure(db);
    return db;
  } catch (cause) {
    throw new AppError('STORE_UNAVAILABLE', { detail: `the database in ${dataDir} cannot be opened`, cause });
  }
}

/** Where the database of a data directory lies. */
export function databasePath(dataDir: string): string {
  return join(dataDir, 'loket.db');
}

/** The first row, as the type that the statement's columns make. */
export function getRow<Row>(statement: StatementSync, ...values: SQLInputValue[]): Row | undefined {
  return statement.get(...values) as Row | undefined;
}

/** All rows, as the type that the statement's columns make. */
export function allRows<Row>(statement: StatementSync, ...values: SQLInputValue[]): Row[] {
  return statement.all(...values) as Row[];
}

function configure(db: DatabaseSync): void {
  // FULL: a commit is on the disk before it is answered. Checkpoints are the checkpointer's, off the hot path.
  // secure_delete: what was erased (a data key above all) is overwritten, not only unlinked.
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 0;
    PRAGMA journal_size_limit = 50331648;
    PRAGMA cache_size = -65536;
    PRAGMA secure_delete = ON;
  `);
}
