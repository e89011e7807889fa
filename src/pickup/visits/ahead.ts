/** Visits that are to come: reminders, and those for which the document will not be there. */

import { dateAt } from '../calendar/openings.ts';
import { toOfferedSlot } from '../offering/offered-slot.ts';
import { findStrays } from '../outages/strays.ts';
import type { Booking, VisitMark } from '../ports.ts';
import { forEach, keyOf, type Look, marksBy, tell } from './look.ts';
import { dayBefore, dueReminder } from './times.ts';

const HOUR_MS = 3_600_000;
const AHEAD_MS = 48 * HOUR_MS;
/** What a crash left untold is looked for this far ahead, among what was booked so long ago at most. */
const LEFT_AHEAD_MS = 62 * 24 * HOUR_MS;
const LEFT_SINCE_MS = 24 * HOUR_MS;

/** `movedBy` of a visit that has another time because the document was not done. */
const MOVED_EARLY = 'early';
/** [own] On which working day after the visit a late document is expected; more when that was too soon once. */
const LATER_DAYS = { first: 1, again: 3 };

const REMINDERS = {
  day: { kind: 'visit-reminder', mark: 'reminded-day', note: 'Diingatkan' },
  soon: { kind: 'visit-soon', mark: 'reminded-soon', note: 'Diingatkan lagi' },
} as const;

/** How many were told something. */
export async function careForComing(look: Look): Promise<number> {
  const { bookings, now } = look;
  const ahead = await bookings.list({ from: now + 1, to: now + AHEAD_MS }, now);
  // Where nobody will be there they are not called to; an operator has them moved (strays.ts).
  const strays = new Set(findStrays(look.office(), ahead));
  const due = ahead.filter(
    (booking) => booking.heldUntil === undefined && !strays.has(booking) && isDue(look, booking),
  );
  const marks = await marksBy(look, due);
  const told = await forEach(look, due, (booking) => careFor(look, booking, marks.get(booking.id) ?? []));
  return told + (await tellLeft(look));
}

/** A reminder; or a pick-up that may be too early: whoever would come for nothing hears of it, however late they booked. */
function isDue({ now, timeZone, settled }: Look, booking: Booking): boolean {
  const due = dueReminder(booking, now, timeZone);
  if (due && !settled.has(keyOf(booking, due))) return true;
  const mayBeEarly = booking.activity === 'pickup' && dayBefore(booking, timeZone) <= now;
  return mayBeEarly && !settled.has(keyOf(booking, thisHour(now)));
}

async function careFor(look: Look, booking: Booking, marks: readonly VisitMark[]): Promise<boolean> {
  const { bookings, cases, now, timeZone, settled } = look;
  if (marks.some(({ mark }) => mark === 'arrived' || mark === 'served')) return false;
  const found = await cases.find(booking.application, now);
  if (!found) return false;
  if (found.stage === 'ended') {
    // Its end frees it (ends.ts); a crash in between left it.
    await bookings.cancel(booking.application, now);
    return false;
  }
  if (!found.mayBeTold) return false;
  const isEarly = booking.activity === 'pickup' && found.stage === 'making';
  if (isEarly && settled.has(keyOf(booking, thisHour(now)))) return false;
  settled.set(keyOf(booking, thisHour(now)), true);
  if (isEarly) return putOff(look, booking);
  const due = dueReminder(booking, now, timeZone);
  return due !== undefined && remind(look, booking, due, marks);
}

async function remind(
  look: Look,
  booking: Booking,
  due: keyof typeof REMINDERS,
  marks: readonly VisitMark[],
): Promise<boolean> {
  const { kind, mark, note } = REMINDERS[due];
  const isMarked = marks.some((one) => one.mark === mark);
  if (!isMarked) {
    await tell(look, booking, kind, { id: `${kind}-${booking.id}`, note });
    await look.visits.mark({ booking: booking.id, mark, at: look.now, by: 'system' });
  }
  look.settled.set(keyOf(booking, due), true);
  return !isMarked;
}

/**
 * Another time, with an apology. While there is none they are asked, once, not to come, and it is tried again each hour: of
 * what is ready by then they hear anyway.
 */
async function putOff(look: Look, booking: Booking): Promise<boolean> {
  const days = booking.movedBy === MOVED_EARLY ? LATER_DAYS.again : LATER_DAYS.first;
  const day = dateAt(look.addWorkingDays(booking.startAt, days), look.timeZone);
  const notBefore = day.toZonedDateTime(look.timeZone).epochMilliseconds;
  const moved = await look.move(booking, { notBefore, movedBy: MOVED_EARLY });
  if (moved) {
    await tellMoved(look, moved);
    return true;
  }
  const news = { kind: 'visit-early' as const, was: toOfferedSlot(look.office(), booking) };
  const note = 'Belum siap, diminta tidak datang dulu';
  await look.cases.tell(booking.application, { id: `visit-early-none-${booking.id}`, news, note });
  return true;
}

async function tellMoved(look: Look, moved: Booking): Promise<void> {
  await tell(look, moved, 'visit-early', { id: `visit-early-${moved.id}`, note: 'Belum siap, dipindahkan' });
  look.settled.set(keyOf(moved, 'moved'), true);
}

/** A move and its news are two writes: who was moved before a crash is told after it. Looked for at the start, and hourly. */
async function tellLeft(look: Look): Promise<number> {
  const { bookings, cases, now, settled } = look;
  const looked = `left ${thisHour(now)}`;
  if (settled.has(looked)) return 0;
  const ahead = await bookings.list({ from: now + 1, to: now + LEFT_AHEAD_MS }, now);
  const left = ahead.filter(
    (booking) =>
      booking.movedBy === MOVED_EARLY &&
      Math.abs(now - booking.bookedAt) < LEFT_SINCE_MS &&
      !settled.has(keyOf(booking, 'moved')),
  );
  const told = await forEach(look, left, async (booking) => {
    const found = await cases.find(booking.application, now);
    if (!found?.mayBeTold) return false;
    await tellMoved(look, booking);
    return true;
  });
  settled.set(looked, true);
  return told;
}

function thisHour(now: number): string {
  return `hour ${Math.floor(now / HOUR_MS)}`;
}
