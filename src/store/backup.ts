/**
 * Copies of everything in one file, of either store into either store. What is sealed stays sealed: the master key is
 * not in the file, and without the key nobody can read it.
 *
 * A copy is made while the service runs. Of the embedded store it is one instant. Of the cluster, where no server need
 * show one instant of everything, each conversation is as it stood after one of its steps, with all that this step and
 * those before it had brought about (cluster/records.ts). What came of later steps may be in the copy too; the effects
 * that made it are pending there, and find it made when they are run again. Who was erased meanwhile is not in it.
 */
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { AppError } from '../errors.ts';
import { type Copy, createCopy, damaged, openCopy } from './embedded/copy-file.ts';
import { assertData, replaceData } from './embedded/data-dir.ts';
import { openStore } from './open.ts';
import { createTallier, type Tally, tallyOf } from './tally.ts';
import type { StoreOptions } from './types.ts';

export type { Tally } from './tally.ts';

/** Told now and then how many records have been copied, then how many of the result have been checked. */
export type Progress = (phase: 'copied' | 'checked', records: number) => void;

/**
 * Copies the store into `target`, also beside a running service. A half copy is never left under that name.
 * Throws AppError NOT_FOUND when there is nothing to copy, TAKEN when `target` exists, and as `openStore`.
 */
export async function backupStore(
  options: StoreOptions,
  target: string,
  progress: Progress = () => {},
): Promise<Tally> {
  if (options.where?.kind !== 'cluster') assertData(options.dataDir);
  if (existsSync(target))
    throw new AppError('TAKEN', { detail: `${target} exists already; name another file` });
  const half = `${target}.half`;
  try {
    const tally = await makeCopy(options, half, progress);
    await rename(half, target);
    return tally;
  } finally {
    await rm(half, { force: true });
  }
}

async function makeCopy(options: StoreOptions, path: string, progress: Progress): Promise<Tally> {
  const store = await openStore({ ...options, isBeside: true });
  try {
    const copy = createCopy(path, options);
    try {
      const tallier = createTallier((records) => progress('copied', records));
      await copy.fill(tallier.watch(store.records()));
      const read = tallier.end();
      let held = await tallyOf(copy.records(), (records) => progress('checked', records));
      assertSame(held, read, 'the copy differs from what was read; make another');
      if (copy.sweep()) held = await tallyOf(copy.records());
      copy.sign(held.digest);
      return held;
    } finally {
      copy.close();
    }
  } finally {
    await store.close();
  }
}

/**
 * Makes the store what it was when `source` was written. With `force`, what is there is replaced; otherwise the store
 * must hold no data. Nothing is replaced before the whole copy has proved to be what it was when it was made. The
 * embedded store is replaced at the end, as one; a cluster is emptied first, and emptied again when the restored data
 * differs. No service may run on it meanwhile.
 * Throws AppError NOT_FOUND, INVALID_REQUEST (no copy, or not as it was made), KEY_WRONG, TAKEN (data there, or in use),
 * STORE_UNAVAILABLE (the restored data differs).
 */
export async function restoreStore(
  { source, force, ...options }: StoreOptions & { source: string; force: boolean },
  progress: Progress = () => {},
): Promise<Tally> {
  const copy = openCopy(source, options);
  try {
    const held = await tallyOf(copy.records());
    if (copy.digest !== undefined && copy.digest !== held.digest) throw damaged();
    const fill = (into: StoreOptions) => fillAndCheck(into, { copy, held, progress });
    const { where } = options;
    if (where?.kind !== 'cluster')
      return await replaceData({ dataDir: options.dataDir, force }, (dataDir) =>
        fill({ ...options, dataDir }),
      );
    // MongoDB's driver is large: who does not use it does not load it.
    const { emptyCluster } = await import('./cluster/empty.ts');
    if (force) await emptyCluster(where.mongodbUrl);
    return await fill({ ...options, where: { ...where, redisUrl: undefined } }).catch(async (cause) => {
      if (cause instanceof Differs) await emptyCluster(where.mongodbUrl);
      throw cause;
    });
  } finally {
    copy.close();
  }
}

async function fillAndCheck(
  options: StoreOptions,
  { copy, held, progress }: { copy: Copy; held: Tally; progress: Progress },
): Promise<Tally> {
  const empty = await openStore(options);
  try {
    const tallier = createTallier((records) => progress('copied', records));
    await empty.fill(tallier.watch(copy.records()));
    tallier.end();
  } finally {
    await empty.close();
  }
  // Opened anew: its keys are others now.
  const filled = await openStore(options);
  try {
    const restored = await tallyOf(filled.records(), (records) => progress('checked', records));
    assertSame(restored, held, 'what was restored differs from the copy');
    return restored;
  } finally {
    await filled.close();
  }
}

class Differs extends AppError {}

function assertSame(found: Tally, wanted: Tally, detail: string): void {
  if (found.digest !== wanted.digest) throw new Differs('STORE_UNAVAILABLE', { detail });
}
