/** The collections `visit-marks`, `tickets`, `ticket-calls` and `stock`. */
import { Schema } from 'mongoose';
import type { StockEntry, Ticket, VisitMark } from '../../pickup/ports.ts';
import type { CollectionSpec } from './collections.ts';

export interface VisitMarkDocument extends Omit<VisitMark, 'by'> {
  /** `<booking>.<mark>`. */
  _id: string;
  /** As `packWho` packs it. */
  by: string;
}

export const VISIT_MARKS: CollectionSpec<VisitMarkDocument> = {
  name: 'visit-marks',
  schema: new Schema<VisitMarkDocument>(
    { _id: String, booking: String, mark: String, at: Number, by: String },
    { strict: 'throw', versionKey: false },
  ).index({ booking: 1 }, { name: 'booking' }),
  shardKey: { booking: 1 },
};

/** That it was called is in `ticket-calls`. */
export interface TicketDocument extends Omit<Ticket, 'id' | 'calledAt'> {
  _id: string;
}

export const TICKETS: CollectionSpec<TicketDocument> = {
  name: 'tickets',
  schema: new Schema<TicketDocument>(
    {
      _id: String,
      point: String,
      activity: String,
      date: String,
      number: Number,
      holder: String,
      at: Number,
      expectedAt: Number,
      endedAt: Number,
      outcome: String,
    },
    { strict: 'throw', versionKey: false },
  )
    .index({ point: 1, date: 1, activity: 1, number: 1 }, { name: 'number', unique: true })
    .index({ point: 1, date: 1, activity: 1, holder: 1 }, { name: 'place', unique: true })
    .index({ holder: 1, date: 1 }, { name: 'holder' }),
  shardKey: { point: 1, date: 1 },
};

/** Only one can insert the call of a ticket: that one calls it. */
export interface TicketCallDocument {
  /** The ticket. */
  _id: string;
  at: number;
}

export const TICKET_CALLS: CollectionSpec<TicketCallDocument> = {
  name: 'ticket-calls',
  schema: new Schema<TicketCallDocument>({ _id: String, at: Number }, { strict: 'throw', versionKey: false }),
  shardKey: { _id: 'hashed' },
};

export interface StockDocument extends Omit<StockEntry, 'id' | 'by'> {
  _id: string;
  by: string;
}

export const STOCK: CollectionSpec<StockDocument> = {
  name: 'stock',
  schema: new Schema<StockDocument>(
    {
      _id: String,
      point: String,
      at: Number,
      by: String,
      kind: String,
      change: Number,
      reference: String,
    },
    { strict: 'throw', versionKey: false },
  ).index({ point: 1, at: -1 }, { name: 'point' }),
  shardKey: { _id: 'hashed' },
};
