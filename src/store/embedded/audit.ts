/** The audit log, in SQLite. */

import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditEntry, AuditLog } from '../../handoff/ports.ts';
import { chainHash, FIRST_HASH } from '../audit-chain.ts';
import { allRows, getRow } from './database.ts';
import type { Keyring } from './keyring.ts';
import type { Writer } from './writer.ts';

type Row = Omit<AuditEntry, 'details'> & { details: string };

const PAGE = 1000;

/**
 * Implements the port. Beside the chain a keyed mark of its end is kept, so that `verify` also notices a log
 * that was cut short or written anew by someone who has the file but not the master key.
 */
export function createAuditLog(deps: { db: DatabaseSync; writer: Writer; keyring: Keyring }): AuditLog {
  const { db, writer, keyring } = deps;
  const columns = 'seq, at, actor, action, subject, details, hash';
  const last = db.prepare(`SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1`);
  const insert = db.prepare(`INSERT INTO audit (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const page = db.prepare(`SELECT ${columns} FROM audit WHERE seq > ? ORDER BY seq LIMIT ?`);
  const end = db.prepare("SELECT value FROM meta WHERE name = 'audit-end'");
  const setEnd = db.prepare(
    "INSERT INTO meta (name, value) VALUES ('audit-end', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  );
  const markOf = (seq: number, hash: string) =>
    Buffer.from(keyring.hash('audit-end', `${seq} ${hash}`), 'hex');
  const list = (after: number, limit: number) => allRows<Row>(page, after, limit).map(read);

  // An empty log has its mark from the database's first day, so that emptying it later shows.
  if (keyring.isNew) setEnd.run(markOf(0, FIRST_HASH));

  function isEnd(seq: number, hash: string): boolean {
    const mark = getRow<{ value: Uint8Array }>(end)?.value;
    return mark !== undefined && markOf(seq, hash).equals(mark);
  }

  return {
    append: ({ at, actor, action, subject, details }) =>
      writer.write(() => {
        const before = getRow<{ seq: number; hash: string }>(last);
        const entry = { seq: (before?.seq ?? 0) + 1, at, actor, action, subject, details };
        const hash = chainHash(before?.hash ?? FIRST_HASH, entry);
        insert.run(entry.seq, at, actor, action, subject, JSON.stringify(details), hash);
        setEnd.run(markOf(entry.seq, hash));
      }),
    list: async ({ after, limit }) => list(after ?? 0, limit),
    verify: async () => {
      let seq = 0;
      let hash = FIRST_HASH;
      for (let entries = list(seq, PAGE); entries.length > 0; entries = list(seq, PAGE)) {
        for (const entry of entries) {
          if (entry.seq !== seq + 1 || entry.hash !== chainHash(hash, entry))
            return { ok: false, brokenAt: seq + 1 };
          ({ seq, hash } = entry);
        }
        await nextTurn();
      }
      return isEnd(seq, hash) ? { ok: true, entries: seq } : { ok: false, brokenAt: seq + 1 };
    },
  };
}

function read(row: Row): AuditEntry {
  return { ...row, details: JSON.parse(row.details) };
}
