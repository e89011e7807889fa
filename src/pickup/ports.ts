/** Bookings as stored. Times are milliseconds since the epoch. */
export type Activity = 'submit' | 'pickup' | 'record';

/** One bookable time: a place, what for, and when. */
export interface Slot {
  point: string;
  activity: Activity;
  startAt: number;
  endAt: number;
}

export interface Booking extends Slot {
  application: string;
}

/**
 * Never over-booked: `reserve` gives a place only while fewer than `capacity` applications hold the slot, whoever
 * asks at the same time. An application holds at most one slot an activity: reserving another moves it (the old
 * place is freed only once the new one is had). Reserving the slot one already holds answers `reserved`.
 */
export interface BookingStore {
  reserve(application: string, slot: Slot, capacity: number): Promise<'reserved' | 'full'>;
  cancel(application: string, activity: Activity): Promise<void>;
  findByApplication(application: string): Promise<Booking[]>;
  /** How many hold each slot that starts in [from, to), by `startAt`; slots nobody holds are absent. */
  countTaken(point: string, activity: Activity, from: number, to: number): Promise<Map<number, number>>;
}

/**
 * A slot as it is told to a citizen: `place` is the name and address of the point. Plain data (a type, not an
 * interface, so that it counts as `Json`).
 */
export type OfferedSlot = Pick<Slot, keyof Slot> & { place: { id: string; en: string } };
