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
/** Pages of 4 KB: 32 MB, so that a fold (two or three fsyncs) is rare. */
const LOG_LIMIT_PAGES = 8192;

/**
 * When the log has grown past its limit, a thread with a connection of its own copies it over (most of the work
 * and its fsyncs). Then this thread copies the little that was added meanwhile, and the next write begins the log
 * anew. A log that could not be folded now is folded the next time.
 */
export function createCheckpointer(
  db: DatabaseSync,
  dataDir: string,
  limitPages = LOG_LIMIT_PAGES,
): Checkpointer {
  const look = db.prepare('PRAGMA wal_checkpoint(NOOP)');
  let groups = 0;
  let worker: Worker | undefined;
  let isRunning = false;

  function fold(): void {
    isRunning = true;
    worker ??= startWorker(databasePath(dataDir), endFold);
    worker.postMessage('fold');
  }

  function endFold(isWorkerLost: boolean): void {
    isRunning = false;
    if (isWorkerLost) worker = undefined;
    else if (db.isOpen) db.exec('PRAGMA wal_checkpoint(PASSIVE)');
  }

  return {
    noteGroup: () => {
      groups += 1;
      if (isRunning || groups < GROUPS_BETWEEN_LOOKS) return;
      groups = 0;
      const log = getRow<{ log: number; checkpointed: number }>(look);
      if (log && log.log - log.checkpointed >= limitPages) fold();
    },
    close: async () => {
      await worker?.terminate();
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },
  };
}

/** The thread does not keep the process alive. */
function startWorker(path: string, onEnd: (isWorkerLost: boolean) => void): Worker {
  const worker = new Worker(new URL('./checkpoint-worker.js', import.meta.url), { workerData: path });
  worker.unref();
  worker.on('message', () => onEnd(false));
  worker.on('error', () => onEnd(true));
  return worker;
}
