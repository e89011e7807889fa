/** The lines of the transcripts. */
import type { DatabaseSync } from 'node:sqlite';
import type { DeliveryStatus, Entry, StoredFile } from '../../conversation/types.ts';
import { allRows, getRow } from './database.ts';
import { assertOwnId, conversationOf, idRange } from './ids.ts';
import type { Keyring } from './keyring.ts';

/** What a sender or a provider says of an entry. */
interface SentMark {
  entry: string;
  status: DeliveryStatus;
  providerId?: string;
}

/** An entry on its way to the disk: the body is text already, to be sealed. */
export type PackedEntry = Pick<Entry, 'id' | 'direction' | 'at' | 'status'> & {
  providerId: string | null;
  body: string;
};

export interface Entries {
  /** Inside `Writer.write` only. */
  insert(conversation: string, order: number, entry: PackedEntry): void;
  /** Inside `Writer.write` only. See `ConversationStore.setStatus`. */
  setStatus(mark: SentMark): void;
  /** Inside `Writer.write` only. Replaces the files of an entry; unknown entries are left alone. */
  amend(entry: string, files: StoredFile[]): void;
  list(conversation: string, options: { after?: string; last?: number }): Entry[];
  find(entry: string): { conversation: string; entry: Entry } | undefined;
  findSent(providerId: string): { conversation: string; entry: Entry } | undefined;
}

interface Row {
  id: string;
  direction: Entry['direction'];
  status: DeliveryStatus;
  at: number;
  provider_id: string | null;
  body: Uint8Array;
}

type Body = Pick<Entry, 'author' | 'text' | 'files' | 'note'>;

/**
 * One line along which a status only goes forward, whatever order the news arrives in: a failure
 * overrides that it was sent, and proof that it arrived overrides the failure.
 */
const ORDER: readonly DeliveryStatus[] = ['queued', 'sent', 'failed', 'delivered', 'read'];

export function createEntries(db: DatabaseSync, keyring: Keyring): Entries {
  const sql = prepare(db);

  function read(row: Row): Entry {
    const { id, direction, at, status } = row;
    const body = JSON.parse(keyring.open(conversationOf(id), 'entry', id, row.body).toString()) as Body;
    return {
      id,
      direction,
      at,
      status,
      ...body,
      ...(row.provider_id ? { providerId: row.provider_id } : {}),
    };
  }

  const readFound = (row: Row | undefined) =>
    row && { conversation: conversationOf(row.id), entry: read(row) };

  return {
    insert: (conversation, order, entry) => {
      const body = keyring.seal(conversation, 'entry', entry.id, entry.body);
      const { id, direction, status, at, providerId } = entry;
      sql.insert.run(id, order, direction, status, at, providerId, body);
    },
    setStatus: ({ entry, status, providerId }) => {
      const stored = getRow<{ status: DeliveryStatus; provider_id: string | null }>(sql.status, entry);
      if (!stored) return;
      const next = laterStatus(stored.status, status);
      const nextId = providerId ?? stored.provider_id;
      if (next !== stored.status || nextId !== stored.provider_id) sql.setStatus.run(next, nextId, entry);
    },
    amend: (id, files) => {
      const row = getRow<Row>(sql.find, id);
      if (!row) return;
      const { author, text, note } = read(row);
      const body: Body = { author, text, files, ...(note === undefined ? {} : { note }) };
      sql.amend.run(keyring.seal(conversationOf(id), 'entry', id, JSON.stringify(body)), id);
    },
    list: (conversation, { after, last }) => {
      const from = after === undefined ? undefined : getRow<{ seq: number }>(sql.seq, after)?.seq;
      const isOwn = after !== undefined && conversationOf(after) === conversation;
      const rows = allRows<Row>(sql.list, ...idRange(conversation), isOwn ? (from ?? -1) : -1, last ?? -1);
      return rows.reverse().map(read);
    },
    find: (entry) => readFound(getRow<Row>(sql.find, entry)),
    findSent: (providerId) => readFound(getRow<Row>(sql.findSent, providerId)),
  };
}

/** Text for the disk, made when the commit is handed over. */
export function packEntry(conversation: string, entry: Entry): PackedEntry {
  const { id, direction, at, status, providerId, ...body } = entry;
  assertOwnId(conversation, id);
  return {
    id,
    direction,
    at,
    status,
    providerId: providerId ?? null,
    body: JSON.stringify(body satisfies Body),
  };
}

function laterStatus(stored: DeliveryStatus, news: DeliveryStatus): DeliveryStatus {
  if (stored === 'received') return stored;
  return ORDER.indexOf(news) > ORDER.indexOf(stored) ? news : stored;
}

function prepare(db: DatabaseSync) {
  const columns = 'id, direction, status, at, provider_id, body';
  return {
    insert: db.prepare(
      'INSERT INTO entries (id, seq, direction, status, at, provider_id, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    status: db.prepare('SELECT status, provider_id FROM entries WHERE id = ?'),
    setStatus: db.prepare('UPDATE entries SET status = ?, provider_id = ? WHERE id = ?'),
    amend: db.prepare('UPDATE entries SET body = ? WHERE id = ?'),
    seq: db.prepare('SELECT seq FROM entries WHERE id = ?'),
    // Newest first, so that the limit keeps the newest.
    list: db.prepare(
      `SELECT ${columns} FROM entries WHERE id > ? AND id < ? AND seq > ? ORDER BY seq DESC LIMIT ?`,
    ),
    find: db.prepare(`SELECT ${columns} FROM entries WHERE id = ?`),
    findSent: db.prepare(
      `SELECT ${columns} FROM entries WHERE provider_id = ? AND direction = 'out' LIMIT 1`,
    ),
  };
}
