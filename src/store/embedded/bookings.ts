/** Bookings, in SQLite. One writer at a time makes counting and taking one act. */
import type { DatabaseSync } from 'node:sqlite';
import type { Activity, Booking, BookingStore } from '../../pickup/ports.ts';
import { allRows, getRow } from './database.ts';
import type { Writer } from './writer.ts';

/** Implements the port; see there for the promises. */
export function createBookingStore(db: DatabaseSync, writer: Writer): BookingStore {
  const sql = prepare(db);
  return {
    reserve: (application, slot, capacity) =>
      writer.write(() => {
        const { point, activity, startAt, endAt } = slot;
        const held = getRow<{ point: string; startAt: number }>(sql.held, application, activity);
        if (held?.point === point && held.startAt === startAt) return 'reserved';
        const taken = getRow<{ taken: number }>(sql.taken, point, activity, startAt)?.taken ?? 0;
        if (taken >= capacity) return 'full';
        sql.hold.run(application, activity, point, startAt, endAt);
        return 'reserved';
      }),
    cancel: (application, activity) =>
      writer.write(() => {
        sql.cancel.run(application, activity);
      }),
    findByApplication: async (application) =>
      allRows<Booking>(sql.list, application).map((row) => ({ ...row })),
    countTaken: async (point, activity: Activity, from, to) => {
      const rows = allRows<{ startAt: number; taken: number }>(sql.count, point, activity, from, to);
      return new Map(rows.map(({ startAt, taken }) => [startAt, taken]));
    },
  };
}

function prepare(db: DatabaseSync) {
  return {
    held: db.prepare(
      'SELECT point, start_at AS startAt FROM bookings WHERE application = ? AND activity = ?',
    ),
    taken: db.prepare(
      'SELECT count(*) AS taken FROM bookings WHERE point = ? AND activity = ? AND start_at = ?',
    ),
    hold: db.prepare(
      `INSERT INTO bookings (application, activity, point, start_at, end_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET point = excluded.point, start_at = excluded.start_at, end_at = excluded.end_at`,
    ),
    cancel: db.prepare('DELETE FROM bookings WHERE application = ? AND activity = ?'),
    list: db.prepare(
      `SELECT application, activity, point, start_at AS startAt, end_at AS endAt FROM bookings
       WHERE application = ? ORDER BY start_at, activity`,
    ),
    count: db.prepare(
      `SELECT start_at AS startAt, count(*) AS taken FROM bookings
       WHERE point = ? AND activity = ? AND start_at >= ? AND start_at < ? GROUP BY start_at`,
    ),
  };
}
