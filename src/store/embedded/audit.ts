/** The audit log, in SQLite. */

import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditEntry, AuditLog, AuditQuery } from '../../handoff/ports.ts';
import { chainHash, FIRST_HASH } from '../audit-chain.ts';
import { allRows, getRow } from './database.ts';
import type { Keyring } from './keyring.ts';
import type { Writer } from './writer.ts';

type Row = Omit<AuditEntry, 'details'> & { details: string };

const PAGE = 1000;
const COLUMNS = 'seq, at, actor, action, subject, details, hash';

/**
 * Implements the port. Beside the chain a keyed mark of its end is kept, so that `verify` also notices a log
 * that was cut short or written anew by someone who has the file but not the master key.
 */
export function createAuditLog(deps: { db: DatabaseSync; writer: Writer; keyring: Keyring }): AuditLog {
  const { db, writer, keyring } = deps;
  const last = db.prepare(`SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1`);
  const insert = db.prepare(`INSERT INTO audit (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const end = db.prepare("SELECT value FROM meta WHERE name = 'audit-end'");
  const setEnd = db.prepare(
    "INSERT INTO meta (name, value) VALUES ('audit-end', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  );
  const markOf = (seq: number, hash: string) =>
    Buffer.from(keyring.hash('audit-end', `${seq} ${hash}`), 'hex');
  const list = createList(db);

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
    list: async (query) => list(query),
    verify: async () => {
      let seq = 0;
      let hash = FIRST_HASH;
      const page = () => list({ after: seq, limit: PAGE });
      for (let entries = page(); entries.length > 0; entries = page()) {
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

/** Lines by any conditions. Each is a statement of its own, so that each is looked up by the index that fits. */
function createList(db: DatabaseSync): (query: AuditQuery) => AuditEntry[] {
  const statements = new Map<string, StatementSync>();

  function select(query: AuditQuery, action?: string): Row[] {
    const { after, before, actor, subject, from, until, newest, limit } = query;
    // `+` keeps an index from being used where one that fits fewer lines is there.
    const conditions: [sql: string, value: SQLInputValue | undefined][] = [
      ['seq > ?', after],
      ['seq < ?', before],
      ['subject = ?', subject],
      [subject === undefined ? 'actor = ?' : '+actor = ?', actor],
      [subject === undefined && actor === undefined ? 'action = ?' : '+action = ?', action],
      ['at >= ?', from],
      ['at < ?', until],
    ];
    const given = conditions.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
    const where = given.length === 0 ? '' : `WHERE ${given.map(({ sql }) => sql).join(' AND ')}`;
    const sql = `SELECT ${COLUMNS} FROM audit ${where} ORDER BY seq ${newest ? 'DESC' : 'ASC'} LIMIT ?`;
    const statement = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, statement);
    return allRows<Row>(statement, ...given.map(({ value }) => value), limit);
  }

  return (query) => {
    if (query.actions === undefined) return select(query).map(read);
    // Action by action, each in the order of its index; together they would have to be sorted first.
    const found = [...new Set(query.actions)].flatMap((action) => select(query, action));
    const inOrder = found.sort((a, b) => (query.newest ? b.seq - a.seq : a.seq - b.seq));
    return inOrder.slice(0, query.limit).map(read);
  };
}

function read(row: Row): AuditEntry {
  return { ...row, details: JSON.parse(row.details) };
}
