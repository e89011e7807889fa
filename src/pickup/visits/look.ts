/** What a look at the booked visits knows and does: of cases, of marks, of what is told. */
import type { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Leases } from '../../conversation/ports.ts';
import type { ApplicationNews, NewsKind } from '../../conversation/types.ts';
import { formatSlot } from '../../flows/format.ts';
import type { Office } from '../../office.ts';
import type { MoveVisit } from '../offering/move.ts';
import { toOfferedSlot } from '../offering/offered-slot.ts';
import type { Booking, BookingStore, VisitMark, VisitStore } from '../ports.ts';

/** How a case stands, as far as its visit is concerned. `making`: nothing can be picked up yet. */
export interface VisitCase {
  stage: 'making' | 'ready' | 'ended';
  /** Its applicant may be told something unasked now (daytime, hours of SMS). */
  mayBeTold: boolean;
  /** When something last happened to it; what was only told does not count. */
  movedAt: number;
}

/** What the watch needs to know and to do of applications. */
export interface VisitCases {
  /** Undefined: there is no such application (any more). */
  find(number: string, now: number): Promise<VisitCase | undefined>;
  /** Tells the applicant once by `id`, durably; `note` stands in the history. */
  tell(
    number: string,
    news: { id: string; news: Partial<ApplicationNews> & { kind: NewsKind }; note: string },
  ): Promise<unknown>;
}

export interface VisitsDeps {
  bookings: BookingStore;
  visits: VisitStore;
  cases: VisitCases;
  move: MoveVisit;
  /** The end of the n-th working day after the day of `from`. */
  addWorkingDays(from: number, n: number): number;
  office: () => Office;
  clock: Clock;
  log: Logger;
  leases?: Leases | undefined;
}

/** One look, and what is known for good of bookings since the start. */
export interface Look extends VisitsDeps {
  now: number;
  timeZone: string;
  /** Nothing is left to be done of these: by booking, for what. */
  settled: LRUCache<string, true>;
}

/** A key of `settled`: nothing more of this kind is to be done for the booking. */
export function keyOf({ id }: Pick<Booking, 'id'>, what: string): string {
  return `${what} ${id}`;
}

/** The marks of these bookings, by booking. */
export async function marksBy(look: Look, bookings: readonly Booking[]): Promise<Map<string, VisitMark[]>> {
  const marks = bookings.length === 0 ? [] : await look.visits.marksOf(bookings.map(({ id }) => id));
  return Map.groupBy(marks, ({ booking }) => booking);
}

/** Tells of a visit, with its time and place as they are now. */
export async function tell(
  look: Look,
  booking: Booking,
  kind: NewsKind,
  said: { id: string; note: string; more?: Partial<ApplicationNews> },
): Promise<void> {
  const slot = toOfferedSlot(look.office(), booking);
  const note = `${said.note}: ${formatSlot(booking, 'id', look.timeZone)}`;
  await look.cases.tell(booking.application, { id: said.id, news: { kind, slot, ...said.more }, note });
}

/** Does it for each; one that fails is found again by the next look, and the others wait for nothing. */
export async function forEach(
  look: Look,
  bookings: readonly Booking[],
  act: (booking: Booking) => Promise<boolean>,
): Promise<number> {
  let done = 0;
  for (const booking of bookings) {
    try {
      if (await act(booking)) done++;
    } catch (err) {
      look.log.error({ number: booking.application, err }, 'a visit could not be cared for; trying again');
    }
  }
  return done;
}
