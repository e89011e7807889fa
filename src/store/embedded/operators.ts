/** Operators and their sessions, in SQLite. */
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../errors.ts';
import type { Operator, OperatorStore, Session } from '../../handoff/ports.ts';
import { allRows, getRow } from './database.ts';
import type { Writer } from './writer.ts';

type Row = Omit<Operator, 'mustChangePassword' | 'disabled'> & {
  mustChangePassword: number;
  disabled: number;
};

/** Implements the port. `update` throws AppError TAKEN for another's username, NOT_FOUND for an unknown id. */
export function createOperatorStore(db: DatabaseSync, writer: Writer): OperatorStore {
  const sql = prepare(db);
  const isTaken = ({ id, username }: Operator) => sql.taken.get(usernameKey(username), id) !== undefined;

  return {
    add: (operator) =>
      writer.write(() => {
        if (isTaken({ ...operator, id: '' })) return 'taken';
        sql.add.run(...values(operator), operator.id);
        return 'added';
      }),
    update: (operator) =>
      writer.write(() => {
        if (isTaken(operator))
          throw new AppError('TAKEN', { detail: 'the username belongs to another operator' });
        if (sql.update.run(...values(operator), operator.id).changes === 1) return;
        throw new AppError('NOT_FOUND', { detail: `no operator ${operator.id}` });
      }),
    findByUsername: async (username) => read(getRow<Row>(sql.findByUsername, usernameKey(username))),
    find: async (id) => read(getRow<Row>(sql.find, id)),
    list: async () => allRows<Row>(sql.list).map(readRow),
    openSession: (session) =>
      writer.write(() => {
        const { tokenHash, operator, csrf, createdAt, expiresAt } = session;
        sql.endExpired.run(createdAt);
        sql.openSession.run(tokenHash, operator, csrf, createdAt, expiresAt);
      }),
    findSession: async (tokenHash) => {
      const row = getRow<Session>(sql.findSession, tokenHash);
      return row && { ...row };
    },
    closeSession: (tokenHash) =>
      writer.write(() => {
        sql.closeSession.run(tokenHash);
      }),
    closeSessions: (operator) =>
      writer.write(() => {
        sql.closeSessions.run(operator);
      }),
  };
}

/** What usernames are compared by. */
export const usernameKey = (username: string) => username.normalize('NFC').toLowerCase();

function values(operator: Operator): (string | number)[] {
  const { username, name, role, passwordHash, createdAt, failures, lockedUntil } = operator;
  const mustChange = Number(operator.mustChangePassword);
  const disabled = Number(operator.disabled);
  return [
    username,
    usernameKey(username),
    name,
    role,
    passwordHash,
    mustChange,
    disabled,
    createdAt,
    failures,
    lockedUntil,
  ];
}

const read = (row: Row | undefined) => row && readRow(row);

function readRow(row: Row): Operator {
  return { ...row, mustChangePassword: row.mustChangePassword === 1, disabled: row.disabled === 1 };
}

function prepare(db: DatabaseSync) {
  const select = `SELECT id, username, name, role, password_hash AS passwordHash, must_change AS mustChangePassword,
    disabled, created_at AS createdAt, failures, locked_until AS lockedUntil FROM operators`;
  return {
    taken: db.prepare('SELECT 1 FROM operators WHERE username_key = ? AND id <> ?'),
    add: db.prepare(
      `INSERT INTO operators (username, username_key, name, role, password_hash, must_change, disabled, created_at,
       failures, locked_until, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    update: db.prepare(
      `UPDATE operators SET username = ?, username_key = ?, name = ?, role = ?, password_hash = ?, must_change = ?,
       disabled = ?, created_at = ?, failures = ?, locked_until = ? WHERE id = ?`,
    ),
    findByUsername: db.prepare(`${select} WHERE username_key = ?`),
    find: db.prepare(`${select} WHERE id = ?`),
    list: db.prepare(`${select} ORDER BY username_key`),
    openSession: db.prepare(
      'INSERT INTO sessions (token_hash, operator, csrf, created_at, expires_at) VALUES (?, ?, ?, ?, ?)',
    ),
    endExpired: db.prepare('DELETE FROM sessions WHERE expires_at <= ?'),
    findSession: db.prepare(
      `SELECT token_hash AS tokenHash, operator, csrf, created_at AS createdAt, expires_at AS expiresAt
       FROM sessions WHERE token_hash = ?`,
    ),
    closeSession: db.prepare('DELETE FROM sessions WHERE token_hash = ?'),
    closeSessions: db.prepare('DELETE FROM sessions WHERE operator = ?'),
  };
}
