/**
 * The queue of those without a time, in MongoDB. A unique index gives each number to one, another gives a holder one
 * number, and whoever inserts the call of a ticket is the one who calls it. Only how it ended is changed in place: of two
 * who say so at once, the later one is right.
 */
import type { Connection, mongo } from 'mongoose';
import { createTurns } from '../../conversation/in-turn.ts';
import { AppError } from '../../errors.ts';
import type { QueueStore, Ticket } from '../../pickup/ports.ts';
import { newId } from '../booking-rules.ts';
import { collectionOf } from './collections.ts';
import { reach } from './connection.ts';
import { isInserted } from './insert.ts';
import { TICKET_CALLS, TICKETS, type TicketCallDocument, type TicketDocument } from './schema-visits.ts';

type Wanted = Parameters<QueueStore['take']>[0];

/** Each attempt that fails is another's success, so this many are never needed. */
const ATTEMPTS = 1000;
/** Tickets asked for in one command. */
const PAGE = 500;

/** Implements the port; see there for the promises. */
export function createQueueStore(connection: Connection): QueueStore {
  const tickets = collectionOf(connection, TICKETS);
  const calls = collectionOf(connection, TICKET_CALLS);
  // Those of this process need not collide.
  const turns = createTurns();
  const turnOf = ({ point, activity, date }: Pick<Wanted, 'point' | 'activity' | 'date'>) =>
    `${point} ${activity} ${date}`;

  async function find(filter: mongo.Filter<TicketDocument>): Promise<Ticket[]> {
    const found = await tickets.find(filter).toArray();
    const calledAt = new Map<string, number>();
    for (let at = 0; at < found.length; at += PAGE) {
      const ids = found.slice(at, at + PAGE).map(({ _id }) => _id);
      for (const { _id, at: called } of await calls.find({ _id: { $in: ids } }).toArray())
        calledAt.set(_id, called);
    }
    return found.map((ticket) => readTicket(ticket, calledAt.get(ticket._id))).sort(byNumber);
  }

  /** `undefined`: somebody was faster, look again. */
  async function takeOnce({ expectedAt, perDay, ...wanted }: Wanted): Promise<Ticket | 'full' | undefined> {
    const { point, activity, date, holder, at } = wanted;
    const queue = await tickets.find({ point, activity, date }).toArray();
    const had = queue.find((ticket) => ticket.holder === holder);
    if (had) return (await find({ _id: had._id, point, date }))[0];
    const number = Math.max(0, ...queue.map((ticket) => ticket.number)) + 1;
    if (number > perDay) return 'full';
    const waiting = queue.filter(({ endedAt }) => endedAt === undefined).length;
    const facts = { point, activity, date, number, holder, at, expectedAt: expectedAt(number, waiting) };
    const _id = newId();
    return (await isInserted(tickets.insertOne({ _id, ...facts }))) ? { id: _id, ...facts } : undefined;
  }

  async function take(wanted: Wanted): Promise<Ticket | 'full'> {
    for (let attempts = 0; attempts < ATTEMPTS; attempts++) {
      const answer = await takeOnce(wanted);
      if (answer) return answer;
    }
    throw new AppError('STORE_CONFLICT', { detail: 'a queue was asked for numbers by too many at once' });
  }

  async function callNext(...[point, activity, date, at]: Parameters<QueueStore['callNext']>) {
    const queue = await find({ point, activity, date });
    for (const ticket of queue) {
      if (ticket.calledAt !== undefined || ticket.endedAt !== undefined) continue;
      if (await isInserted(calls.insertOne({ _id: ticket.id, at }))) return { ...ticket, calledAt: at };
    }
    return undefined;
  }

  async function end(...[id, outcome, at]: Parameters<QueueStore['end']>): Promise<Ticket | undefined> {
    const [ticket] = await find({ _id: id });
    if (!ticket || ticket.outcome === (outcome ?? undefined)) return ticket;
    const { point, date } = ticket;
    const change = outcome
      ? { $set: { outcome, endedAt: at } }
      : { $unset: { outcome: true as const, endedAt: true as const } };
    await tickets.updateOne({ _id: id, point, date }, change);
    return (await find({ _id: id, point, date }))[0];
  }

  return {
    take: (wanted) => turns.run(turnOf(wanted), () => reach(() => take(wanted))),
    list: (point, date) => reach(() => find({ point, date })),
    findByHolder: (holder, date) => reach(() => find({ holder, date })),
    find: (id) => reach(async () => (await find({ _id: id }))[0]),
    callNext: (point, activity, date, at) =>
      turns.run(turnOf({ point, activity, date }), () => reach(() => callNext(point, activity, date, at))),
    end: (id, outcome, at) => reach(() => end(id, outcome, at)),
  };
}

/** The numbers that a holder has had were given, and stay; whose they were is told no more. */
export async function forgetHolder(connection: Connection, holder: string): Promise<void> {
  const tickets = collectionOf(connection, TICKETS);
  for (const { _id, point, date } of await tickets.find({ holder }).toArray())
    await tickets.updateOne({ _id, point, date }, { $set: { holder: _id } });
}

export function readTicket({ _id: id, ...facts }: TicketDocument, calledAt: number | undefined): Ticket {
  return { id, ...facts, ...(calledAt === undefined ? {} : { calledAt }) };
}

/** The reverse of `readTicket`. */
export function ticketDocuments({ id, calledAt, ...facts }: Ticket): [TicketDocument, TicketCallDocument?] {
  const ticket = { _id: id, ...facts };
  return calledAt === undefined ? [ticket] : [ticket, { _id: id, at: calledAt }];
}

function byNumber(a: Ticket, b: Ticket): number {
  if (a.point !== b.point) return a.point < b.point ? -1 : 1;
  if (a.activity !== b.activity) return a.activity < b.activity ? -1 : 1;
  return a.number - b.number;
}
