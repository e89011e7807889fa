/** The conversations as they stand: one row each, of which the clear part is kept at hand. */
import type { DatabaseSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import type { Attention, Conversation, Timer } from '../../conversation/types.ts';
import type { ConversationBody } from '../records.ts';
import { allRows, getRow } from './database.ts';
import type { Keyring } from './keyring.ts';

/** What must be known of a conversation to take its next step. */
export interface Head {
  /** The row. */
  n: number;
  version: number;
  isWithBot: boolean;
  timers: Timer[];
  /** No timer is due before; may be too early by far, so that not every step has to move it in its index. */
  dueAt: number | null;
  /** The row of the newest step, when this process wrote it. */
  step?: number;
}

/** A conversation after its step, on its way to the disk. */
export interface NextHead {
  id: string;
  version: number;
  channel: Conversation['channel'];
  flow: string;
  attention: Attention;
  timers: Timer[];
  /** ConversationBody as JSON, to be sealed. */
  body: string;
}

export interface Heads {
  find(id: string): Head | undefined;
  load(id: string): Conversation | undefined;
  listAttention(): Conversation[];
  /** Inside `Writer.write` only. `before` is what `find` gave; the row must not have changed since. */
  write(next: NextHead, before: Head | undefined): Head;
  /** Timers due, as `Jobs.dueTimers`, and rows whose `dueAt` was too early: those hide timers, move them first. */
  due(now: number, limit: number): { timers: DueTimer[]; early: string[] };
  /** Inside `Writer.write` only. Moves `dueAt` to the soonest timer. */
  moveDue(ids: string[]): void;
  /** Inside `Writer.write` only. */
  remove(id: string): void;
  /** What was rolled back is not at hand any more. */
  forget(): void;
}

export interface DueTimer {
  conversation: string;
  timer: string;
  dueAt: number;
}

interface Row {
  n: number;
  id: string;
  version: number;
  channel: Conversation['channel'];
  flow: string;
  attention: string | null;
  timers: string | null;
  due_at: number | null;
  body: Uint8Array;
}

const AT_HAND = 5_000;

export function createHeads(db: DatabaseSync, keyring: Keyring): Heads {
  const sql = prepare(db);
  const atHand = new LRUCache<string, Head>({ max: AT_HAND });

  function find(id: string): Head | undefined {
    const known = atHand.get(id);
    if (known) return known;
    const row = getRow<Row>(sql.find, id);
    return row && keep(row);
  }

  function keep({ n, id, version, attention, timers, due_at: dueAt }: Omit<Row, 'body'>): Head {
    const head = { n, version, isWithBot: attention === null, timers: unpackTimers(timers), dueAt };
    atHand.set(id, head);
    return head;
  }

  function read(row: Row): Conversation {
    const { id, version, channel, flow } = row;
    const body = JSON.parse(keyring.open(id, 'conversation', id, row.body).toString()) as ConversationBody;
    const attention: Attention = row.attention ? JSON.parse(row.attention) : { status: 'bot' };
    return { id, version, channel, flow, attention, ...body };
  }

  return {
    find,
    load: (id) => {
      const row = getRow<Row>(sql.load, id);
      if (!row) return undefined;
      // What is read here is stepped next. A head that is at hand knows more (`step`), and is never older.
      if (!atHand.has(id)) keep(row);
      return read(row);
    },
    listAttention: () => allRows<Row>(sql.listAttention).map(read),
    write: (next, before) => {
      const { id, version, channel, flow, timers } = next;
      const body = keyring.seal(id, 'conversation', id, next.body);
      const isWithBot = next.attention.status === 'bot';
      const packed = packTimers(timers);
      const soonest = soonestOf(timers);
      // The usual step touches no index at all.
      const isUsual =
        before?.isWithBot &&
        isWithBot &&
        (soonest === null || (before.dueAt !== null && before.dueAt <= soonest));
      if (before && isUsual) {
        sql.update.run(version, channel, flow, packed, body, before.n);
        return remember(id, { n: before.n, version, isWithBot, timers, dueAt: before.dueAt });
      }
      const since = next.attention.status === 'bot' ? null : next.attention.since;
      const attention = isWithBot ? null : JSON.stringify(next.attention);
      const values = [version, channel, flow, packed, body, since, attention, soonest];
      const n = before?.n ?? Number(sql.insert.run(...values, id).lastInsertRowid);
      if (before) sql.updateAll.run(...values, n);
      return remember(id, { n, version, isWithBot, timers, dueAt: soonest });
    },
    due: (now, limit) => {
      const rows = allRows<Pick<Row, 'id' | 'timers' | 'due_at'>>(sql.due, now, limit).map((row) => ({
        ...row,
        timers: unpackTimers(row.timers),
      }));
      const early = rows.filter((row) => soonestOf(row.timers) !== row.due_at).map(({ id }) => id);
      const timers = rows.flatMap((row) =>
        row.timers
          .filter(({ dueAt }) => dueAt <= now)
          .map(({ id, dueAt }) => ({ conversation: row.id, timer: id, dueAt })),
      );
      return { timers: timers.toSorted((a, b) => a.dueAt - b.dueAt).slice(0, limit), early };
    },
    moveDue: (ids) => {
      for (const id of ids) {
        const head = find(id);
        if (!head) continue;
        const dueAt = soonestOf(head.timers);
        sql.moveDue.run(dueAt, head.n);
        remember(id, { ...head, dueAt });
      }
    },
    remove: (id) => {
      sql.remove.run(id);
      atHand.delete(id);
    },
    forget: () => atHand.clear(),
  };

  function remember(id: string, head: Head): Head {
    atHand.set(id, head);
    return head;
  }
}

/** Timers as JSON, by id; `null` when there is none. */
export function packTimers(timers: Timer[]): string | null {
  if (timers.length === 0) return null;
  return JSON.stringify(Object.fromEntries(timers.map(({ id, dueAt }) => [id, dueAt])));
}

/** The reverse of `packTimers`. */
export function unpackTimers(text: string | null): Timer[] {
  if (text === null) return [];
  const byId = JSON.parse(text) as { [id: string]: number };
  return Object.entries(byId).map(([id, dueAt]) => ({ id, dueAt }));
}

/** `null` when there is no timer. */
export function soonestOf(timers: Timer[]): number | null {
  return timers.length === 0 ? null : Math.min(...timers.map(({ dueAt }) => dueAt));
}

function prepare(db: DatabaseSync) {
  const columns = 'n, id, version, channel, flow, attention, timers, due_at, body';
  return {
    find: db.prepare('SELECT n, id, version, attention, timers, due_at FROM conversations WHERE id = ?'),
    load: db.prepare(`SELECT ${columns} FROM conversations WHERE id = ?`),
    listAttention: db.prepare(
      `SELECT ${columns} FROM conversations WHERE since IS NOT NULL ORDER BY since, id`,
    ),
    insert: db.prepare(
      `INSERT INTO conversations (version, channel, flow, timers, body, since, attention, due_at, id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    update: db.prepare(
      'UPDATE conversations SET version = ?, channel = ?, flow = ?, timers = ?, body = ? WHERE n = ?',
    ),
    updateAll: db.prepare(
      `UPDATE conversations SET version = ?, channel = ?, flow = ?, timers = ?, body = ?, since = ?, attention = ?,
       due_at = ? WHERE n = ?`,
    ),
    due: db.prepare('SELECT id, timers, due_at FROM conversations WHERE due_at <= ? ORDER BY due_at LIMIT ?'),
    moveDue: db.prepare('UPDATE conversations SET due_at = ? WHERE n = ?'),
    remove: db.prepare('DELETE FROM conversations WHERE id = ?'),
  };
}
