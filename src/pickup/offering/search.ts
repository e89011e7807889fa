/** A search for times under way: for whom, where, and what is free there. */
import type { Wish } from '../../flows/talk.ts';
import type { Office } from '../../office.ts';
import type { NearPoint } from '../places/near.ts';
import type { Activity, Booking, OfferedSlot, Slot } from '../ports.ts';
import { type Candidate, listTimes, type TimesDeps } from './free-times.ts';
import { toOfferedSlot } from './offered-slot.ts';
import { halfDays, OFFERED } from './spread.ts';
import type { Span } from './wish.ts';

export const DAY_MS = 86_400_000;
const LOOK_AHEAD_DAYS = 60;
/** The calendar is searched a week at a time: the first nearly always has enough. */
const CHUNK_DAYS = 7;

/** For whom and what for. */
export interface Visit {
  application: string;
  activity: Activity;
}

/** What is looked for, and where: the first of `points` is the best place. */
export interface Search {
  deps: TimesDeps;
  office: Office;
  now: number;
  visit: Visit;
  service: string;
  /** What the application has before it. */
  ahead: readonly Booking[];
  points: readonly NearPoint[];
  /** Those that were asked for by their name, or by the kecamatan in which they lie: gone to before all others. */
  named: readonly string[];
  /** True where somebody has said where they are, or want to go: a remark tells of which place it is. */
  isNear: boolean;
  wish: Wish;
  /** What was offered before, for a wish for other times. */
  offered: readonly Slot[];
  /** When the visit may be at the earliest, by point: the desks of other points are open at other times. */
  notBefore(point: string): number;
}

/** All times of a point in a span, each with what is in its way. */
export function timesAt(search: Search, point: string, span: Span): Promise<Candidate[]> {
  const { deps, visit, service, ahead } = search;
  return listTimes(deps, { point, activity: visit.activity, service, ahead, ...span });
}

/**
 * What is free in a span, soonest first. It looks no further than it must: until `enough` half-days have a time that is
 * wanted.
 */
export async function freeTimes(
  search: Search,
  { point }: NearPoint,
  span: Span,
  { enough = OFFERED, isWanted = () => true }: { enough?: number; isWanted?: (slot: Slot) => boolean } = {},
): Promise<Candidate[]> {
  const free: Candidate[] = [];
  for (let from = span.from; from < span.to; from += CHUNK_DAYS * DAY_MS) {
    const to = Math.min(span.to, from + CHUNK_DAYS * DAY_MS);
    const times = await timesAt(search, point, { from, to });
    free.push(...times.filter((slot) => slot.state === 'free' && isWanted(slot)));
    if (halfDays(free, search.office.timeZone) >= enough) break;
  }
  return free;
}

/** As citizens are told them, with the distance where it is known. */
export function told({ office }: Search, { km }: NearPoint, slots: readonly Slot[]): OfferedSlot[] {
  return slots.map((slot) => ({
    ...toOfferedSlot(office, slot),
    ...(km === undefined ? {} : { distanceKm: km }),
  }));
}

/** No time is offered from here on. */
export function horizon({ now }: Search): number {
  return now + LOOK_AHEAD_DAYS * DAY_MS;
}
