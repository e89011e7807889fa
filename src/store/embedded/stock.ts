/** The ledger of blank cards, in SQLite. */
import type { DatabaseSync } from 'node:sqlite';
import type { StockEntry, StockStore } from '../../pickup/ports.ts';
import { allRows } from './database.ts';
import type { Writer } from './writer.ts';

type Row = Omit<StockEntry, 'by' | 'reference'> & { by: string; reference: string | null };

/** Implements the port. */
export function createStockStore(db: DatabaseSync, writer: Writer): StockStore {
  const insert = db.prepare(
    `INSERT INTO stock (id, point, at, by, kind, change, reference) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  const counts = db.prepare('SELECT point, sum(change) AS count FROM stock GROUP BY point ORDER BY point');
  const list = db.prepare(
    `SELECT id, point, at, by, kind, change, reference FROM stock WHERE point = ? ORDER BY at DESC, id DESC LIMIT ?`,
  );
  return {
    add: ({ id, point, at, by, kind, change, reference }) =>
      writer.write(() => {
        insert.run(id, point, at, JSON.stringify(by), kind, change, reference ?? null);
      }),
    counts: async () =>
      new Map(allRows<{ point: string; count: number }>(counts).map(({ point, count }) => [point, count])),
    list: async (point, limit) => allRows<Row>(list, point, limit).map(readEntry),
  };
}

function readEntry({ by, reference, ...entry }: Row): StockEntry {
  return { ...entry, by: JSON.parse(by), ...(reference === null ? {} : { reference }) };
}
