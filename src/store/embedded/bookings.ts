/** Bookings, in SQLite. One writer at a time makes counting and taking one act. */
import type { DatabaseSync } from 'node:sqlite';
import type { Booking, BookingStore, Reservation } from '../../pickup/ports.ts';
import { hasEnded, isAskedAgain, isPast, newBooking, whenAskedAgain } from '../booking-rules.ts';
import { allRows, getRow } from './database.ts';
import type { Writer } from './writer.ts';

type Answer = Awaited<ReturnType<BookingStore['reserve']>>;

/** Implements the port; see there for the promises. */
export function createBookingStore(db: DatabaseSync, writer: Writer): BookingStore {
  const sql = prepare(db);
  const ofApplication = (application: string) =>
    allRows<Row>(sql.ofApplication, application).map(readBooking);
  const count = (statement: 'inSlot' | 'ofService', ...values: (string | number)[]) =>
    getRow<{ taken: number }>(sql[statement], ...values)?.taken ?? 0;

  /** Inside `Writer.write` only. What is not over, whatever it is. */
  function free(bookings: Booking[], now: number): void {
    for (const booking of bookings) if (!isPast(booking, now)) sql.free.run(booking.id);
  }

  function reserveNow(wanted: Reservation): Answer {
    const { application, service, slot, capacity, quota, now } = wanted;
    const own = ofApplication(application);
    const same = own.find((booking) => isAskedAgain(booking, wanted));
    const others = own.filter((booking) => booking !== same);
    if (same) {
      const booking = whenAskedAgain(same, wanted);
      sql.change.run(booking.heldUntil ?? null, booking.movedBy ?? null, booking.id);
      free(others, now);
      return { ok: true, booking };
    }
    if (count('inSlot', slot.point, slot.activity, slot.startAt, now) >= capacity)
      return { ok: false, reason: 'full' };
    if (quota) {
      // Its own visit of that day makes room for the new one.
      const { from, to, perDay } = quota;
      const own = others.filter(
        (one) => one.service === service && one.startAt >= from && one.startAt < to && isFreed(one, now),
      );
      if (count('ofService', service, from, to, now) - own.length >= perDay)
        return { ok: false, reason: 'quota' };
    }
    const booking = newBooking(wanted);
    sql.sweep.run(now);
    insert(booking);
    free(others, now);
    return { ok: true, booking };
  }

  function insert(booking: Booking): void {
    const { id, application, service, point, activity, startAt, endAt, bookedAt } = booking;
    const { heldUntil = null, movedBy = null } = booking;
    sql.insert.run(
      ...[id, application, service, point, activity, startAt, endAt, bookedAt, heldUntil, movedBy],
    );
  }

  return {
    reserve: (wanted) => writer.write(() => reserveNow(wanted)),
    cancel: (application, now) => writer.write(() => free(ofApplication(application), now)),
    findByApplication: async (application, now) =>
      ofApplication(application).filter((booking) => !hasEnded(booking, now)),
    find: async (id, now) => {
      const row = getRow<Row>(sql.find, id);
      const booking = row && readBooking(row);
      return booking && !hasEnded(booking, now) ? booking : undefined;
    },
    countTaken: async (point, activity, from, to, now) => {
      const rows = allRows<{ startAt: number; taken: number }>(sql.taken, point, activity, from, to, now);
      return new Map(rows.map(({ startAt, taken }) => [startAt, taken]));
    },
    countService: async (service, from, to, now) => count('ofService', service, from, to, now),
    list: async ({ point, from, to }, now) => {
      const rows =
        point === undefined
          ? allRows<Row>(sql.list, from, to, now)
          : allRows<Row>(sql.listOfPoint, from, to, now, point);
      return rows.map(readBooking);
    },
  };
}

/** It counts in its day, and will not when the new one is had. */
const isFreed = (booking: Booking, now: number) => !isPast(booking, now) && !hasEnded(booking, now);

type Row = Omit<Booking, 'heldUntil' | 'movedBy'> & { heldUntil: number | null; movedBy: string | null };

function readBooking({ heldUntil, movedBy, ...booking }: Row): Booking {
  return {
    ...booking,
    ...(heldUntil === null ? {} : { heldUntil }),
    ...(movedBy === null ? {} : { movedBy }),
  };
}

const COLUMNS = `id, application, service, point, activity, start_at AS startAt, end_at AS endAt,
  booked_at AS bookedAt, held_until AS heldUntil, moved_by AS movedBy`;
const LIVE = '(held_until IS NULL OR held_until > ?)';

function prepare(db: DatabaseSync) {
  return {
    ofApplication: db.prepare(`SELECT ${COLUMNS} FROM bookings WHERE application = ? ORDER BY start_at, id`),
    find: db.prepare(`SELECT ${COLUMNS} FROM bookings WHERE id = ?`),
    inSlot: db.prepare(
      `SELECT count(*) AS taken FROM bookings WHERE point = ? AND activity = ? AND start_at = ? AND ${LIVE}`,
    ),
    ofService: db.prepare(
      `SELECT count(*) AS taken FROM bookings WHERE service = ? AND start_at >= ? AND start_at < ? AND ${LIVE}`,
    ),
    insert: db.prepare(
      `INSERT INTO bookings (id, application, service, point, activity, start_at, end_at, booked_at, held_until,
       moved_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    change: db.prepare('UPDATE bookings SET held_until = ?, moved_by = ? WHERE id = ?'),
    free: db.prepare('DELETE FROM bookings WHERE id = ?'),
    // Nobody has these any more, and their applications may never ask again.
    sweep: db.prepare('DELETE FROM bookings WHERE held_until <= ?'),
    taken: db.prepare(
      `SELECT start_at AS startAt, count(*) AS taken FROM bookings
       WHERE point = ? AND activity = ? AND start_at >= ? AND start_at < ? AND ${LIVE}
       GROUP BY start_at ORDER BY start_at`,
    ),
    list: db.prepare(
      `SELECT ${COLUMNS} FROM bookings WHERE start_at >= ? AND start_at < ? AND ${LIVE} ORDER BY start_at, id`,
    ),
    listOfPoint: db.prepare(
      `SELECT ${COLUMNS} FROM bookings WHERE start_at >= ? AND start_at < ? AND ${LIVE} AND point = ?
       ORDER BY start_at, id`,
    ),
  };
}
