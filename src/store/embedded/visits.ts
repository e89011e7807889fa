/** What became of visits, in SQLite. */
import type { DatabaseSync } from 'node:sqlite';
import type { VisitMark, VisitStore } from '../../pickup/ports.ts';
import { packWho, unpackWho } from '../who.ts';
import { allRows } from './database.ts';
import type { Writer } from './writer.ts';

type Row = Omit<VisitMark, 'by'> & { by: string };

/** Implements the port. */
export function createVisitStore(db: DatabaseSync, writer: Writer): VisitStore {
  const insert = db.prepare(
    'INSERT INTO visit_marks (booking, mark, at, by) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const remove = db.prepare('DELETE FROM visit_marks WHERE booking = ? AND mark = ?');
  const list = db.prepare(
    `SELECT booking, mark, at, by FROM visit_marks WHERE booking IN (SELECT value FROM json_each(?))
     ORDER BY at, booking, mark`,
  );
  return {
    mark: ({ booking, mark, at, by }) =>
      writer.write(() => insert.run(booking, mark, at, packWho(by)).changes === 1),
    unmark: (booking, mark) =>
      writer.write(() => {
        remove.run(booking, mark);
      }),
    marksOf: async (bookings) =>
      allRows<Row>(list, JSON.stringify(bookings)).map((row) => ({ ...row, by: unpackWho(row.by) })),
  };
}
