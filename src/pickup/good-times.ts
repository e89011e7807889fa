/** Which times are offered: the soonest that are free, spread over half-days. */
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Office } from '../office.ts';
import type { Calendar } from './calendar.ts';
import { toOfferedSlot } from './offered-slot.ts';
import { bookableActivity } from './openings.ts';
import type { Activity, BookingStore, OfferedSlot, Slot } from './ports.ts';
import { listSlots } from './slots.ts';

const OFFERED = 3;
const LOOK_AHEAD_DAYS = 60;
const DAY_MS = 86_400_000;
/** The calendar is searched a week at a time: the first nearly always has enough. */
const CHUNK_DAYS = 7;
/** Counters need this much open time to see who is coming. */
const NOTICE_MS = 2 * 3_600_000;

/** What offering a time needs. */
export interface GoodTimesDeps {
  /** As it is now: operators change its points (points.ts). */
  office: () => Office;
  calendar: Calendar;
  bookings: BookingStore;
  clock: Clock;
  /** What the office promised for an application; undefined when there is no such application. */
  applicationFacts(application: string): Promise<{ dueAt: number; service: string } | undefined>;
}

/** For whom and what for. */
export interface Visit {
  application: string;
  activity: Activity;
}

/**
 * The next three good times, soonest first; fewer, or none, when the next 60 days have no more. All are at one point:
 * the first of `office.yaml` that has any, so the main office if it can. Pick-ups are not offered before the document
 * is due, other visits not before two open hours from now; the slot that the application already holds is left out.
 * Throws AppError NOT_FOUND for a pick-up of an application that does not exist.
 */
export async function findGoodTimes(deps: GoodTimesDeps, visit: Visit): Promise<OfferedSlot[]> {
  const office = deps.office();
  const held = await deps.bookings.findByApplication(visit.application, deps.clock.now());
  const notBefore = await earliestFor(deps, visit);
  for (const point of Object.keys(office.points)) {
    if (!bookableActivity(office, { point, activity: visit.activity })) continue;
    const isHeld = (slot: Slot) => held.some((booking) => isSame(booking, slot));
    const times = await timesAt(deps, { point, visit, notBefore, isHeld });
    if (times.length > 0) return times.map((slot) => toOfferedSlot(office, slot));
  }
  return [];
}

/** True for the same place, purpose and time. */
export function isSame(a: Slot, b: Slot): boolean {
  return a.point === b.point && a.activity === b.activity && a.startAt === b.startAt && a.endAt === b.endAt;
}

/**
 * The first slot of each half-day (before and from noon), in order, up to three; then, when the half-days do not
 * suffice, the soonest of the rest. `slots` are in order, and so is the result.
 */
export function spread(slots: readonly Slot[], timeZone: string): Slot[] {
  const byHalfDay = new Map<string, Slot>();
  for (const slot of slots) {
    const key = halfDay(slot.startAt, timeZone);
    if (!byHalfDay.has(key)) byHalfDay.set(key, slot);
  }
  const first = [...byHalfDay.values()].slice(0, OFFERED);
  const rest = slots.filter((slot) => !first.includes(slot)).slice(0, OFFERED - first.length);
  return [...first, ...rest].sort((a, b) => a.startAt - b.startAt);
}

/** When the visit may be at the earliest, by point: the desks of other points are open at other times. */
async function earliestFor(deps: GoodTimesDeps, visit: Visit): Promise<(point: string) => number> {
  const now = deps.clock.now();
  if (visit.activity === 'pickup') {
    const facts = await deps.applicationFacts(visit.application);
    if (!facts)
      throw new AppError('NOT_FOUND', { detail: `there is no application ${visit.application} to pick up` });
    return () => Math.max(now + 1, facts.dueAt);
  }
  return (point) =>
    deps.calendar.addOpenTime(point, visit.activity, now, NOTICE_MS) ?? Number.POSITIVE_INFINITY;
}

interface PointSearch {
  point: string;
  visit: Visit;
  notBefore(point: string): number;
  isHeld(slot: Slot): boolean;
}

async function timesAt(deps: GoodTimesDeps, search: PointSearch): Promise<Slot[]> {
  const { timeZone } = deps.office();
  const end = deps.clock.now() + LOOK_AHEAD_DAYS * DAY_MS;
  const free: Slot[] = [];
  for (let from = search.notBefore(search.point); from < end; from += CHUNK_DAYS * DAY_MS) {
    const to = Math.min(end, from + CHUNK_DAYS * DAY_MS);
    free.push(...(await freeSlots(deps, search, { from, to })));
    if (new Set(free.map((slot) => halfDay(slot.startAt, timeZone))).size >= OFFERED) break;
  }
  return spread(free, timeZone);
}

async function freeSlots(
  deps: GoodTimesDeps,
  search: PointSearch,
  span: { from: number; to: number },
): Promise<Slot[]> {
  const { activity } = search.visit;
  const taken = await deps.bookings.countTaken(search.point, activity, span.from, span.to, deps.clock.now());
  return listSlots(deps.office(), { point: search.point, activity, ...span })
    .filter((slot) => (taken.get(slot.startAt) ?? 0) < slot.capacity)
    .filter((slot) => !search.isHeld(slot));
}

function halfDay(at: number, timeZone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return `${local.toPlainDate()} ${local.hour < 12 ? 'am' : 'pm'}`;
}
