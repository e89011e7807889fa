/** Which of the free times are told: the usual ones, the soonest, other ones, or those that were wished for. */
import type { SlotRemark } from '../../flows/talk.ts';
import { mainPoint } from '../../office.ts';
import type { NearPoint } from '../places/near.ts';
import type { OfferedSlot, Slot } from '../ports.ts';
import type { Candidate } from './free-times.ts';
import { DAY_MS, freeTimes, horizon, type Search, told } from './search.ts';
import { nearestTo, OFFERED, others, spread } from './spread.ts';
import { placeOf, whyNot } from './why-not.ts';
import { datesOf, fitsHours, isOneDay, namesTime, type Span, targetOf } from './wish.ts';

/** A point with a time as soon as this is near enough in time; before a later one there, the next point is asked. */
const SOON_DAYS = 14;
/** How far before a wished day alternatives are looked for; after it twice as far. */
const AROUND_DAYS = 7;

/** In the order in which they are told; `remark` says why they are not what was asked for. */
export interface GoodTimes {
  slots: OfferedSlot[];
  remark?: SlotRemark;
}

/** What another place may have instead. */
const OF_THAT_TIME: readonly SlotRemark['code'][] = ['closed', 'full', 'outside-hours', 'none-then'];

/**
 * The best of what the search finds, at most three and all at one point: one that was named while it has any time at all,
 * whatever the wish; only then another.
 */
export async function choose(search: Search): Promise<GoodTimes> {
  const isNamed = ({ point }: NearPoint) => search.named.includes(point);
  const [there, away] = [search.points.filter(isNamed), search.points.filter((one) => !isNamed(one))];
  const [first] = there;
  if (!first) return chooseAt(search);
  const found = await chooseAt({ ...search, points: there });
  if (found.slots.length > 0) return withMain(search, away, found);
  const elsewhere = await chooseAt({ ...search, points: away });
  return { slots: elsewhere.slots, remark: { code: 'none-there', ...placeOf(search, first.point) } };
}

/** Says so when the main office has what was wished for, and the named place has not. */
async function withMain(search: Search, away: NearPoint[], found: GoodTimes): Promise<GoodTimes> {
  const { remark, slots } = found;
  const main = away.filter(({ point }) => point === mainPoint(search.office).id);
  if (!remark || !OF_THAT_TIME.includes(remark.code) || main.length === 0) return found;
  const { remark: alsoNot } = await wished({ ...search, points: main });
  return alsoNot ? found : { slots, remark: { ...remark, main: true } };
}

async function chooseAt(search: Search): Promise<GoodTimes> {
  const { wish } = search;
  if (wish.soonest) return { slots: await soonest(search) };
  if (namesTime(wish)) return wished(search);
  return wish.others && search.offered.length > 0 ? otherTimes(search) : { slots: await usual(search) };
}

/** Spread over half-days, at the first point that has a time soon. */
async function usual(search: Search): Promise<OfferedSlot[]> {
  for (const days of [SOON_DAYS, Number.POSITIVE_INFINITY]) {
    for (const at of search.points) {
      const from = search.notBefore(at.point);
      const free = await freeTimes(search, at, { from, to: horizon(search) });
      // Judged by the first time only: the others of that point may lie later.
      const isSoon = free[0] !== undefined && free[0].startAt < from + days * DAY_MS;
      if (isSoon) return told(search, at, spread(free, search.office.timeZone));
    }
  }
  return [];
}

/** The soonest of all, and what follows it there. */
async function soonest(search: Search): Promise<OfferedSlot[]> {
  let best: { at: NearPoint; startAt: number } | undefined;
  for (const at of search.points) {
    const span = { from: search.notBefore(at.point), to: best?.startAt ?? horizon(search) };
    const [first] = await freeTimes(search, at, span, { enough: 1 });
    if (first) best = { at, startAt: first.startAt };
  }
  if (!best) return [];
  const free = await freeTimes(search, best.at, { from: best.startAt, to: horizon(search) });
  return told(search, best.at, free.slice(0, OFFERED));
}

async function otherTimes(search: Search): Promise<GoodTimes> {
  const { offered } = search;
  const first = Math.min(...offered.map(({ startAt }) => startAt));
  for (const at of search.points) {
    const span = { from: Math.max(first, search.notBefore(at.point)), to: horizon(search) };
    const free = await freeTimes(search, at, span, { enough: OFFERED * 3 });
    const found = others(free, offered, search.office.timeZone);
    if (found.length > 0) return { slots: told(search, at, found) };
  }
  return { slots: await usual(search), remark: { code: 'no-others' } };
}

