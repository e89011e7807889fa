/** Bookings, what became of them, the queue and blank cards as records, and back. */
import { type Connection, mongo } from 'mongoose';
import type { StoreRecord } from '../records.ts';
import { collectionOf } from './collections.ts';
import type { Put } from './records-put.ts';
import { AGENDAS, type AgendaDocument, BOOKINGS } from './schema-bookings.ts';
import { STOCK, TICKET_CALLS, TICKETS, VISIT_MARKS } from './schema-visits.ts';
import { readLine, stockDocument } from './stock.ts';
import { readTicket, ticketDocuments } from './tickets.ts';
import { markDocument, readMark } from './visits.ts';

type Of<K extends StoreRecord['kind']> = Extract<StoreRecord, { kind: K }>;

/** Of the newest agenda of each. In this order: one that is emptied meanwhile has its successor still ahead. */
export async function* readBookings(connection: Connection): AsyncGenerator<Of<'booking'>> {
  const found = collectionOf(connection, AGENDAS).find({ visits: { $exists: true } });
  let newest: AgendaDocument | undefined;
  for await (const agenda of found.sort({ application: 1, version: 1 })) {
    if (newest && newest.application !== agenda.application) yield* bookingsOf(newest);
    newest = agenda;
  }
  if (newest) yield* bookingsOf(newest);
}

function bookingsOf({ visits = [] }: AgendaDocument): Of<'booking'>[] {
  return visits.map(({ quota: _, ...booking }) => ({ kind: 'booking', ...booking }));
}

export async function* readVisitMarks(connection: Connection): AsyncGenerator<Of<'visit-mark'>> {
  for await (const mark of collectionOf(connection, VISIT_MARKS).find())
    yield { kind: 'visit-mark', mark: readMark(mark) };
}

/** One that is called while this reads may be in it as not called. */
export async function* readTickets(connection: Connection): AsyncGenerator<Of<'ticket'>> {
  const calls = collectionOf(connection, TICKET_CALLS);
  for await (const ticket of collectionOf(connection, TICKETS).find()) {
    const call = await calls.findOne({ _id: ticket._id });
    yield { kind: 'ticket', ticket: readTicket(ticket, call?.at) };
  }
}

export async function* readStock(connection: Connection): AsyncGenerator<Of<'stock'>> {
  for await (const entry of collectionOf(connection, STOCK).find())
    yield { kind: 'stock', entry: readLine(entry) };
}

/** What puts them into an empty database; `putAgendas` at the end, when all bookings have come. */
export function createVisitPuts(put: Put) {
  const agendas = new Map<string, AgendaDocument>();
  /** How many seats of a slot are taken, by slot. */
  const seats = new Map<string, number>();

  return {
    booking: ({ kind: _, ...booking }: Of<'booking'>) => {
      const { id, application, service, point, activity, startAt, endAt, heldUntil } = booking;
      const agenda = agendas.get(application) ?? { _id: `${application}.1`, application, version: 1 };
      agendas.set(application, { ...agenda, visits: [...(agenda.visits ?? []), booking] });
      const slot = `${point} ${activity} ${startAt}`;
      const seat = seats.get(slot) ?? 0;
      seats.set(slot, seat + 1);
      return put.insert(BOOKINGS, {
        ...{ _id: new mongo.ObjectId(id), application, service, point, activity, startAt, endAt },
        ...{ seat, turn: 1 },
        ...(heldUntil === undefined ? {} : { heldUntil }),
      });
    },
    putAgendas: async () => {
      for (const agenda of agendas.values()) await put.insert(AGENDAS, agenda);
    },
    'visit-mark': ({ mark }: Of<'visit-mark'>) => put.insert(VISIT_MARKS, markDocument(mark)),
    ticket: async ({ ticket }: Of<'ticket'>) => {
      const [document, call] = ticketDocuments(ticket);
      await put.insert(TICKETS, document);
      if (call) await put.insert(TICKET_CALLS, call);
    },
    stock: ({ entry }: Of<'stock'>) => put.insert(STOCK, stockDocument(entry)),
  };
}
