/** Who sits where, in MongoDB: by the seats, and by the agendas where a seat alone does not tell. */
import type { Connection, mongo } from 'mongoose';
import type { BookingStore } from '../../pickup/ports.ts';
import { byStart, hasEnded } from '../booking-rules.ts';
import type { Agendas } from './agendas.ts';
import { isNamed } from './claims.ts';
import { collectionOf } from './collections.ts';
import { reach } from './connection.ts';
import { BOOKINGS, type SeatDocument } from './schema-bookings.ts';

type Counts = Pick<BookingStore, 'countTaken' | 'countService' | 'list'>;

/** Implements that part of the port. Seats that are claimed but not yet had are counted, and not listed. */
export function createBookingCounts(connection: Connection, agendas: Agendas): Counts {
  const seats = collectionOf(connection, BOOKINGS);

  /** By start. A hold whose time has passed may have been booked since: its agenda knows. */
  async function count(filter: mongo.Filter<SeatDocument>, now: number): Promise<Map<number, number>> {
    const [sums, doubtful] = await Promise.all([
      seats
        .aggregate<{ _id: number; taken: number }>([
          { $match: filter },
          { $group: { _id: '$startAt', taken: { $sum: 1 } } },
          { $sort: { _id: 1 } },
        ])
        .toArray(),
      seats.find({ ...filter, heldUntil: { $lte: now } }).toArray(),
    ]);
    const counts = new Map(sums.map(({ _id, taken }) => [_id, taken]));
    const all = await agendas.newestOf(doubtful.map(({ application }) => application));
    for (const seat of doubtful) {
      const live = all.get(seat.application)?.visits.filter((visit) => !hasEnded(visit, now)) ?? [];
      if (!isNamed(live, seat)) counts.set(seat.startAt, (counts.get(seat.startAt) ?? 0) - 1);
    }
    return new Map([...counts].filter(([, taken]) => taken > 0));
  }

  return {
    countTaken: (point, activity, from, to, now) =>
      reach(() => count({ point, activity, startAt: { $gte: from, $lt: to } }, now)),
    countService: (service, from, to, now) =>
      reach(async () => {
        const counts = await count({ service, startAt: { $gte: from, $lt: to } }, now);
        return [...counts.values()].reduce((sum, taken) => sum + taken, 0);
      }),
    list: ({ point, from, to }, now) =>
      reach(async () => {
        const of = point === undefined ? {} : { point };
        const found = await seats
          .find({ startAt: { $gte: from, $lt: to }, ...of }, { projection: { application: 1 } })
          .toArray();
        const all = await agendas.newestOf(found.map(({ application }) => application));
        return [...all.values()]
          .flatMap(({ visits }) => visits)
          .filter((visit) => visit.startAt >= from && visit.startAt < to && !hasEnded(visit, now))
          .filter((visit) => point === undefined || visit.point === point)
          .map(({ quota: _, ...booking }) => booking)
          .sort(byStart);
      }),
  };
}
