/**
 * Bookings, in MongoDB. Whatever decides is a unique insert: FerretDB 1 loses racing updates.
 *
 * A place in a slot, and one in the quota of a day, is a document under a number that a unique index gives to one
 * (claims.ts). What an application has is its agenda (agendas.ts), of which each change is a new version that only one
 * can insert. So places are claimed first, for the version that comes next; that version says which of them are had;
 * what it does not name any more is freed afterwards. Booking what is held, ending a hold, moving and cancelling are all
 * such versions, so of two that happen at once one wins and the other looks again.
 *
 * Who dies in between leaves a claim that takes up room but is no booking. The next `reserve` or `cancel` of that
 * application uses or frees it (after a crash, the effect that books runs again).
 */
import { type Connection, mongo } from 'mongoose';
import { createTurns } from '../../conversation/in-turn.ts';
import { AppError } from '../../errors.ts';
import type { Booking, BookingStore, Reservation } from '../../pickup/ports.ts';
import { byStart, hasEnded, isAskedAgain, isPast, newBooking, whenAskedAgain } from '../booking-rules.ts';
import { type Agenda, createAgendas } from './agendas.ts';
import { createBookingCounts } from './booking-counts.ts';
import { chooseSeat, createClaims, isForNext, isNamed } from './claims.ts';
import { collectionOf } from './collections.ts';
import { reach } from './connection.ts';
import { isInserted } from './insert.ts';
import {
  type AgendaVisit,
  BOOKINGS,
  type ClaimDocument,
  QUOTAS,
  type SeatDocument,
} from './schema-bookings.ts';

type Answer = Awaited<ReturnType<BookingStore['reserve']>>;
/** `undefined`: somebody was faster, look again. */
type Attempt<T> = Promise<T | undefined>;

/** Each attempt that fails is another's success, so this many are never needed; it ends a loop that a bug would not. */
const ATTEMPTS = 1000;

/** Of a booking, as text. */
const ID = /^[0-9a-f]{24}$/;

