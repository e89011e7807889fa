/** Requests (permohonan), in SQLite. ApplicationBody is sealed under the key of its case. */
import type { DatabaseSync } from 'node:sqlite';
import {
  APPLICATION_STATES,
  type Application,
  type ApplicationBody,
  type ApplicationQuery,
  type ApplicationState,
  type ApplicationStore,
} from '../../applications/ports.ts';
import { beginApplication, erasedBody, ownersOf, packBody, unpackBody } from '../application-body.ts';
import { allRows, getRow } from './database.ts';
import type { Keyring } from './keyring.ts';
import type { Writer } from './writer.ts';

/** As `COLUMNS` names them; `assignee` and `marks` are JSON. */
type Row = Omit<Application, keyof ApplicationBody | 'assignee' | 'marks'> & {
  seq: number;
  assignee: string | null;
  marks: string;
  body: Uint8Array;
};

type StateCount = Awaited<ReturnType<ApplicationStore['countStates']>>[number];

/** Implements the port; see there for the promises. */
export function createApplicationStore(deps: {
  db: DatabaseSync;
  writer: Writer;
  keyring: Keyring;
}): ApplicationStore {
  const { db, writer, keyring } = deps;
  const sql = prepare(db);

  function read({ seq: _, body, assignee, marks, ...clear }: Row): Application {
    return {
      ...clear,
      ...(assignee === null ? {} : { assignee: JSON.parse(assignee) }),
      marks: JSON.parse(marks),
      ...(body.length === 0 ? erasedBody() : unpackBody(openBody(keyring, { ...clear, body }))),
    };
  }

  /** What is written of an application whenever it changes. */
  function values(application: Application) {
    const { number, version, service, state, dueAt } = application;
    const { pinFailures, pinLockedUntil, assignee, marks, untold } = application;
    return {
      ...{ number, version, service, state, dueAt, pinFailures, pinLockedUntil },
      assignee: assignee ? JSON.stringify(assignee) : null,
      marks: JSON.stringify(marks),
      untold: Number(untold.length > 0),
      body: keyring.seal(ownersOf(application)[0], 'application', number, packBody(application)),
    };
  }

  function insert(application: Application): void {
    const { filedBy, conversation, submittedAt } = application;
    const row = { ...values(application), filedBy, conversation, submittedAt };
    const seq = Number(sql.insert.run(row).lastInsertRowid);
    for (const mark of application.marks) sql.insertMark.run(mark, seq);
  }

  function update(stored: Row, application: Application): void {
    const { filedBy, conversation } = stored;
    const row = values({ ...application, filedBy, conversation });
    sql.update.run(row);
    if (row.marks === stored.marks) return;
    for (const mark of JSON.parse(stored.marks)) sql.removeMark.run(mark, stored.seq);
    for (const mark of application.marks) sql.insertMark.run(mark, stored.seq);
  }

  return {
    create: ({ numberFor, series, ...draft }) =>
      writer.write(() => {
        const earlier = getRow<Row>(sql.findFiled, draft.filedBy);
        if (earlier) return read(earlier);
        const serial = getRow<{ last: number }>(sql.nextSerial, series)?.last ?? 1;
        const application = beginApplication(draft, numberFor(serial));
        insert(application);
        return application;
      }),
    find: async (number) => {
      const row = getRow<Row>(sql.find, number);
      return row && read(row);
    },
    findByConversation: async (conversation) => allRows<Row>(sql.findByConversation, conversation).map(read),
    findByMark: async (mark) => allRows<Row>(sql.findByMark, mark).map(read),
    list: async ({ states = APPLICATION_STATES, ...query }) =>
      // State by state, each in the order of its index; together they would have to be sorted first.
      [...new Set(states)]
        .flatMap((state) => sql.list.all(listValues(state, query)) as unknown as Row[])
        .sort(byDue)
        .slice(0, query.limit)
        .map(read),
    countStates: async (now) => allRows<StateCount>(sql.countStates, now).map((row) => ({ ...row })),
    listUntold: async (limit) => allRows<Row>(sql.listUntold, limit).map(read),
    update: (application) =>
      writer.write(() => {
        const stored = getRow<Row>(sql.find, application.number);
        if (stored?.version !== application.version - 1) return 'conflict';
        update(stored, application);
        return 'updated';
      }),
  };
}

