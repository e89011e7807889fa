/** Brings a database that an older program wrote up to date. */
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../errors.ts';
import type { MasterKeys } from '../envelope.ts';
import { getRow } from './database.ts';
import { type Keyring, openKeyring } from './keyring.ts';
import { moveToSteps } from './migrate-steps.ts';
import { MIGRATIONS } from './schema.ts';

/** What is done with the data after the schema's step of that number, in the same transaction. */
const MOVES: { [version: number]: (db: DatabaseSync, openKeys: () => Keyring) => void } = { 2: moveToSteps };

/**
 * Runs every step of the schema that the file has not been through, each whole or not at all.
 * Throws AppError STORE_SCHEMA_NEWER when a newer program wrote it, KEY_WRONG when the data must be sealed anew and is
 * under another master key, STORE_UNAVAILABLE when it cannot be written.
 */
export function migrate(db: DatabaseSync, masterKeys: MasterKeys): void {
  const at = schemaVersion(db);
  if (at > MIGRATIONS.length) {
    const detail = `the database has schema ${at}, this program knows ${MIGRATIONS.length}: start the newer version`;
    throw new AppError('STORE_SCHEMA_NEWER', { detail });
  }
  for (const [index, sql] of MIGRATIONS.entries()) {
    if (index >= at) step(db, index + 1, sql, masterKeys);
  }
}

function step(db: DatabaseSync, version: number, sql: string, masterKeys: MasterKeys): void {
  try {
    db.exec(`BEGIN IMMEDIATE; ${sql}`);
    MOVES[version]?.(db, () => openKeyring(db, masterKeys));
    db.exec(`PRAGMA user_version = ${version}; COMMIT`);
  } catch (cause) {
    if (db.isTransaction) db.exec('ROLLBACK');
    if (cause instanceof AppError) throw cause;
    const detail = `the database could not be brought to schema ${version}; it is as it was`;
    throw new AppError('STORE_UNAVAILABLE', { detail, cause });
  }
}

function schemaVersion(db: DatabaseSync): number {
  return getRow<{ user_version: number }>(db.prepare('PRAGMA user_version'))?.user_version ?? 0;
}