/** Implements the port; see there for the promises. A first booking costs three round trips, in a quota four. */
export function createBookingStore(connection: Connection): BookingStore {
  const seats = collectionOf(connection, BOOKINGS);
  const quotas = collectionOf(connection, QUOTAS);
  const agendas = createAgendas(connection);
  const { tidy, freeOne } = createClaims(connection, agendas);
  // Those of this process need not collide; a morning's rush would be all collisions.
  const turns = createTurns();

  /** What the application has, and who claims places in the slot and the quota (its own claims elsewhere among them). */
  async function look({ application, service, slot, quota }: Reservation) {
    const { point, activity, startAt } = slot;
    const [agenda, ofSlot, ofQuota, uncounted] = await Promise.all([
      agendas.newest(application),
      seats.find({ $or: [{ application }, { point, activity, startAt }] }).toArray(),
      quota ? quotas.find({ $or: [{ application }, { service, from: quota.from }] }).toArray() : [],
      quota
        ? seats
            .find({
              ...{ service, startAt: { $gte: quota.from, $lt: quota.to } },
              isOfQuota: { $exists: false },
            })
            .toArray()
        : [],
    ]);
    return { agenda, ofSlot, ofQuota, uncounted };
  }
  type Seen = Awaited<ReturnType<typeof look>>;

  async function attempt(wanted: Reservation): Attempt<Answer> {
    const seen = await look(wanted);
    const same = seen.agenda.visits.find((visit) => isAskedAgain(visit, wanted));
    return same ? askAgain(wanted, seen, same) : take(wanted, seen);
  }

  async function askAgain(wanted: Reservation, { agenda }: Seen, same: AgendaVisit): Attempt<Answer> {
    const { application, now } = wanted;
    const { quota, ...before } = same;
    const booking = whenAskedAgain(before, wanted);
    const visits = agenda.visits.flatMap((visit) => {
      if (visit === same) return { ...booking, ...(quota && { quota }) };
      return isPast(visit, now) ? visit : [];
    });
    const isSame = booking.heldUntil === before.heldUntil && booking.movedBy === before.movedBy;
    if (isSame && visits.length === agenda.visits.length) return { ok: true, booking };
    if (!(await agendas.append(application, { version: agenda.version + 1, visits }))) return undefined;
    if (before.heldUntil !== undefined && booking.heldUntil === undefined) await unmarkHold(booking);
    if (visits.length < agenda.visits.length) await tidy(application);
    return { ok: true, booking };
  }

  /** It is a mark for those who count; what decides is the agenda. */
  async function unmarkHold({ id, point, activity, startAt }: Booking): Promise<void> {
    const seat = { _id: new mongo.ObjectId(id), point, activity, startAt };
    await seats.updateOne(seat, { $unset: { heldUntil: true } });
  }

  async function take(wanted: Reservation, seen: Seen): Attempt<Answer> {
    const { application, now } = wanted;
    const { agenda } = seen;
    const place = findPlace(wanted, seen);
    if (place === undefined) return giveUp('full', inSlot(seen.ofSlot, wanted), wanted, seen);
    const quota = await takeQuota(wanted, seen);
    if (quota === 'none')
      return giveUp('quota', [...ofDay(seen.ofQuota, wanted), ...seen.uncounted], wanted, seen);
    if (quota === 'lost') return undefined;
    const booking = await takeSeat(wanted, agenda, place, quota);
    if (!booking) return undefined;
    const kept = agenda.visits.filter((visit) => isPast(visit, now));
    const visits = [...kept, { ...booking, ...(quota && { quota }) }];
    const isDone = await agendas.append(application, { version: agenda.version + 1, visits });
    // Lost: what was claimed for this version may be stale now.
    if (!isDone || kept.length < agenda.visits.length || hasClaims(wanted, seen)) await tidy(application);
    return isDone ? { ok: true, booking } : undefined;
  }

  /** What ended is freed, and then looked again. Claims that wait for the next version are of no use any more. */
  async function giveUp(
    reason: 'full' | 'quota',
    claims: ClaimDocument[],
    { application, now }: Reservation,
    { agenda, ofSlot, ofQuota }: Seen,
  ): Attempt<Answer> {
    if (await freeOne(claims, now)) return undefined;
    const own = [...ofSlot, ...ofQuota].filter((claim) => claim.application === application);
    if (own.some((claim) => isForNext(claim, application, agenda)))
      await agendas.append(application, { ...agenda, version: agenda.version + 1 });
    if (own.some((claim) => !isNamed(agenda.visits, claim))) await tidy(application);
    return { ok: false, reason };
  }

  /** The claim on the day: the one that the visit has which makes room, one that is under way, or a new one. */
  async function takeQuota(wanted: Reservation, { agenda, ofQuota, uncounted }: Seen) {
    const { application, service, quota, now } = wanted;
    if (!quota) return undefined;
    const { from, perDay } = quota;
    const freed = agenda.visits.filter((visit) => !isPast(visit, now));
    const had = freed.find((visit) => visit.quota?.from === from && visit.service === service)?.quota;
    if (had) return had;
    const claims = ofDay(ofQuota, wanted);
    const waiting = claims.find((claim) => isForNext(claim, application, agenda));
    if (waiting) return { id: waiting._id.toHexString(), from };
    const others = uncounted.filter((claim) => !isNamed(freed, claim));
    const seat = chooseSeat(
      claims.map((claim) => claim.seat),
      perDay - others.length,
    );
    if (seat === undefined) return 'none';
    const mine = { _id: new mongo.ObjectId(), application, service, from, seat, turn: agenda.version + 1 };
    if (!(await isInserted(quotas.insertOne(mine)))) return 'lost';
    return { id: mine._id.toHexString(), from };
  }

  async function takeSeat(
    wanted: Reservation,
    { version }: Agenda,
    place: number | SeatDocument,
    quota: AgendaVisit['quota'],
  ): Attempt<Booking> {
    const booking = newBooking(wanted);
    if (typeof place !== 'number') return { ...booking, id: place._id.toHexString() };
    const { application, service, point, activity, startAt, endAt, heldUntil } = booking;
    const isClaimed = await isInserted(
      seats.insertOne({
        ...{ _id: new mongo.ObjectId(booking.id), application, service, point, activity, startAt, endAt },
        ...{ seat: place, turn: version + 1 },
        ...(heldUntil === undefined ? {} : { heldUntil }),
        ...(quota && { isOfQuota: true as const }),
      }),
    );
    return isClaimed ? booking : undefined;
  }

  async function cancelOnce(application: string, now: number): Promise<boolean> {
    const [agenda, ofSlots, ofQuotas] = await Promise.all([
      agendas.newest(application),
      seats.find({ application }).toArray(),
      quotas.find({ application }).toArray(),
    ]);
    const visits = agenda.visits.filter((visit) => isPast(visit, now));
    const isTidy = [...ofSlots, ...ofQuotas].every((claim) => isNamed(visits, claim));
    if (isTidy && visits.length === agenda.visits.length) return true;
    if (!(await agendas.append(application, { version: agenda.version + 1, visits }))) return false;
    await tidy(application);
    return true;
  }

  async function ofApplication(application: string, now: number): Promise<Booking[]> {
    const { visits } = await agendas.newest(application);
    const live = visits.filter((visit) => !hasEnded(visit, now));
    return live.map(({ quota: _, ...booking }) => booking).sort(byStart);
  }

  return {
    reserve: (wanted) => turns.run(turnOf(wanted), () => reach(() => untilDone(() => attempt(wanted)))),
    cancel: (application, now) =>
      reach(async () => {
        await untilDone(async () => (await cancelOnce(application, now)) || undefined);
      }),
    findByApplication: (application, now) => reach(() => ofApplication(application, now)),
    find: (id, now) =>
      reach(async () => {
        const _id = ID.test(id) ? new mongo.ObjectId(id) : undefined;
        const seat = _id && (await seats.findOne({ _id }, { projection: { application: 1 } }));
        if (!seat) return undefined;
        return (await ofApplication(seat.application, now)).find((booking) => booking.id === id);
      }),
    ...createBookingCounts(connection, agendas),
  };
}

