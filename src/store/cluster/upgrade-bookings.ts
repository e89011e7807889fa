/**
 * Bookings of a program before schema 4, which kept an application's seats in order (`turn`, then `_id`): the newest of
 * each activity was its booking. They get an agenda that names them, all of them; the next choice leaves one.
 */
import type { Connection } from 'mongoose';
import { collectionOf } from './collections.ts';
import { isInserted } from './insert.ts';
import { APPLICATIONS } from './schema-applications.ts';
import { AGENDAS, type AgendaVisit, BOOKINGS, type SeatDocument } from './schema-bookings.ts';

/** Several processes may do so at once, and what broke off is done by the next. */
export async function upgradeBookings(connection: Connection): Promise<void> {
  const seats = collectionOf(connection, BOOKINGS);
  const old = await seats.find({ service: { $exists: false } }).toArray();
  for (const application of new Set(old.map((seat) => seat.application))) {
    const found = await collectionOf(connection, APPLICATIONS).findOne({ number: application });
    const service = found?.service ?? '';
    const own = await seats.find({ application }).toArray();
    const version = Math.max(...own.map(({ turn }) => turn));
    const visits = newestOfEach(own).map((seat) => visitOf(seat, service));
    const agenda = { _id: `${application}.${version}`, application, version, visits };
    await isInserted(collectionOf(connection, AGENDAS).insertOne(agenda));
    // Last: it is what says that this application is done.
    await seats.updateMany({ application }, { $set: { service } });
  }
}

function newestOfEach(seats: SeatDocument[]): SeatDocument[] {
  const sorted = seats.toSorted(
    (a, b) => b.turn - a.turn || (a._id.toHexString() < b._id.toHexString() ? 1 : -1),
  );
  return sorted.filter((seat, at) => sorted.findIndex((one) => one.activity === seat.activity) === at);
}

function visitOf(
  { _id, application, point, activity, startAt, endAt }: SeatDocument,
  service: string,
): AgendaVisit {
  const bookedAt = _id.getTimestamp().getTime();
  return { id: _id.toHexString(), application, service, point, activity, startAt, endAt, bookedAt };
}
