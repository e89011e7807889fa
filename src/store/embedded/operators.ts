/** Operators and their sessions, in SQLite. */
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../errors.ts';
import type { Operator, OperatorStore, Session } from '../../handoff/ports.ts';
import { OFFICE, type SealedOperator } from '../records.ts';
import { allRows, getRow } from './database.ts';
import type { Keyring } from './keyring.ts';
import type { Writer } from './writer.ts';

type Row = Omit<Operator, 'mustChangePassword' | 'disabled' | 'totp'> & {
  mustChangePassword: number;
  disabled: number;
  totp: Uint8Array | null;
};

/** Implements the port. `update` throws AppError TAKEN for another's username, NOT_FOUND for an unknown id. */
export function createOperatorStore(deps: {
  db: DatabaseSync;
  writer: Writer;
  keyring: Keyring;
}): OperatorStore {
  const { db, writer, keyring } = deps;
  const sql = prepare(db);
  const isTaken = ({ id, username }: Operator) => sql.taken.get(usernameKey(username), id) !== undefined;

  function seal({ totp, ...operator }: Operator): SealedOperator {
    if (!totp) return operator;
    return { ...operator, totp: keyring.seal(OFFICE, 'totp', operator.id, JSON.stringify(totp)) };
  }

  function readRow(row: Row): Operator {
    const { totp, ...operator } = openRow(row);
    if (!totp) return operator;
    return { ...operator, totp: JSON.parse(keyring.open(OFFICE, 'totp', row.id, totp).toString()) };
  }

  const read = (row: Row | undefined) => row && readRow(row);

  return {
    add: (operator) =>
      writer.write(() => {
        if (isTaken({ ...operator, id: '' })) return 'taken';
        sql.add.run(values(seal(operator)));
        return 'added';
      }),
    update: (operator) =>
      writer.write(() => {
        if (isTaken(operator))
          throw new AppError('TAKEN', { detail: 'the username belongs to another operator' });
        if (sql.update.run(values(seal(operator))).changes === 1) return;
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

/** The operator as its row has it. */
function values(operator: SealedOperator) {
  const { id, username, name, role, passwordHash, createdAt, failures, lockedUntil, totp } = operator;
  return {
    ...{ id, username, name, role, passwordHash, createdAt, failures, lockedUntil },
    usernameKey: usernameKey(username),
    mustChangePassword: Number(operator.mustChangePassword),
    disabled: Number(operator.disabled),
    totp: totp ?? null,
  };
}

/** The reverse of `values`. */
function openRow({ totp, ...row }: Row): SealedOperator {
  const operator = { ...row, mustChangePassword: row.mustChangePassword === 1, disabled: row.disabled === 1 };
  return totp ? { ...operator, totp } : operator;
}

function prepare(db: DatabaseSync) {
  const select = `SELECT id, username, name, role, password_hash AS passwordHash, must_change AS mustChangePassword,
    disabled, created_at AS createdAt, failures, locked_until AS lockedUntil, totp FROM operators`;
  return {
    taken: db.prepare('SELECT 1 FROM operators WHERE username_key = ? AND id <> ?'),
    add: db.prepare(
      `INSERT INTO operators (id, username, username_key, name, role, password_hash, must_change, disabled, created_at,
       failures, locked_until, totp) VALUES (:id, :username, :usernameKey, :name, :role, :passwordHash,
       :mustChangePassword, :disabled, :createdAt, :failures, :lockedUntil, :totp)`,
    ),
    update: db.prepare(
      `UPDATE operators SET username = :username, username_key = :usernameKey, name = :name, role = :role,
       password_hash = :passwordHash, must_change = :mustChangePassword, disabled = :disabled, created_at = :createdAt,
       failures = :failures, locked_until = :lockedUntil, totp = :totp WHERE id = :id`,
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