/** Within the wish at the first point that has such times; else why not, and what is nearest in time. */
async function wished(search: Search): Promise<GoodTimes> {
  const { wish, now, points, office } = search;
  for (const at of points) {
    const open = { from: search.notBefore(at.point), to: horizon(search) };
    const dates = datesOf(wish, open, office.timeZone);
    const span = { from: Math.max(open.from, dates.from), to: Math.min(open.to, dates.to) };
    const isWanted = (slot: Slot) => fitsHours(slot, wish, office.timeZone) && isNew(search, slot);
    const free = await freeTimes(search, at, span, { isWanted });
    if (free.length === 0) continue;
    const isFirst = at === points[0] || !search.isNear;
    const slots = await filledUp(search, at, onward(search, free));
    return { slots, ...(isFirst ? {} : await reason(search)) };
  }
  const slots = await alternatives(search, targetOf(wish, now, office.timeZone));
  return { slots, ...(await reason(search)) };
}

/** What keeps the place from it that should have been the first. */
async function reason(search: Search): Promise<{ remark?: SlotRemark }> {
  const [first] = search.points;
  return first ? { remark: await whyNot(search, first.point) } : {};
}

/** What was wished for comes first; for one day, other times near to it make it three. */
async function filledUp(search: Search, at: NearPoint, free: Candidate[]): Promise<OfferedSlot[]> {
  const best = spread(free, search.office.timeZone);
  const [first] = best;
  if (best.length === OFFERED || !first || !isOneDay(search.wish)) return told(search, at, best);
  const isLeft = (slot: Slot) => isNew(search, slot) && !best.some(({ startAt }) => startAt === slot.startAt);
  const left = await freeAround(search, at, first.startAt, isLeft);
  const rest = left.toSorted(
    (a, b) => Math.abs(a.startAt - first.startAt) - Math.abs(b.startAt - first.startAt),
  );
  return told(search, at, [...best, ...rest.slice(0, OFFERED - best.length)]);
}

async function alternatives(search: Search, target: number): Promise<OfferedSlot[]> {
  for (const at of search.points) {
    const left = await freeAround(search, at, target, (slot) => isNew(search, slot));
    if (left.length > 0) return told(search, at, closest(search, left, target));
  }
  return usual(search);
}

/** Where the day that was named has other times, the nearest of these stands first: without an answer it is the one booked. */
function closest({ wish, office: { timeZone } }: Search, left: Candidate[], target: number): Candidate[] {
  const day = datesOf(wish, { from: 0, to: 0 }, timeZone);
  const isThen = ({ startAt }: Slot) => isOneDay(wish) && day.from <= startAt && startAt < day.to;
  const apart = ({ startAt }: Slot) => Math.abs(startAt - target);
  const [first, ...same] = left.filter(isThen).sort((a, b) => apart(a) - apart(b));
  if (!first) return nearestTo(left, target, timeZone);
  const days = left.filter((one) => !isThen(one));
  return [first, ...nearestTo(days, target, timeZone, OFFERED - 1), ...same].slice(0, OFFERED);
}

function freeAround(
  search: Search,
  at: NearPoint,
  target: number,
  isWanted: (slot: Slot) => boolean,
): Promise<Candidate[]> {
  const span: Span = {
    from: Math.max(search.notBefore(at.point), target - AROUND_DAYS * DAY_MS),
    to: Math.min(horizon(search), target + 2 * AROUND_DAYS * DAY_MS),
  };
  return freeTimes(search, at, span, { isWanted, enough: Number.POSITIVE_INFINITY });
}

/** Where other times are wished for, one that was not offered. */
function isNew({ wish, offered }: Search, { startAt }: Slot): boolean {
  return !wish.others || !offered.some((one) => one.startAt === startAt);
}

/** Other times lead on; back to the first only when there are no later ones. */
function onward({ wish, offered }: Search, free: Candidate[]): Candidate[] {
  const last = Math.max(...offered.map(({ startAt }) => startAt));
  const later = wish.others ? free.filter(({ startAt }) => startAt > last) : [];
  return later.length > 0 ? later : free;
}
