/** Runs in a thread of its own: one checkpoint of the database at `workerData`, which blocks no writer. */
import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';

const db = new DatabaseSync(workerData, { timeout: 1000 });
db.exec('PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(PASSIVE)');
db.close();
