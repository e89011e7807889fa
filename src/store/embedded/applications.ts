/** Requests (permohonan), in SQLite. Answers and PIN are sealed under the conversation's key. */
import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Application, ApplicationStore } from '../../applications/ports.ts';
import { allRows, getRow } from './database.ts';
import type { Keyring } from './keyring.ts';
import type { Writer } from './writer.ts';

interface Row {
  number: string;
  filed_by: string;
  version: number;
  conversation: string;
  service: string;
  state: Application['state'];
  submitted_at: number;
  due_at: number;
  pin_failures: number;
  pin_locked_until: number;
  body: Uint8Array;
}

/** Implements the port; see there for the promises. */
export function createApplicationStore(deps: {
  db: DatabaseSync;
  writer: Writer;
  keyring: Keyring;
}): ApplicationStore {
  const { db, writer, keyring } = deps;
  const sql = prepare(db);

  function read(row: Row): Application {
    return {
      number: row.number,
      filedBy: row.filed_by,
      version: row.version,
      conversation: row.conversation,
      service: row.service,
      state: row.state,
      ...readBody(keyring, row),
      submittedAt: row.submitted_at,
      dueAt: row.due_at,
      pinFailures: row.pin_failures,
      pinLockedUntil: row.pin_locked_until,
    };
  }

  function insert(application: Application): void {
    const { number, filedBy, version, conversation, service, state, submittedAt, dueAt } = application;
    const { pinFailures, pinLockedUntil } = application;
    const body = sealBody(keyring, application);
    sql.insert.run(
      number,
      filedBy,
      version,
      conversation,
      service,
      state,
      submittedAt,
      dueAt,
      pinFailures,
      pinLockedUntil,
      body,
    );
  }

  return {
    create: ({ numberFor, series, ...draft }) =>
      writer.write(() => {
        const earlier = getRow<Row>(sql.findFiled, draft.filedBy);
        if (earlier) return read(earlier);
        const serial = getRow<{ last: number }>(sql.nextSerial, series)?.last ?? 1;
        const application = { ...draft, number: numberFor(serial), version: 1 };
        insert(application);
        return application;
      }),
    find: async (number) => {
      const row = getRow<Row>(sql.find, number);
      return row && read(row);
    },
    findByConversation: async (conversation) => allRows<Row>(sql.findByConversation, conversation).map(read),
    update: (application) =>
      writer.write(() => {
        const { number, version, service, state, dueAt, pinFailures, pinLockedUntil } = application;
        const stored = getRow<Row>(sql.find, number);
        if (stored?.version !== version - 1) return 'conflict';
        const body = sealBody(keyring, { ...application, conversation: stored.conversation });
        sql.update.run(version, service, state, dueAt, pinFailures, pinLockedUntil, body, number);
        return 'updated';
      }),
  };
}

function sealBody(keyring: Keyring, { number, conversation, answers, pin }: Application): Uint8Array {
  return keyring.seal(conversation, 'application', number, JSON.stringify({ answers, pin }));
}

/** What is left of an erased case is its skeleton: no answers, and a PIN that nobody has. */
function readBody(keyring: Keyring, row: Row): Pick<Application, 'answers' | 'pin'> {
  if (row.body.length === 0) return { answers: {}, pin: randomBytes(16).toString('hex') };
  return JSON.parse(keyring.open(row.conversation, 'application', row.number, row.body).toString());
}

function prepare(db: DatabaseSync) {
  const columns = `number, filed_by, version, conversation, service, state, submitted_at, due_at, pin_failures,
    pin_locked_until, body`;
  return {
    find: db.prepare(`SELECT ${columns} FROM applications WHERE number = ?`),
    findFiled: db.prepare(`SELECT ${columns} FROM applications WHERE filed_by = ?`),
    findByConversation: db.prepare(`SELECT ${columns} FROM applications WHERE conversation = ? ORDER BY seq`),
    nextSerial: db.prepare(
      `INSERT INTO series (name, last) VALUES (?, 1)
       ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last`,
    ),
    insert: db.prepare(`INSERT INTO applications (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    update: db.prepare(
      `UPDATE applications SET version = ?, service = ?, state = ?, due_at = ?, pin_failures = ?,
       pin_locked_until = ?, body = ? WHERE number = ?`,
    ),
  };
}
