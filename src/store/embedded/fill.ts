/** Puts the records of a copy into an empty database. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../errors.ts';
import type { Envelope } from '../envelope.ts';
import type { StepRecord, StoreRecord } from '../records.ts';
import { packWho } from '../who.ts';
import { getRow } from './database.ts';
import { packTimers, soonestOf } from './heads.ts';
import { usernameKey } from './operators.ts';
import { packLeft, packMarks } from './step-marks.ts';
import { sentMark } from './steps.ts';

const TABLES = [
  ...['keys', 'conversations', 'steps', 'series', 'applications', 'bookings', 'visit_marks', 'tickets'],
  ...['stock', 'files', 'links', 'issued'],
  ...['operators', 'audit', 'counts', 'settings'],
];
const TURN = 500;

export interface FillOptions {
  /** A connection that nobody else uses; its database is written in one transaction. */
  db: DatabaseSync;
  envelope: Envelope;
  writeFile(id: string, sealed: Uint8Array): Promise<void>;
}

/**
 * Writes all records or none; the order of the records does not matter. (Bytes of files written before a fault stay
 * where they are; nothing knows of them, and the next filling writes over them.)
 * Throws AppError TAKEN when the database holds data, KEY_WRONG when the copy was sealed under another master key,
 * INVALID_REQUEST when something is missing from it.
 */
export async function fillDatabase(
  records: AsyncIterable<StoreRecord>,
  { db, envelope, writeFile }: FillOptions,
): Promise<void> {
  db.exec('BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON');
  try {
    refuseData(db);
    const put = createPut(db);
    let count = 0;
    let hasIndexKey = false;
    for await (const record of records) {
      if (++count % TURN === 0) await nextTurn();
      if (record.kind === 'meta' && record.name === 'index-key') {
        envelope.openHash(record.value);
        hasIndexKey = true;
      }
      if (record.kind === 'file') await writeFile(record.id, record.sealed);
      put(record);
    }
    refuseGaps(db, hasIndexKey);
    db.exec('COMMIT');
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('STORE_UNAVAILABLE', {
      detail: 'the copy could not be written into this store',
      cause,
    });
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK');
  }
}

function refuseData(db: DatabaseSync): void {
  for (const table of TABLES) {
    if (db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined) continue;
    throw new AppError('TAKEN', { detail: 'this store holds data already: a copy goes into an empty one' });
  }
}

/** A step without its conversation has a row that nobody wrote (version 0). */
function refuseGaps(db: DatabaseSync, hasIndexKey: boolean): void {
  if (hasIndexKey && !db.prepare('SELECT 1 FROM conversations WHERE version = 0').get()) return;
  throw new AppError('INVALID_REQUEST', {
    detail: 'the copy is not whole: keys or conversations are missing',
  });
}

/** Writes one record. */
function createPut(db: DatabaseSync): (record: StoreRecord) => void {
  const statements = new Map<string, StatementSync>();
  const put = createPutWith((sql, ...values) => {
    const statement = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, statement);
    return { row: () => getRow<{ n: number }>(statement, ...values), run: () => statement.run(...values) };
  });
  return (record) => put[record.kind](record as never);
}

type Query = (
  sql: string,
  ...values: SQLInputValue[]
) => { row(): { n: number } | undefined; run(): { lastInsertRowid: number | bigint } };
type PutAll = { [K in StoreRecord['kind']]: (record: Extract<StoreRecord, { kind: K }>) => void };

