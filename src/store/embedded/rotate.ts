/** A new master key: what the other one wrapped is wrapped anew, page by page. */
import type { DatabaseSync } from 'node:sqlite';
import type { Envelope } from '../envelope.ts';
import { allRows, getRow } from './database.ts';
import type { Writer } from './writer.ts';

interface Row {
  owner: string;
  wrapped: Uint8Array;
}

/** One group of this many keys costs one fsync. */
const PAGE = 500;

/**
 * Implements `Store.rewrapKeys`. The index key comes last: while it opens under the other master key only, the store
 * asks for both, so that nobody takes the other one away before all is done.
 */
export function createRewrapper(deps: { db: DatabaseSync; writer: Writer; envelope: Envelope }) {
  const { db, writer, envelope } = deps;
  const find = db.prepare(
    `SELECT owner, wrapped FROM keys WHERE master_id <> ? AND owner > ? ORDER BY owner LIMIT ${PAGE}`,
  );
  // By what was read: a key that was destroyed or made anew meanwhile is left alone.
  const replace = db.prepare('UPDATE keys SET master_id = ?, wrapped = ? WHERE owner = ? AND wrapped = ?');
  const findIndexKey = db.prepare("SELECT value FROM meta WHERE name = 'index-key'");
  const replaceIndexKey = db.prepare("UPDATE meta SET value = ? WHERE name = 'index-key'");

  function rewrapPage(page: Row[]): number {
    const changes = page.map(({ owner, wrapped }) =>
      Number(replace.run(envelope.masterId, envelope.rewrap(owner, wrapped), owner, wrapped).changes),
    );
    return changes.reduce((sum, one) => sum + one, 0);
  }

  return async (): Promise<number> => {
    let count = 0;
    let last = '';
    for (;;) {
      const page = allRows<Row>(find, envelope.masterId, last);
      if (page.length === 0) break;
      count += await writer.write(() => rewrapPage(page));
      last = page.at(-1)?.owner ?? last;
    }
    await writer.write(() => {
      const row = getRow<{ value: Uint8Array }>(findIndexKey);
      if (row) replaceIndexKey.run(envelope.rewrapIndexKey(row.value));
    });
    return count;
  };
}
