/** Why a wished time cannot be had, as far as the point goes that would have been the first. */
import type { SlotRemark, Wish } from '../../flows/talk.ts';
import { dateAt, openingsFrom, openingsOn, outOfOrder } from '../calendar/openings.ts';
import { findPoint } from '../calendar/place-on.ts';
import { NO_HOURS, reasonClosed } from '../calendar/reason-closed.ts';
import { brokenRemark } from './point-order.ts';
import { DAY_MS, type Search, timesAt } from './search.ts';
import { datesOf, fitsHours, type Span } from './wish.ts';

/** A longer span of dates says nothing about one of them. */
const DAYS_LOOKED_AT = 31;

/** The remark on a wish that a point cannot meet; it names the place where somebody has asked for one that is near. */
export async function whyNot(search: Search, point: string): Promise<SlotRemark> {
  return { ...(search.isNear ? placeOf(search, point) : {}), ...(await whyNotAt(search, point)) };
}

/** What a place is called, in a remark. */
export function placeOf({ office }: Pick<Search, 'office'>, point: string): Pick<SlotRemark, 'place'> {
  const place = findPoint(office, point)?.name;
  return place ? { place } : {};
}

async function whyNotAt(search: Search, point: string): Promise<SlotRemark> {
  const { office, now, wish } = search;
  const today = dateAt(now, office.timeZone).toString();
  const span = datesOf(wish, { from: now, to: now + DAYS_LOOKED_AT * DAY_MS }, office.timeZone);
  const about = wish.from === undefined ? {} : { date: wish.from };
  if ((wish.until ?? today) < today) return { code: 'past', ...about };
  const times = await timesAt(search, point, limited(span));
  if (times.length === 0) return closed(search, point);
  const fitting = times.filter((slot) => fitsHours(slot, wish, office.timeZone));
  if (fitting.length === 0) return outsideHours(search, point);
  const isAhead = fitting.filter(({ startAt }) => startAt >= search.notBefore(point));
  // Where only the hours that were named cannot be had, nothing is said of the day.
  const isDayLeft = times.some(
    ({ startAt, state }) => state === 'free' && startAt >= search.notBefore(point),
  );
  const aboutDay = isDayLeft ? {} : about;
  if (isAhead.length === 0)
    return fitting.every(({ startAt }) => startAt <= now)
      ? { code: 'past', ...about }
      : { code: 'none-then', ...aboutDay };
  const inTheWay = new Set(isAhead.map(({ state }) => state));
  if (inTheWay.has('free') || inTheWay.has('own')) return { code: 'none-then', ...about };
  return inTheWay.has('full') ? { code: 'full', ...aboutDay } : { code: 'quota', ...about };
}

function limited({ from, to }: Span): Span {
  return { from, to: Math.min(to, from + DAYS_LOOKED_AT * DAY_MS) };
}

/** No opening in all these dates: the first of them stands for the rest. */
function closed(search: Search, point: string): SlotRemark {
  const { office, now, visit, wish } = search;
  const date = firstDate(wish, now, office.timeZone);
  const desk = { point, activity: visit.activity };
  const standing = outOfOrder(office, desk, date);
  if (standing) return { ...brokenRemark(office, point, standing), date: date.toString() };
  const why = reasonClosed(office, desk, date);
  if (!why) return { code: 'none-then', date: date.toString() };
  // Which place it is says enough.
  const isPlain = search.isNear && why === NO_HOURS;
  return { code: 'closed', date: date.toString(), ...(isPlain ? {} : { why }) };
}

/** When it is open then, instead of a reason. */
function outsideHours({ office, now, visit, wish }: Search, point: string): SlotRemark {
  const desk = { point, activity: visit.activity };
  const first = firstDate(wish, now, office.timeZone);
  const from = Math.max(now, first.toZonedDateTime(office.timeZone).epochMilliseconds);
  // Where no day was named, those of the next open day stand for all.
  const [next] = openingsFrom(office, desk, from, DAYS_LOOKED_AT).take(1);
  const date = next ? dateAt(next.startAt, office.timeZone) : first;
  const openings = openingsOn(office, desk, date);
  if (openings.length === 0) return { code: 'none-then' };
  const clock = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at)
      .toZonedDateTimeISO(office.timeZone)
      .toPlainTime()
      .toString({ smallestUnit: 'minute' })
      .replace(':', '.');
  const hours = openings.map(({ startAt, endAt }) => `${clock(startAt)}-${clock(endAt)}`).join(', ');
  return { code: 'outside-hours', date: date.toString(), why: { id: hours, en: hours } };
}

function firstDate({ from }: Wish, now: number, timeZone: string): Temporal.PlainDate {
  const today = dateAt(now, timeZone);
  if (from === undefined || from < today.toString()) return today;
  return Temporal.PlainDate.from(from);
}
