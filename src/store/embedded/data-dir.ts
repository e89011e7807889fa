/** A data directory whose content is replaced as one. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../errors.ts';
import { databasePath } from './database.ts';
import { lockDataDir } from './lock.ts';

/** Throws AppError NOT_FOUND when there is no data in it. */
export function assertData(dataDir: string): void {
  if (existsSync(databasePath(dataDir))) return;
  throw new AppError('NOT_FOUND', { detail: `there is no data in ${dataDir}; DATA_DIR names it` });
}

/**
 * Puts what `make` makes in a directory aside in the place of what is in `dataDir`, or leaves everything as it was when
 * `make` fails. Throws AppError TAKEN when there is data (without `force`) or a service works on it.
 */
export async function replaceData<T>(
  { dataDir, force }: { dataDir: string; force: boolean },
  make: (aside: string) => Promise<T>,
): Promise<T> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = lockDataDir(dataDir);
  const aside = join(dataDir, 'restoring');
  try {
    if (existsSync(databasePath(dataDir)) && !force)
      throw new AppError('TAKEN', { detail: `${dataDir} holds data already; add --force to replace it` });
    rmSync(aside, { recursive: true, force: true });
    const made = await make(aside);
    for (const end of ['-wal', '-shm']) rmSync(databasePath(dataDir) + end, { force: true });
    rmSync(join(dataDir, 'files'), { recursive: true, force: true });
    renameSync(join(aside, 'files'), join(dataDir, 'files'));
    renameSync(databasePath(aside), databasePath(dataDir));
    return made;
  } finally {
    rmSync(aside, { recursive: true, force: true });
    unlock();
  }
}
