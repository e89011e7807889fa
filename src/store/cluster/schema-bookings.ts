/** The collections `bookings` (seats), `quotas` and `agendas`; bookings.ts says how they are used. */
import { Schema, type Types } from 'mongoose';
import type { Booking, Slot } from '../../pickup/ports.ts';
import type { CollectionSpec } from './collections.ts';

/** One place, claimed for the version `turn` of an application's agenda. */
export interface ClaimDocument {
  _id: Types.ObjectId;
  application: string;
  seat: number;
  turn: number;
}

/** A place in a slot; its `_id` is the booking's id. */
export interface SeatDocument extends ClaimDocument, Slot {
  service: string;
  /** It was a hold when it was claimed, and from then on the agenda must be asked. Off once it is booked. */
  heldUntil?: number;
  /** Absent: it was claimed when its service had no quota. */
  isOfQuota?: true;
}

export const BOOKINGS: CollectionSpec<SeatDocument> = {
  name: 'bookings',
  schema: new Schema<SeatDocument>(
    {
      application: String,
      service: String,
      activity: String,
      point: String,
      startAt: Number,
      endAt: Number,
      seat: Number,
      turn: Number,
      heldUntil: Number,
      isOfQuota: Boolean,
    },
    { strict: 'throw', versionKey: false },
  )
    .index({ point: 1, activity: 1, startAt: 1, seat: 1 }, { name: 'seat', unique: true })
    .index({ application: 1 }, { name: 'claimed' })
    .index({ startAt: 1 }, { name: 'start' })
    .index({ service: 1, startAt: 1 }, { name: 'service' }),
  shardKey: { point: 1, activity: 1, startAt: 1 },
};

/** A place in the quota of a service on the day that begins at `from`. */
export interface QuotaDocument extends ClaimDocument {
  service: string;
  from: number;
}

export const QUOTAS: CollectionSpec<QuotaDocument> = {
  name: 'quotas',
  schema: new Schema<QuotaDocument>(
    { application: String, service: String, from: Number, seat: Number, turn: Number },
    { strict: 'throw', versionKey: false },
  )
    .index({ service: 1, from: 1, seat: 1 }, { name: 'seat', unique: true })
    .index({ application: 1 }, { name: 'claimed' }),
  shardKey: { service: 1, from: 1 },
};

/** A booking, and the claim in the quota of its day. */
export interface AgendaVisit extends Booking {
  quota?: { id: string; from: number };
}

/** One version of what an application has booked; the newest counts. Those before have no visits, and keep their place. */
export interface AgendaDocument {
  /** `<application>.<version>`. */
  _id: string;
  application: string;
  version: number;
  visits?: AgendaVisit[];
}

export const AGENDAS: CollectionSpec<AgendaDocument> = {
  name: 'agendas',
  schema: new Schema<AgendaDocument>(
    { _id: String, application: String, version: Number, visits: [Schema.Types.Mixed] },
    { strict: 'throw', versionKey: false },
  ).index({ application: 1, version: -1 }, { name: 'version', unique: true }),
  shardKey: { application: 1 },
};
