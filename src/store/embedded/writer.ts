/** Group commit: writes that arrive while the last fsync ran share the next one. */
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../errors.ts';

/** The only way to write. */
export interface Writer {
  /**
   * Runs `work` inside the next group's transaction and resolves with its answer once that is durable.
   * `work` is synchronous, touches nothing but the database, and may run twice: when any member of a group
   * throws, the group is rolled back and its members run again, each with its own savepoint, so that only the
   * one at fault is refused.
   * Rejects with what `work` threw, or AppError STORE_UNAVAILABLE when the disk would not take the group.
   */
  write<T>(work: () => T): Promise<T>;
  /** Writes what waits, then refuses the rest. */
  close(): void;
}

export interface WriterOptions {
  db: DatabaseSync;
  /** Called when something was rolled back: what was read or cached from it no longer holds. */
  onRollback: () => void;
  /** Called after each group with its size. */
  onGroup?: (size: number) => void;
}

interface Job {
  work: () => unknown;
  resolve: (value: never) => void;
  reject: (cause: unknown) => void;
  value: unknown;
  fault: unknown;
  failed: boolean;
}

/** Bounds how long one group keeps the thread; more than this gains nothing from sharing. */
const GROUP_LIMIT = 256;

export function createWriter({ db, onRollback, onGroup }: WriterOptions): Writer {
  let queue: Job[] = [];
  let closed = false;
  const statements = {
    begin: db.prepare('BEGIN IMMEDIATE'),
    commit: db.prepare('COMMIT'),
    rollback: db.prepare('ROLLBACK'),
  };

  function flush(): void {
    if (queue.length === 0) return;
    const group = queue.length <= GROUP_LIMIT ? queue : queue.slice(0, GROUP_LIMIT);
    queue = queue.length <= GROUP_LIMIT ? [] : queue.slice(GROUP_LIMIT);
    if (queue.length > 0) setImmediate(flush);
    try {
      commitGroup(group);
    } catch (cause) {
      const fault = asFault(cause);
      for (const job of group) job.reject(fault);
      return;
    }
    onGroup?.(group.length);
    for (const job of group) {
      if (job.failed) job.reject(job.fault);
      else job.resolve(job.value as never);
    }
  }

  function commitGroup(group: Job[]): void {
    if (runTogether(group)) return;
    runApart(group);
  }

  /** `false` when a member threw: nothing is written then. */
  function runTogether(group: Job[]): boolean {
    statements.begin.run();
    try {
      for (const job of group) job.value = job.work();
    } catch {
      undo();
      return false;
    }
    commit();
    return true;
  }

  function runApart(group: Job[]): void {
    statements.begin.run();
    try {
      for (const job of group) runAlone(job);
    } catch (cause) {
      undo();
      throw cause;
    }
    commit();
  }

  function runAlone(job: Job): void {
    db.exec('SAVEPOINT member');
    try {
      job.value = job.work();
    } catch (fault) {
      // Some faults of the disk end the whole transaction: then the group as a whole has failed.
      if (!db.isTransaction) throw fault;
      job.failed = true;
      job.fault = asFault(fault);
      db.exec('ROLLBACK TO member');
      onRollback();
    }
    db.exec('RELEASE member');
  }

  function commit(): void {
    try {
      statements.commit.run();
    } catch (cause) {
      undo();
      throw cause;
    }
  }

  function undo(): void {
    if (db.isTransaction) statements.rollback.run();
    onRollback();
  }

  return {
    write: <T>(work: () => T) =>
      new Promise<T>((resolve, reject) => {
        if (closed) throw new AppError('STORE_UNAVAILABLE', { detail: 'the store is closed' });
        // The turn of the event loop that brings the first write brings its companions too; the fsync of the
        // group before was the waiting time. A timer would only add to it.
        if (queue.length === 0) setImmediate(flush);
        queue.push({ work, resolve, reject, value: undefined, fault: undefined, failed: false });
      }),
    close: () => {
      closed = true;
      while (queue.length > 0) flush();
    },
  };
}

/** SQLite's own errors are faults of the store; anything else a member threw is its own affair. */
function asFault(cause: unknown): unknown {
  if (!(cause instanceof Error && 'code' in cause && cause.code === 'ERR_SQLITE_ERROR')) return cause;
  return new AppError('STORE_UNAVAILABLE', { detail: 'the database could not write', cause });
}
