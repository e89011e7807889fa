/**
 * Runs in a thread of its own: each message asks for a checkpoint of the database at `workerData`, which blocks
 * no writer, and is answered when it has ended. Plain JavaScript, because a thread that must strip types first
 * takes a third of a second to start.
 */
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

const db = new DatabaseSync(workerData, { timeout: 1000 });
db.exec('PRAGMA synchronous = FULL');
parentPort?.on('message', () => {
  db.exec('PRAGMA wal_checkpoint(PASSIVE)');
  parentPort?.postMessage('done');
});