/** The text of a body. Throws as `Keyring.open` of the case's own key. */
export function openBody(
  keyring: Keyring,
  { body, number, ...owned }: Pick<Row, 'body' | 'number' | 'filedBy' | 'conversation'>,
): string {
  let fault: unknown;
  for (const owner of ownersOf(owned)) {
    try {
      return keyring.open(owner, 'application', number, body).toString();
    } catch (cause) {
      fault ??= cause;
    }
  }
  throw fault;
}

function byDue(a: Row, b: Row): number {
  return a.dueAt - b.dueAt || (a.number < b.number ? -1 : 1);
}

function listValues(state: ApplicationState, query: Omit<ApplicationQuery, 'states'>) {
  const { service, assignee, submittedFrom, submittedUntil, isKept = false, after, limit } = query;
  return {
    isKept: Number(isKept),
    state,
    service: service ?? null,
    isOfAnybody: Number(assignee === undefined),
    assignee: assignee ?? null,
    from: submittedFrom ?? Number.MIN_SAFE_INTEGER,
    until: submittedUntil ?? Number.MAX_SAFE_INTEGER,
    afterDue: after?.dueAt ?? Number.MIN_SAFE_INTEGER,
    afterNumber: after?.number ?? '',
    limit,
  };
}

const COLUMNS = `seq, number, filed_by AS filedBy, version, conversation, service, state, submitted_at AS submittedAt,
  due_at AS dueAt, pin_failures AS pinFailures, pin_locked_until AS pinLockedUntil, assignee, marks, body`;

function prepare(db: DatabaseSync) {
  const select = `SELECT ${COLUMNS} FROM applications`;
  return {
    find: db.prepare(`${select} WHERE number = ?`),
    findFiled: db.prepare(`${select} WHERE filed_by = ?`),
    findByConversation: db.prepare(`${select} WHERE conversation = ? ORDER BY seq`),
    findByMark: db.prepare(
      `${select} WHERE seq IN (SELECT seq FROM application_marks WHERE mark = ? ORDER BY seq DESC LIMIT 50)
       ORDER BY seq DESC`,
    ),
    list: db.prepare(
      `${select} WHERE state = :state AND (due_at, number) > (:afterDue, :afterNumber)
       AND (:service IS NULL OR service = :service) AND (:isOfAnybody OR assignee ->> '$.id' IS :assignee)
       AND submitted_at >= :from AND submitted_at < :until AND (NOT :isKept OR body <> x'') ORDER BY due_at, number LIMIT :limit`,
    ),
    countStates: db.prepare(
      `SELECT state, count(*) AS count, sum(due_at < ?) AS late FROM applications GROUP BY state ORDER BY state`,
    ),
    listUntold: db.prepare(`${select} WHERE untold = 1 ORDER BY seq LIMIT ?`),
    nextSerial: db.prepare(
      `INSERT INTO series (name, last) VALUES (?, 1)
       ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last`,
    ),
    insert: db.prepare(
      `INSERT INTO applications (number, filed_by, version, conversation, service, state, submitted_at, due_at,
       pin_failures, pin_locked_until, assignee, marks, untold, body)
       VALUES (:number, :filedBy, :version, :conversation, :service, :state, :submittedAt, :dueAt,
       :pinFailures, :pinLockedUntil, :assignee, :marks, :untold, :body)`,
    ),
    update: db.prepare(
      `UPDATE applications SET version = :version, service = :service, state = :state, due_at = :dueAt,
       pin_failures = :pinFailures, pin_locked_until = :pinLockedUntil, assignee = :assignee, marks = :marks,
       untold = :untold, body = :body WHERE number = :number`,
    ),
    insertMark: db.prepare('INSERT INTO application_marks (mark, seq) VALUES (?, ?) ON CONFLICT DO NOTHING'),
    removeMark: db.prepare('DELETE FROM application_marks WHERE mark = ? AND seq = ?'),
  };
}
