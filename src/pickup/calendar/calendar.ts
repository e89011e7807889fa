/** The office's calendar: opening times, working days, and when an operator will answer. Times are ms since the epoch. */
import { AppError } from '../../errors.ts';
import type { Language } from '../../flows/schema.ts';
import { mainPoint, type Office, type Standing } from '../../office.ts';
import type { Activity } from '../ports.ts';
import { describeHours, describeKiosks } from './hours-line.ts';
import {
  type Desk,
  dateAt,
  HORIZON_DAYS,
  type Opening,
  openingsFrom,
  openingsOn,
  outOfOrder,
  plannedOpeningsOn,
} from './openings.ts';
import { dayOff, type Reason, reasonClosed } from './reason-closed.ts';

/** How long an operator has to answer a chat. */
const ANSWER_MS = 3_600_000;

export interface Calendar {
  /** The windows of an activity at a point on a date, in order; none when closed, unknown or out of order then. */
  windows(point: string, activity: Activity, date: Temporal.PlainDate): Opening[];
  isOpen(point: string, activity: Activity, at: number): boolean;
  /** `from` itself when open then, else the next opening; undefined when there is none within 400 days. */
  nextOpen(point: string, activity: Activity, from: number): number | undefined;
  /** The instant at which the desk has been open for `openMs` since `from`; undefined when not within 400 days. */
  addOpenTime(point: string, activity: Activity, from: number, openMs: number): number | undefined;
  /**
   * The end of the n-th working day after the day of `from`; with `n` 0 the end of that day itself while it lasts,
   * else of the next. A working day has chat or submission hours at the main office and ends with the last of them,
   * also while that counter is out of order: the office works on.
   * Throws AppError CONFIG_INVALID when the calendar has no such day within 400 days.
   */
  addWorkingDays(from: number, n: number): number;
  /**
   * When an operator will have answered: within chat hours an hour from now or at their end, whichever is sooner;
   * else the same counted from the next opening, with `open` false. Throws as `addWorkingDays`.
   */
  answerTime(now: number): { at: number; open: boolean };
  /**
   * Why an activity at a point has no windows on a date: a closure, what is out of order (with its last day), or no hours
   * (`today`: it is spoken of on that day itself).
   */
  reasonClosed(
    point: string,
    activity: Activity,
    date: Temporal.PlainDate,
    today?: Temporal.PlainDate,
  ): Reason | undefined;
  /** How what keeps an activity shut on a date stands (the point or its device); undefined when it is in order. */
  outOfOrder(point: string, activity: Activity, date: Temporal.PlainDate): Standing | undefined;
  /** The reason of a day off of the whole office; undefined on other days. */
  dayOff(date: Temporal.PlainDate): Reason | undefined;
  /** The usual opening hours of the main office in one line, for texts; GSM-7. */
  hoursLine(language: Language): string;
  /** The kiosks in order on the day of `now`, a line each with place, usual hours and why one is closed that day; or empty. */
  kioskLines(language: Language, now: number): string;
}

/** The calendar of the office as it is at each question (points.ts). */
export function createCalendar(officeNow: () => Office): Calendar {
  return {
    windows: (point, activity, date) => openingsOn(officeNow(), { point, activity }, date),
    isOpen: (point, activity, at) => isOpen(officeNow(), { point, activity }, at),
    nextOpen: (point, activity, from) => {
      const [opening] = openingsFrom(officeNow(), { point, activity }, from).take(1);
      return opening && Math.max(from, opening.startAt);
    },
    addOpenTime: (point, activity, from, openMs) =>
      addOpenTime(officeNow(), { point, activity }, from, openMs),
    addWorkingDays: (from, n) => addWorkingDays(officeNow(), from, n),
    answerTime: (now) => answerTime(officeNow(), now),
    reasonClosed: (point, activity, date, today) =>
      reasonClosed(officeNow(), { point, activity }, date, today),
    outOfOrder: (point, activity, date) => outOfOrder(officeNow(), { point, activity }, date),
    dayOff: (date) => dayOff(officeNow(), date),
    hoursLine: (language) => describeHours(officeNow(), language),
    kioskLines: (language, now) => {
      const office = officeNow();
      return describeKiosks(office, language, dateAt(now, office.timeZone));
    },
  };
}

function isOpen(office: Office, desk: Desk, at: number): boolean {
  return openingsOn(office, desk, dateAt(at, office.timeZone)).some(
    ({ startAt, endAt }) => startAt <= at && at < endAt,
  );
}

function addOpenTime(office: Office, desk: Desk, from: number, openMs: number): number | undefined {
  let missingMs = openMs;
  for (const { startAt, endAt } of openingsFrom(office, desk, from)) {
    const begin = Math.max(from, startAt);
    if (endAt - begin >= missingMs) return begin + missingMs;
    missingMs -= endAt - begin;
  }
  return undefined;
}

function addWorkingDays(office: Office, from: number, n: number): number {
  const today = dateAt(from, office.timeZone);
  let left = n;
  // The day of `from` does not count: whoever files at noon is promised a whole working day.
  for (let i = n === 0 ? 0 : 1; i <= HORIZON_DAYS; i++) {
    const closing = closingOf(office, today.add({ days: i }));
    if (closing === undefined || closing <= from) continue;
    left -= 1;
    if (left <= 0) return closing;
  }
  throw noWorkingDay(today);
}

/** Whether the office works on a date, as `addWorkingDays` counts. */
export function isWorkingDay(office: Office, date: Temporal.PlainDate): boolean {
  return closingOf(office, date) !== undefined;
}

/** The end of a working day; undefined when it is none. */
function closingOf(office: Office, date: Temporal.PlainDate): number | undefined {
  const main: Desk = { point: mainPoint(office).id, activity: 'submit' };
  const ends = [...plannedOpeningsOn(office, 'chat', date), ...plannedOpeningsOn(office, main, date)].map(
    ({ endAt }) => endAt,
  );
  return ends.length > 0 ? Math.max(...ends) : undefined;
}

function answerTime(office: Office, now: number): { at: number; open: boolean } {
  const [opening] = openingsFrom(office, 'chat', now).take(1);
  // An office without chat hours still reads its inbox on working days.
  if (!opening) return { at: addWorkingDays(office, now, 1), open: false };
  const begin = Math.max(now, opening.startAt);
  return { at: Math.min(begin + ANSWER_MS, opening.endAt), open: opening.startAt <= now };
}

function noWorkingDay(after: Temporal.PlainDate): AppError {
  return new AppError('CONFIG_INVALID', {
    detail: `office.yaml has too few working days in the ${HORIZON_DAYS} days after ${after}; look at chat, hours and closures`,
  });
}
