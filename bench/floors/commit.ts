/** What floors 4 to 6 write for each message: the least that a durable conversation needs, in plain SQLite. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export type Synchronous = 'FULL' | 'NORMAL';

/** A message to be noted. */
export interface Incoming {
  sid: string;
  from: string;
}

/** Writes inside an open transaction. */
export type Write = (message: Incoming) => void;

const SNAPSHOT = JSON.stringify({ state: 'x'.repeat(985) });

/**
 * The id of the message once only, the citizen's snapshot of 1,000 bytes read and written, one row for the outbox.
 * `begin` and `end` are one commit.
 */
export function openFloorDatabase(
  dir: string,
  synchronous: Synchronous,
): { begin(): void; write: Write; end(): void; close(): void } {
  const db = new DatabaseSync(join(dir, 'floor.db'));
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous};
    CREATE TABLE inbox (sid TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE snapshots (citizen TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE outbox (id INTEGER PRIMARY KEY, citizen TEXT NOT NULL, body TEXT NOT NULL);`);
  const insertSid = db.prepare('INSERT INTO inbox (sid) VALUES (?) ON CONFLICT DO NOTHING');
  const read = db.prepare('SELECT body FROM snapshots WHERE citizen = ?');
  const upsert = db.prepare(
    'INSERT INTO snapshots (citizen, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body',
  );
  const insertOut = db.prepare('INSERT INTO outbox (citizen, body) VALUES (?, ?)');
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  return {
    begin: () => void begin.run(),
    write: ({ sid, from }) => {
      if (insertSid.run(sid).changes === 0) return;
      const before = read.get(from) as { body: string } | undefined;
      upsert.run(from, before?.body ?? SNAPSHOT);
      insertOut.run(from, 'Terima kasih.');
    },
    end: () => void commit.run(),
    close: () => db.close(),
  };
}