function createPutWith(query: Query): PutAll {
  const insert = (table: string, columns: { [column: string]: SQLInputValue }) => {
    const names = Object.keys(columns);
    const sql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
    return Number(query(sql, ...Object.values(columns)).run().lastInsertRowid);
  };
  /** The row of a conversation, which may come after its steps. */
  const rowOf = (id: string) =>
    query('SELECT n FROM conversations WHERE id = ?', id).row()?.n ??
    insert('conversations', { id, version: 0, channel: '', flow: '', body: new Uint8Array() });

  return {
    meta: ({ name, value }) => {
      query(
        'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
        ...[name, value],
      ).run();
    },
    key: ({ owner, masterId, wrapped }) => insert('keys', { owner, master_id: masterId, wrapped }),
    conversation: ({ id, version, channel, flow, attention, timers, body }) => {
      const isWithBot = attention.status === 'bot';
      query(
        `UPDATE conversations SET version = ?, channel = ?, flow = ?, since = ?, attention = ?, timers = ?, due_at = ?,
         body = ? WHERE n = ?`,
        ...[version, channel, flow, isWithBot ? null : attention.since],
        ...[
          isWithBot ? null : JSON.stringify(attention),
          packTimers(timers),
          soonestOf(timers),
          body,
          rowOf(id),
        ],
      ).run();
    },
    step: (record) => {
      const k = insert('steps', { conversation: rowOf(record.conversation), ...stepColumns(record) });
      for (const { direction, providerId } of record.entries)
        if (direction === 'out' && providerId) insert('sent', { mark: sentMark(providerId), step: k });
    },
    series: ({ name, last }) => insert('series', { name, last }),
    application: ({ kind: _, filedBy, submittedAt, dueAt, pinFailures, pinLockedUntil, ...record }) => {
      const { assignee, marks, hasUntold, ...same } = record;
      insert('applications', {
        ...same,
        filed_by: filedBy,
        submitted_at: submittedAt,
        due_at: dueAt,
        pin_failures: pinFailures,
        pin_locked_until: pinLockedUntil,
        assignee: assignee ? JSON.stringify(assignee) : null,
        marks: JSON.stringify(marks),
        untold: Number(hasUntold),
      });
      for (const mark of new Set(marks)) insert('application_marks', { mark, seq: same.seq });
    },
    booking: ({ kind: _, startAt, endAt, bookedAt, heldUntil, movedBy, ...same }) =>
      insert('bookings', {
        ...{ ...same, start_at: startAt, end_at: endAt, booked_at: bookedAt },
        ...{ held_until: heldUntil ?? null, moved_by: movedBy ?? null },
      }),
    'visit-mark': ({ mark }) => insert('visit_marks', { ...mark, by: packWho(mark.by) }),
    ticket: ({ ticket: { expectedAt, calledAt, endedAt, outcome, ...same } }) =>
      insert('tickets', {
        ...{ ...same, expected_at: expectedAt, called_at: calledAt ?? null, ended_at: endedAt ?? null },
        outcome: outcome ?? null,
      }),
    stock: ({ entry: { by, reference, ...same } }) =>
      insert('stock', { ...same, by: packWho(by), reference: reference ?? null }),
    file: ({ id, owner, contentType, sizeBytes, at, name }) =>
      insert('files', {
        ...{ id, owner, content_type: contentType, size_bytes: sizeBytes, at },
        name: name ?? null,
      }),
    link: ({ link: { tokenHash, expiresAt, usedAt, step, file, application, ...same } }) =>
      insert('links', {
        ...same,
        token_hash: tokenHash,
        ...{ step: step ?? null, file: file ?? null, application: application ?? null },
        ...{ expires_at: expiresAt, used_at: usedAt ?? null },
      }),
    issued: ({ document: { issuedAt, supersededBy, ...same } }) =>
      insert('issued', { ...same, issued_at: issuedAt, superseded_by: supersededBy ?? null }),
    operator: ({ operator }) => {
      const { passwordHash, mustChangePassword, disabled, createdAt, lockedUntil, ...same } = operator;
      insert('operators', {
        ...same,
        username_key: usernameKey(operator.username),
        password_hash: passwordHash,
        must_change: Number(mustChangePassword),
        disabled: Number(disabled),
        created_at: createdAt,
        locked_until: lockedUntil,
      });
    },
    session: ({ session: { tokenHash, operator, csrf, createdAt, expiresAt } }) =>
      insert('sessions', {
        ...{ token_hash: tokenHash, operator, csrf },
        ...{ created_at: createdAt, expires_at: expiresAt },
      }),
    audit: ({ entry }) => insert('audit', { ...entry, details: JSON.stringify(entry.details) }),
    count: ({ kind: _, ...count }) => insert('counts', count),
    setting: ({ kind: _, ...setting }) => insert('settings', setting),
  };
}

function stepColumns(record: StepRecord): { [column: string]: SQLInputValue } {
  const { version, committedAt, inbound, effectDone, entries, pending, buried, amends, lines } = record;
  const asked = [...pending, ...buried].map(({ name, type }) => ({ name, type }));
  return {
    ...{ version, committed_at: committedAt, effect_done: effectDone ?? null, lines: lines ?? null },
    inbound: inbound === undefined ? null : Buffer.from(inbound.slice(12), 'hex'),
    marks: packMarks({ entries, asked }),
    pending: packLeft(
      Object.fromEntries(
        pending.map(({ name, tries, dueAt }): [string, [number, number]] => [name, [tries, dueAt]]),
      ),
    ),
    buried: packLeft(
      Object.fromEntries(buried.map(({ name, tries, reason, at }) => [name, { tries, reason, at }])),
    ),
    amends: amends.length === 0 ? null : JSON.stringify(amends),
  };
}
