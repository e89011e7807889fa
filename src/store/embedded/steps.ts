/** The steps: one row for each commit, appended, and changed only when a delivery or an effect gets further. */
import { hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { parseStepId, type StepId } from '../step-ids.ts';
import { allRows, getRow } from './database.ts';
import type { Heads } from './heads.ts';
import {
  type Buried,
  type Marks,
  type Pending,
  packLeft,
  packMarks,
  unpackLeft,
  unpackMarks,
  withNews,
} from './step-marks.ts';

/** A row of `steps` with its conversation's id; columns as in schema.ts. */
export interface StepRow {
  k: number;
  id: string;
  version: number;
  committed_at: number;
  marks: string | null;
  pending: string | null;
  buried: string | null;
  amends: string | null;
  lines: Uint8Array | null;
}

/** A step on its way to the disk; the texts are packed already. */
export interface NewStep {
  version: number;
  committedAt: number;
  inbound: Uint8Array | null;
  effectDone: string | null;
  marks: string | null;
  pending: string | null;
  amends: string | null;
  lines: Uint8Array | null;
}

/** What may change of a step. */
export interface OpenStep extends StepId {
  k: number;
  marks: Marks;
  pending: Pending;
  buried: Buried;
}

export interface Steps {
  hasInbound(n: number, inbound: Uint8Array): boolean;
  /** Inside `Writer.write` only. Gives the row. `sentIds` are the providers' ids of what was sent. */
  insert(n: number, step: NewStep, sentIds: string[]): number;
  /** What may change of the step that an entry or effect is of; `undefined` when there is none. */
  open(id: string): OpenStep | undefined;
  /** Inside `Writer.write` only. Writes the parts that are given. */
  change(step: OpenStep, next: { marks?: Marks; pending?: Pending; buried?: Buried }): void;
  /** The marks of a step after news of its entry, and keeps the way to it by the provider's id. */
  news(step: OpenStep, name: string, news: Parameters<typeof withNews>[2]): Marks | undefined;
  /** The whole row of one step. */
  row(id: StepId): StepRow | undefined;
  /** The rows of a conversation from `version` on, newest first; read one by one, so that nobody need read them all. */
  newestFirst(n: number, version: number): Iterable<StepRow>;
  pending(n?: number): StepRow[];
  buried(): StepRow[];
  /** Rows that may have sent this. */
  sentAs(providerId: string): StepRow[];
  /** Inside `Writer.write` only. */
  removeAll(n: number): void;
}

export function createSteps(db: DatabaseSync, heads: Heads): Steps {
  const sql = prepare(db);

  /** The newest step of a conversation is known mostly; any other is found by reading along the index. */
  function rowOf({ conversation, version }: StepId): number | undefined {
    const head = heads.find(conversation);
    if (!head) return undefined;
    if (head.step !== undefined && head.version === version) return head.step;
    return getRow<{ k: number }>(sql.find, head.n, version)?.k;
  }

  const keepSent = (providerId: string, k: number) => sql.insertSent.run(sentMark(providerId), k);

  return {
    hasInbound: (n, inbound) => sql.hasInbound.get(n, inbound) !== undefined,
    insert: (n, step, sentIds) => {
      const { version, committedAt, inbound, effectDone, marks, pending, amends, lines } = step;
      const k = Number(
        sql.insert.run(n, version, committedAt, inbound, effectDone, marks, pending, amends, lines)
          .lastInsertRowid,
      );
      for (const id of sentIds) keepSent(id, k);
      return k;
    },
    open: (id) => {
      const parts = parseStepId(id);
      const k = parts && rowOf(parts);
      if (k === undefined) return undefined;
      const row = getRow<Pick<StepRow, 'marks' | 'pending' | 'buried'>>(sql.open, k);
      if (!row) return undefined;
      const { marks, pending, buried } = row;
      return {
        ...parts,
        k,
        marks: unpackMarks(marks),
        pending: unpackLeft<Pending>(pending),
        buried: unpackLeft<Buried>(buried),
      } as OpenStep;
    },
    change: ({ k, ...step }, { marks, pending, buried }) => {
      // The usual change (sent, and done) touches the index of what is pending, and no other.
      if (buried)
        sql.changeAll.run(
          packMarks(marks ?? step.marks),
          packLeft(pending ?? step.pending),
          packLeft(buried),
          k,
        );
      else if (pending) sql.changePending.run(packMarks(marks ?? step.marks), packLeft(pending), k);
      else if (marks) sql.changeMarks.run(packMarks(marks), k);
    },
    news: (step, name, news) => {
      if (news.providerId) keepSent(news.providerId, step.k);
      return withNews(step.marks, name, news);
    },
    row: (id) => {
      const k = rowOf(id);
      return k === undefined ? undefined : getRow<StepRow>(sql.row, k);
    },
    *newestFirst(n, version) {
      for (const { k } of allRows<{ k: number }>(sql.newest, n, version)) {
        const row = getRow<StepRow>(sql.row, k);
        if (row) yield row;
      }
    },
    pending: (n) => (n === undefined ? allRows(sql.allPending) : allRows(sql.pendingOf, n)),
    buried: () => allRows(sql.buried),
    sentAs: (providerId) => allRows(sql.sentAs, sentMark(providerId)),
    removeAll: (n) => {
      for (const { k, marks } of allRows<{ k: number; marks: string | null }>(sql.marksOf, n)) {
        for (const { providerId } of unpackMarks(marks).entries)
          if (providerId) sql.removeSent.run(sentMark(providerId), k);
      }
      sql.remove.run(n);
    },
  };
}

/** 48 bits of the hash of a provider's id; what is found by it must be compared. */
export function sentMark(providerId: string): number {
  return Number.parseInt(hash('sha256', providerId).slice(0, 12), 16);
}

function prepare(db: DatabaseSync) {
  const row = `SELECT s.k, c.id, s.version, s.committed_at, s.marks, s.pending, s.buried, s.amends, s.lines FROM steps s
    JOIN conversations c ON c.n = s.conversation`;
  return {
    hasInbound: db.prepare('SELECT 1 FROM steps WHERE conversation = ? AND inbound = ?'),
    insert: db.prepare(
      `INSERT INTO steps (conversation, version, committed_at, inbound, effect_done, marks, pending, amends, lines)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    find: db.prepare('SELECT k FROM steps INDEXED BY steps_of WHERE conversation = ? AND version = ?'),
    open: db.prepare('SELECT marks, pending, buried FROM steps WHERE k = ?'),
    changeMarks: db.prepare('UPDATE steps SET marks = ? WHERE k = ?'),
    changePending: db.prepare('UPDATE steps SET marks = ?, pending = ? WHERE k = ?'),
    changeAll: db.prepare('UPDATE steps SET marks = ?, pending = ?, buried = ? WHERE k = ?'),
    row: db.prepare(`${row} WHERE s.k = ?`),
    newest: db.prepare(
      'SELECT k FROM steps INDEXED BY steps_of WHERE conversation = ? AND version >= ? ORDER BY version DESC',
    ),
    pendingOf: db.prepare(`${row} WHERE s.pending IS NOT NULL AND s.conversation = ? ORDER BY s.version`),
    allPending: db.prepare(`${row} WHERE s.pending IS NOT NULL ORDER BY s.conversation, s.version`),
    buried: db.prepare(`${row} WHERE s.buried IS NOT NULL`),
    insertSent: db.prepare('INSERT INTO sent (mark, step) VALUES (?, ?) ON CONFLICT DO NOTHING'),
    sentAs: db.prepare(`${row} WHERE s.k IN (SELECT step FROM sent WHERE mark = ?)`),
    marksOf: db.prepare('SELECT k, marks FROM steps WHERE conversation = ?'),
    removeSent: db.prepare('DELETE FROM sent WHERE mark = ? AND step = ?'),
    remove: db.prepare('DELETE FROM steps WHERE conversation = ?'),
  };
}
