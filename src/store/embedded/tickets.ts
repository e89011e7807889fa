/** The queue of those without a time, in SQLite. One writer at a time makes asking for the next and taking it one act. */
import type { DatabaseSync } from 'node:sqlite';
import type { QueueStore, Ticket } from '../../pickup/ports.ts';
import { newId } from '../booking-rules.ts';
import { allRows, getRow } from './database.ts';
import type { Writer } from './writer.ts';

type Wanted = Parameters<QueueStore['take']>[0];

/** Implements the port; see there for the promises. */
export function createQueueStore(db: DatabaseSync, writer: Writer): QueueStore {
  const sql = prepare(db);
  const find = (id: string) => readTicket(getRow<Row>(sql.find, id));

  function takeNow({ expectedAt, perDay, ...wanted }: Wanted): Ticket | 'full' {
    const { point, activity, date, holder, at } = wanted;
    const had = readTicket(getRow<Row>(sql.ofHolderIn, point, activity, date, holder));
    if (had) return had;
    const { last = 0, waiting = 0 } =
      getRow<{ last: number; waiting: number }>(sql.state, point, activity, date) ?? {};
    if (last >= perDay) return 'full';
    const number = last + 1;
    const ticket = { id: newId(), ...wanted, number, expectedAt: expectedAt(number, waiting) };
    sql.insert.run(ticket.id, point, activity, date, number, holder, at, ticket.expectedAt);
    return ticket;
  }

  return {
    take: (wanted) => writer.write(() => takeNow(wanted)),
    list: async (point, date) => readTickets(allRows<Row>(sql.list, point, date)),
    findByHolder: async (holder, date) => readTickets(allRows<Row>(sql.ofHolder, holder, date)),
    find: async (id) => find(id),
    callNext: (point, activity, date, at) =>
      writer.write(() => {
        const next = getRow<{ id: string }>(sql.next, point, activity, date);
        if (!next) return undefined;
        sql.call.run(at, next.id);
        return find(next.id);
      }),
    end: (id, outcome, at) =>
      writer.write(() => {
        sql.end.run(outcome ?? null, at, id);
        return find(id);
      }),
  };
}

type Row = { [K in keyof Required<Ticket>]: Required<Ticket>[K] | null };

/** Without what is NULL. */
function readTicket(row: Row | undefined): Ticket | undefined {
  if (!row) return undefined;
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as Ticket;
}

const readTickets = (rows: Row[]): Ticket[] => rows.flatMap((row) => readTicket(row) ?? []);

const COLUMNS = `id, point, activity, date, number, holder, at, expected_at AS expectedAt, called_at AS calledAt,
  ended_at AS endedAt, outcome`;
const OF_QUEUE = 'point = ? AND activity = ? AND date = ?';

function prepare(db: DatabaseSync) {
  return {
    find: db.prepare(`SELECT ${COLUMNS} FROM tickets WHERE id = ?`),
    ofHolderIn: db.prepare(`SELECT ${COLUMNS} FROM tickets WHERE ${OF_QUEUE} AND holder = ?`),
    ofHolder: db.prepare(
      `SELECT ${COLUMNS} FROM tickets WHERE holder = ? AND date = ? ORDER BY point, activity`,
    ),
    state: db.prepare(
      `SELECT coalesce(max(number), 0) AS last, count(*) FILTER (WHERE ended_at IS NULL) AS waiting
       FROM tickets WHERE ${OF_QUEUE}`,
    ),
    insert: db.prepare(
      `INSERT INTO tickets (id, point, activity, date, number, holder, at, expected_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    list: db.prepare(`SELECT ${COLUMNS} FROM tickets WHERE point = ? AND date = ? ORDER BY activity, number`),
    next: db.prepare(
      `SELECT id FROM tickets WHERE ${OF_QUEUE} AND called_at IS NULL AND ended_at IS NULL ORDER BY number LIMIT 1`,
    ),
    call: db.prepare('UPDATE tickets SET called_at = ? WHERE id = ?'),
    end: db.prepare(
      `UPDATE tickets SET outcome = ?1, ended_at = iif(?1 IS NULL, NULL, iif(outcome = ?1, ended_at, ?2))
       WHERE id = ?3`,
    ),
  };
}
