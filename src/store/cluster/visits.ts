/** What became of visits, in MongoDB: a mark is a document under an id that only one can insert. */
import type { Connection } from 'mongoose';
import type { VisitMark, VisitStore } from '../../pickup/ports.ts';
import { packWho, unpackWho } from '../who.ts';
import { collectionOf } from './collections.ts';
import { reach } from './connection.ts';
import { isInserted } from './insert.ts';
import { VISIT_MARKS, type VisitMarkDocument } from './schema-visits.ts';

/** Bookings asked for in one command. */
const PAGE = 500;

/** Implements the port. */
export function createVisitStore(connection: Connection): VisitStore {
  const marks = collectionOf(connection, VISIT_MARKS);
  return {
    mark: (mark) => reach(() => isInserted(marks.insertOne(markDocument(mark)))),
    unmark: (booking, mark) =>
      reach(async () => {
        await marks.deleteOne({ _id: `${booking}.${mark}`, booking });
      }),
    marksOf: (bookings) =>
      reach(async () => {
        const found: VisitMark[] = [];
        for (let at = 0; at < bookings.length; at += PAGE) {
          const page = bookings.slice(at, at + PAGE);
          found.push(...(await marks.find({ booking: { $in: page } }).toArray()).map(readMark));
        }
        return found.sort(byTime);
      }),
  };
}

export function markDocument({ booking, mark, at, by }: VisitMark): VisitMarkDocument {
  return { _id: `${booking}.${mark}`, booking, mark, at, by: packWho(by) };
}

export function readMark({ booking, mark, at, by }: VisitMarkDocument): VisitMark {
  return { booking, mark, at, by: unpackWho(by) };
}

function byTime(a: VisitMark, b: VisitMark): number {
  return a.at - b.at || (`${a.booking}.${a.mark}` < `${b.booking}.${b.mark}` ? -1 : 1);
}
