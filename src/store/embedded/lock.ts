/** One process per data directory. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../errors.ts';

/**
 * Holds `<dataDir>/loket.lock` until the returned function is called or the process ends, however it ends.
 * Throws AppError TAKEN when another process holds it.
 *
 * The lock is SQLite's own lock on an empty database: the system frees it with the process, so that no stale
 * file ever has to be removed by hand.
 */
export function lockDataDir(dataDir: string): () => void {
  const db = new DatabaseSync(join(dataDir, 'loket.lock'));
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    db.close();
    const detail = `another Loket process works on DATA_DIR ${dataDir}: stop it first, or give this one its own DATA_DIR`;
    throw new AppError('TAKEN', { detail, cause });
  }
  return () => db.close();
}
