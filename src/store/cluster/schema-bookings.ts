/** The collection `bookings`; bookings.ts says how it is used. */
import { Schema, type Types } from 'mongoose';
import type { Booking } from '../../pickup/ports.ts';
import type { CollectionSpec } from './collections.ts';

/** One seat of one slot, held by one application. */
export interface SeatDocument extends Booking {
  _id: Types.ObjectId;
  seat: number;
  turn: number;
}

export const BOOKINGS: CollectionSpec<SeatDocument> = {
  name: 'bookings',
  schema: new Schema<SeatDocument>(
    {
      application: String,
      activity: String,
      point: String,
      startAt: Number,
      endAt: Number,
      seat: Number,
      turn: Number,
    },
    { strict: 'throw', versionKey: false },
  )
    .index({ point: 1, activity: 1, startAt: 1, seat: 1 }, { name: 'seat', unique: true })
    .index({ application: 1, activity: 1, turn: -1 }, { name: 'application' }),
  shardKey: { point: 1, activity: 1, startAt: 1 },
};
