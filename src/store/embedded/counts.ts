/** Numbers for statistics, in SQLite. */
import type { DatabaseSync } from 'node:sqlite';
import type { CountStore } from '../../conversation/ports.ts';
import { allRows } from './database.ts';
import type { Writer } from './writer.ts';

type Count = Awaited<ReturnType<CountStore['list']>>[number];

/** Implements the port; one entry a day and name. */
export function createCountStore(db: DatabaseSync, writer: Writer): CountStore {
  const add = db.prepare(
    `INSERT INTO counts (day, name, count) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
  );
  const list = db.prepare(
    'SELECT day, name, count FROM counts WHERE day >= ? AND day <= ? ORDER BY day, name',
  );
  return {
    add: (counts) =>
      writer.write(() => {
        for (const { day, name, count } of counts) add.run(day, name, count);
      }),
    list: async (from, until) => allRows<Count>(list, from, until).map((row) => ({ ...row })),
  };
}
