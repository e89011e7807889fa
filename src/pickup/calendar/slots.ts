/** Openings cut into bookable times. */
import type { Office } from '../../office.ts';
import type { Slot } from '../ports.ts';
import { bookableActivity, capacityOn, dateAt, openingsFrom } from './openings.ts';

const DAY_MS = 86_400_000;

/** A slot and how many applications it takes. */
export interface CalendarSlot extends Slot {
  capacity: number;
}

/** Which slots are looked for: those of a point and activity that start in [from, to), ms since the epoch. */
export interface SlotSearch extends Pick<Slot, 'point' | 'activity'> {
  from: number;
  to: number;
}

/**
 * All slots that the calendar has, taken or not, soonest first. They lie end to end from the start of each opening;
 * what is left over at its end is no slot.
 */
export function listSlots(office: Office, search: SlotSearch): CalendarSlot[] {
  const { point, activity, from, to } = search;
  const slotMs = (bookableActivity(office, search)?.slotMinutes ?? 0) * 60_000;
  const slots: CalendarSlot[] = [];
  if (slotMs === 0) return slots;
  const days = Math.ceil((to - from) / DAY_MS) + 1;
  for (const opening of openingsFrom(office, search, from, days)) {
    if (opening.startAt >= to) break;
    const capacity = capacityOn(office, search, dateAt(opening.startAt, office.timeZone));
    for (let startAt = opening.startAt; startAt + slotMs <= opening.endAt; startAt += slotMs) {
      if (startAt >= from && startAt < to)
        slots.push({ point, activity, startAt, endAt: startAt + slotMs, capacity });
    }
  }
  return slots;
}

/** The calendar's own slot at that place and time; undefined when there is none, as for a wrong end or a closed day. */
export function findSlot(office: Office, slot: Slot): CalendarSlot | undefined {
  const { point, activity, startAt, endAt } = slot;
  return listSlots(office, { point, activity, from: startAt, to: startAt + 1 }).find(
    (found) => found.endAt === endAt,
  );
}
