/** Folds the write-ahead log back into the database file, off the hot path. */
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { databasePath, getRow } from './database.ts';

export interface Checkpointer {
  /** After each group of writes; cheap. */
  noteGroup(): void;
  close(): Promise<void>;
}

const GROUPS_BETWEEN_LOOKS = 32;
/** Pages of 4 KB: 8 MB. */
const LOG_LIMIT_PAGES = 2048;

/**
 * When the log has grown past its limit, a thread with a connection of its own copies it over (most of the work
 * and its fsyncs). Then this thread copies the little that was added meanwhile, and the next write begins the log anew.
 */
export function createCheckpointer(db: DatabaseSync, dataDir: string): Checkpointer {
  const path = databasePath(dataDir);
  const look = db.prepare('PRAGMA wal_checkpoint(NOOP)');
  let groups = 0;
  let running: Promise<void> | undefined;

  function noteGroup(): void {
    groups += 1;
    if (groups < GROUPS_BETWEEN_LOOKS || running) return;
    groups = 0;
    const state = getRow<{ log: number; checkpointed: number }>(look);
    if (!state || state.log - state.checkpointed < LOG_LIMIT_PAGES) return;
    running = runWorker(path).then(() => {
      running = undefined;
      if (db.isOpen) db.exec('PRAGMA wal_checkpoint(PASSIVE)');
    });
  }

  return {
    noteGroup,
    close: async () => {
      await running;
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },
  };
}

/** Resolves when the thread has ended, well or not: a log not folded now is folded the next time. */
function runWorker(path: string): Promise<void> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./checkpoint-worker.ts', import.meta.url), { workerData: path });
    worker.unref();
    worker.on('error', () => {});
    worker.on('exit', () => resolve());
  });
}
