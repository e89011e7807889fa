/**
 * Bookings, in MongoDB: one document a seat, and nothing is ever changed, only inserted and deleted.
 *
 * A seat is one of the places of a slot, 0 up to its capacity; a unique index gives it to one. An application's seats
 * are in order (`turn`, then `_id`): the newest is its booking, the others are stale. So a move takes its new seat
 * first and frees the old one afterwards, and of two that move one application at once, both know who was last. Who
 * dies between the two leaves a stale seat: it takes up room but is never shown as the application's, and the next
 * `reserve` or `cancel` of that application frees it (after a crash, the effect that books runs again).
 */
import { randomInt } from 'node:crypto';
import { type Connection, mongo } from 'mongoose';
import { AppError } from '../../errors.ts';
import type { Activity, Booking, BookingStore, Slot } from '../../pickup/ports.ts';
import { collectionOf } from './collections.ts';
import { reach } from './connection.ts';
import { isInserted } from './insert.ts';
import { BOOKINGS, type SeatDocument } from './schema-bookings.ts';

/** Each attempt that fails is another's success, so this many are never needed; it ends a loop that a bug would not. */
const ATTEMPTS = 1000;

/** Implements the port; see there for the promises. A first booking costs three round trips, a move one more. */
export function createBookingStore(connection: Connection): BookingStore {
  const seats = collectionOf(connection, BOOKINGS);
  const free = async (stale: SeatDocument[]) => {
    if (stale.length > 0) await seats.deleteMany({ _id: { $in: stale.map(({ _id }) => _id) } });
  };
  const heldBy = async (application: string, activity: Activity) =>
    newestFirst(await seats.find({ application, activity }).toArray());

  /** What the application holds, newest first, and who else sits in the slot. */
  async function look(application: string, { point, activity, startAt }: Slot) {
    const found = await seats
      .find({
        $or: [
          { application, activity },
          { point, activity, startAt },
        ],
      })
      .toArray();
    const [own, others] = [true, false].map((is) =>
      found.filter((seat) => (seat.application === application) === is),
    );
    return { held: newestFirst(own ?? []), others: others ?? [] };
  }

  /** `undefined`: somebody was faster, look again. */
  async function attempt(application: string, slot: Slot, capacity: number) {
    const { held, others } = await look(application, slot);
    const [newest, ...stale] = held;
    await free(stale);
    if (newest && isIn(newest, slot)) return 'reserved';
    const seat = chooseSeat(others, capacity);
    if (seat === undefined) return 'full';
    const mine = seatDocument(application, slot, { seat, turn: (newest?.turn ?? 0) + 1 });
    if (!(await isInserted(seats.insertOne(mine)))) return undefined;
    // Another process may have moved this application as well. Then the newest is where it was moved to last.
    const [, ...passed] = await heldBy(application, slot.activity);
    await free(passed);
    return 'reserved';
  }

  return {
    reserve: (application, slot, capacity) =>
      reach(async () => {
        for (let attempts = 0; attempts < ATTEMPTS; attempts++) {
          const answer = await attempt(application, slot, capacity);
          if (answer) return answer;
        }
        throw new AppError('STORE_CONFLICT', { detail: 'a slot was asked for by too many at once' });
      }),
    cancel: (application, activity) =>
      reach(async () => {
        const [newest, ...stale] = await heldBy(application, activity);
        // The stale ones first: dying in between must not bring one of them back.
        await free(stale);
        if (newest) await free([newest]);
      }),
    findByApplication: (application) =>
      reach(async () => {
        const held = newestFirst(await seats.find({ application }).toArray());
        const booked = held.filter(
          (seat, at) => held.findIndex((one) => one.activity === seat.activity) === at,
        );
        return booked
          .map(readBooking)
          .sort((a, b) => a.startAt - b.startAt || (a.activity < b.activity ? -1 : 1));
      }),
    countTaken: (point, activity, from, to) =>
      reach(async () => {
        const counts = await seats
          .aggregate<{ _id: number; taken: number }>([
            { $match: { point, activity, startAt: { $gte: from, $lt: to } } },
            { $group: { _id: '$startAt', taken: { $sum: 1 } } },
            { $sort: { _id: 1 } },
          ])
          .toArray();
        return new Map(counts.map(({ _id, taken }) => [_id, taken]));
      }),
  };
}

function seatDocument(
  application: string,
  { point, activity, startAt, endAt }: Slot,
  place: { seat: number; turn: number },
): SeatDocument {
  return { _id: new mongo.ObjectId(), application, activity, point, startAt, endAt, ...place };
}

/** A free seat, or none. At random, so that many who ask at once seldom ask for the same. */
function chooseSeat(others: SeatDocument[], capacity: number): number | undefined {
  const taken = new Set(others.map(({ seat }) => seat));
  const free: number[] = [];
  for (let seat = 0; seat < boundOf(taken, capacity); seat++) if (!taken.has(seat)) free.push(seat);
  return free.length === 0 ? undefined : free[randomInt(free.length)];
}

/**
 * New seats are taken below this. It is the capacity, unless that was lowered while some sat beyond it: then the
 * highest number such that all below it together with all who sit from it on are no more than the capacity. Seats
 * below a bound are claimed one by one, so that holds whoever asks at the same time; counting first would not.
 */
function boundOf(taken: Set<number>, capacity: number): number {
  for (let bound = capacity; bound > 0; bound--) {
    const beyond = [...taken].filter((seat) => seat >= bound).length;
    if (beyond <= capacity - bound) return bound;
  }
  return 0;
}

const newestFirst = (seats: SeatDocument[]) =>
  seats.sort((a, b) => b.turn - a.turn || (a._id.toHexString() < b._id.toHexString() ? 1 : -1));

const isIn = (seat: SeatDocument, slot: Slot) => seat.point === slot.point && seat.startAt === slot.startAt;

function readBooking({ application, point, activity, startAt, endAt }: SeatDocument): Booking {
  return { application, point, activity, startAt, endAt };
}