/** Who may want the same place. */
function turnOf({ service, slot, quota }: Reservation): string {
  const { point, activity, startAt } = slot;
  return quota ? `quota ${service} ${quota.from}` : `slot ${point} ${activity} ${startAt}`;
}

async function untilDone<T>(attempt: () => Attempt<T>): Promise<T> {
  for (let attempts = 0; attempts < ATTEMPTS; attempts++) {
    const answer = await attempt();
    if (answer !== undefined) return answer;
  }
  throw new AppError('STORE_CONFLICT', { detail: 'a slot was asked for by too many at once' });
}

function inSlot(claims: SeatDocument[], { slot }: Pick<Reservation, 'slot'>): SeatDocument[] {
  const { point, activity, startAt } = slot;
  return claims.filter(
    (claim) => claim.point === point && claim.activity === activity && claim.startAt === startAt,
  );
}

function ofDay<T extends { service: string; from: number }>(
  claims: T[],
  { service, quota }: Reservation,
): T[] {
  return claims.filter((claim) => claim.service === service && claim.from === quota?.from);
}

/** A seat of its own that is under way, or the number of a free one. */
function findPlace(
  { application, capacity, heldUntil, ...wanted }: Reservation,
  { agenda, ofSlot }: { agenda: Agenda; ofSlot: SeatDocument[] },
): SeatDocument | number | undefined {
  const claims = inSlot(ofSlot, wanted);
  const waiting = claims.find((claim) => isForNext(claim, application, agenda));
  // A hold needs a seat that is marked as one.
  if (waiting && (heldUntil === undefined || waiting.heldUntil !== undefined)) return waiting;
  return chooseSeat(
    claims.map(({ seat }) => seat),
    capacity,
  );
}

/** Whether it had claimed anything before, in use or not. */
function hasClaims(
  { application }: Reservation,
  { ofSlot, ofQuota }: { ofSlot: ClaimDocument[]; ofQuota: ClaimDocument[] },
) {
  return [...ofSlot, ...ofQuota].some((claim) => claim.application === application);
}
