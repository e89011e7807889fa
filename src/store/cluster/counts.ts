/**
 * Numbers for statistics, in MongoDB. Each process adds to documents of its own, one write after the other: a server
 * that loses one of two racing additions (FerretDB 1) loses none of these.
 */
import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { createTurns } from '../../conversation/in-turn.ts';
import type { CountStore } from '../../conversation/ports.ts';
import { collectionOf } from './collections.ts';
import { reach } from './connection.ts';
import { COUNTS, type CountDocument } from './schema-office.ts';

type Counts = Parameters<CountStore['add']>[0];

/** One command of this many: FerretDB 1.24 hangs on a hundred updates at once. */
const PAGE = 25;

/** Implements the port. */
export function createCountStore(connection: Connection): CountStore {
  const collection = collectionOf(connection, COUNTS);
  const process = randomBytes(9).toString('base64url');
  const turns = createTurns();

  async function add(counts: Counts): Promise<void> {
    const sums = sumUp(counts, process);
    for (let at = 0; at < sums.length; at += PAGE) {
      const updates = sums.slice(at, at + PAGE).map(({ _id, day, name, count }) => ({
        updateOne: {
          filter: { _id },
          update: { $inc: { count }, $setOnInsert: { day, name } },
          upsert: true,
        },
      }));
      await collection.bulkWrite(updates, { ordered: false });
    }
  }

  return {
    add: (counts) => turns.run('counts', () => reach(() => add(counts))),
    list: (from, until) =>
      reach(async () => {
        const found = await collection.find({ day: { $gte: from, $lte: until } }).toArray();
        return found.map(({ day, name, count }) => ({ day, name, count }));
      }),
  };
}

function sumUp(counts: Counts, process: string): CountDocument[] {
  const sums = new Map<string, CountDocument>();
  for (const { day, name, count } of counts) {
    const _id = `${day}|${name}|${process}`;
    sums.set(_id, { _id, day, name, count: (sums.get(_id)?.count ?? 0) + count });
  }
  return [...sums.values()];
}
