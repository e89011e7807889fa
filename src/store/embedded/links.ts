/** One-time links, in SQLite. */
import type { DatabaseSync } from 'node:sqlite';
import type { Link, LinkStore } from '../../documents/ports.ts';
import { getRow } from './database.ts';
import type { Writer } from './writer.ts';

interface Row {
  token_hash: string;
  kind: Link['kind'];
  conversation: string;
  step: string | null;
  file: string | null;
  application: string | null;
  expires_at: number;
  used_at: number | null;
  failures: number;
}

/** Implements the port; see there for the promises. `fail` of an unknown link answers 0. */
export function createLinkStore(db: DatabaseSync, writer: Writer): LinkStore {
  const columns = 'token_hash, kind, conversation, step, file, application, expires_at, used_at, failures';
  const insert = db.prepare(
    `INSERT INTO links (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const find = db.prepare(`SELECT ${columns} FROM links WHERE token_hash = ?`);
  const use = db.prepare('UPDATE links SET used_at = ? WHERE token_hash = ? AND used_at IS NULL');
  const countExpired = db.prepare('SELECT count(*) AS count FROM links WHERE expires_at < ?');
  const removeExpired = db.prepare('DELETE FROM links WHERE expires_at < ?');
  const fail = db.prepare('UPDATE links SET failures = failures + 1 WHERE token_hash = ? RETURNING failures');

  return {
    create: (link) =>
      writer.write(() => {
        const { tokenHash, kind, conversation, step, file, application, expiresAt, usedAt, failures } = link;
        const named = [step ?? null, file ?? null, application ?? null];
        insert.run(tokenHash, kind, conversation, ...named, expiresAt, usedAt ?? null, failures);
      }),
    find: async (tokenHash) => {
      const row = getRow<Row>(find, tokenHash);
      return row && read(row);
    },
    use: (tokenHash, at) => writer.write(() => use.run(at, tokenHash).changes === 1),
    fail: (tokenHash) => writer.write(() => getRow<{ failures: number }>(fail, tokenHash)?.failures ?? 0),
    countExpired: async (before) => getRow<{ count: number }>(countExpired, before)?.count ?? 0,
    removeExpired: (before) => writer.write(() => Number(removeExpired.run(before).changes)),
  };
}

function read(row: Row): Link {
  return {
    tokenHash: row.token_hash,
    kind: row.kind,
    conversation: row.conversation,
    ...(row.step === null ? {} : { step: row.step }),
    ...(row.file === null ? {} : { file: row.file }),
    ...(row.application === null ? {} : { application: row.application }),
    expiresAt: row.expires_at,
    ...(row.used_at === null ? {} : { usedAt: row.used_at }),
    failures: row.failures,
  };
}
