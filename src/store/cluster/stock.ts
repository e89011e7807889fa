/** The ledger of blank cards, in MongoDB. Lines are inserted and never changed. */
import type { Connection } from 'mongoose';
import type { StockEntry, StockStore } from '../../pickup/ports.ts';
import { packWho } from '../who.ts';
import { collectionOf } from './collections.ts';
import { reach } from './connection.ts';
import { isInserted } from './insert.ts';
import { STOCK, type StockDocument } from './schema-visits.ts';

/** Implements the port. */
export function createStockStore(connection: Connection): StockStore {
  const lines = collectionOf(connection, STOCK);
  return {
    add: (entry) =>
      reach(async () => {
        await isInserted(lines.insertOne(stockDocument(entry)));
      }),
    counts: () =>
      reach(async () => {
        const sums = await lines
          .aggregate<{ _id: string; count: number }>([
            { $group: { _id: '$point', count: { $sum: '$change' } } },
            { $sort: { _id: 1 } },
          ])
          .toArray();
        return new Map(sums.map(({ _id, count }) => [_id, count]));
      }),
    list: (point, limit) =>
      reach(async () => {
        const found = lines.find({ point }).sort({ at: -1, _id: -1 }).limit(limit);
        return (await found.toArray()).map(readLine);
      }),
  };
}

export function stockDocument({ id, by, ...entry }: StockEntry): StockDocument {
  return { _id: id, ...entry, by: packWho(by) };
}

export function readLine({ _id: id, by, ...entry }: StockDocument): StockEntry {
  return { id, ...entry, by: JSON.parse(by) };
}
