/** Visits that are over: who did not come is told kindly, and offered another time. */
import { dateAt } from '../calendar/openings.ts';
import type { Booking, VisitMark } from '../ports.ts';
import { forEach, keyOf, type Look, marksBy, tell } from './look.ts';
import { missedFrom } from './times.ts';

const MINUTE_MS = 60_000;
/** A night and a morning: what ended in the evening is told on the next day. */
const PAST_MS = 48 * 60 * MINUTE_MS;
/** What was marked by mistake can be taken back as long as this: then nobody was told. */
const REGRET_MS = MINUTE_MS;
/** [own] Of one case; after that they say themselves when they come. */
const MOST_OFFERS = 2;

/** How many were told something. */
export async function careForPast(look: Look): Promise<number> {
  const { bookings, now, settled } = look;
  const past = await bookings.list({ from: now - PAST_MS, to: now }, now);
  const open = past.filter((one) => one.heldUntil === undefined && !settled.has(keyOf(one, 'past')));
  const marks = await marksBy(look, open);
  noteUse(look, open, marks);
  return forEach(look, open, (booking) => careFor(look, booking, marks.get(booking.id) ?? []));
}

/**
 * On which days which points use the list: where nobody marks who came, an unmarked visit tells nothing. What we mark
 * ourselves is no use of it.
 */
function noteUse(look: Look, past: readonly Booking[], marks: ReadonlyMap<string, VisitMark[]>): void {
  for (const booking of past) {
    const isUsed = marks
      .get(booking.id)
      ?.some(({ mark, by }) => OUTCOMES.has(mark) && typeof by === 'object');
    if (isUsed) look.settled.set(useOf(look, booking), true);
  }
}

const OUTCOMES: ReadonlySet<VisitMark['mark']> = new Set(['arrived', 'served', 'missed']);

function useOf({ timeZone }: Look, { point, startAt }: Booking): string {
  return `used ${point} ${dateAt(startAt, timeZone)}`;
}

async function careFor(look: Look, booking: Booking, marks: readonly VisitMark[]): Promise<boolean> {
  const { now, settled, visits } = look;
  const settle = () => {
    settled.set(keyOf(booking, 'past'), true);
    return false;
  };
  if (marks.some(({ mark }) => mark === 'arrived' || mark === 'served')) return settle();
  const missed = marks.find(({ mark }) => mark === 'missed');
  if (missed ? now < missed.at + REGRET_MS : !isGivenUp(look, booking)) return false;
  const found = await look.cases.find(booking.application, now);
  if (!found || found.stage === 'ended') return settle();
  // What was not done yet could not be fetched; what has moved on since was cared for, list or not.
  const isExcused =
    (booking.activity === 'pickup' && found.stage === 'making') || found.movedAt >= booking.startAt;
  if (!missed && isExcused) return settle();
  if (!found.mayBeTold) return false;
  const isTold = await tellMissed(look, booking);
  if (!missed) await visits.mark({ booking: booking.id, mark: 'missed', at: now, by: 'system' });
  settle();
  return isTold;
}

function isGivenUp(look: Look, booking: Booking): boolean {
  return look.now >= missedFrom(booking) && look.settled.has(useOf(look, booking));
}

/** Nothing is said to who has another time already. */
async function tellMissed(look: Look, booking: Booking): Promise<boolean> {
  const own = await look.bookings.findByApplication(booking.application, look.now);
  if (own.some(({ endAt }) => endAt > look.now)) return false;
  const before = await marksBy(
    look,
    own.filter(({ id }) => id !== booking.id),
  );
  const missedBefore = [...before.values()].flat().filter(({ mark }) => mark === 'missed').length;
  await tell(look, booking, 'visit-missed', {
    id: `visit-missed-${booking.id}`,
    note: 'Tidak datang',
    more: missedBefore < MOST_OFFERS ? { again: true } : {},
  });
  return true;
}
