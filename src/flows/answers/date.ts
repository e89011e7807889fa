/** A day, as citizens write it. */
import { findDate, isAfter, todayOf } from './calendar.ts';
import { fold } from './clean.ts';
import { digitsForNumberWords } from './number-words.ts';
import { type DateRange, findRelativeDates, findWeekday } from './relative-date.ts';
import type { AnswerContext, Parsed } from './types.ts';
import { findWrittenDates, type WrittenDates } from './written-date.ts';

/** A clock time that comes with the date is not asked here: "jam 8.30 malam", "08:30 WITA", `T08:30:00`. */
const CLOCK_TIME =
  /\b(?:jam|pukul|pkl|pk)\.? *\d{1,2}(?:[.:]\d{2})?|(?<!\d)\d{1,2}[.:]\d{2}(?= *(?:wib|wita|wit)\b)|(?<=\d)t\d\d:\d\d\S*|(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)/g;

/** What the question asks for and most people type, complete and without a word beside it. */
const PLAIN = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/;

/** "(umur 36 tahun)" after a date of birth is no second date. */
const AGE = /\b(?:umur|usia)(?:nya)? *\d{1,3}(?: *(?:tahun|thn|th))?\b/g;

/**
 * Reads one day, value `YYYY-MM-DD`. Day first always; a two-digit or missing year is the latest that is not in the
 * future (with range `future`, the next). Words are measured from today in the office's zone.
 * Reasons: `unreadable` (no day, or too rough: "minggu lalu", "mei 1990"), `impossible` (29 feb 2023), `two-values`,
 * `future` / `past` (against `options.range`; today is in both). Warnings: `year-assumed`, `weekday-differs`.
 *
 * @example parseDate('Tgl 12 mey 90', context) // value '1990-05-12'
 */
export function parseDate(
  raw: string,
  context: AnswerContext,
  options: { range?: DateRange } = {},
): Parsed<string> {
  const range = options.range ?? 'any';
  const today = todayOf(context);
  const [, d, m, y] = PLAIN.exec(raw.trim()) ?? [];
  if (y !== undefined)
    return inRange(findDate(Number(y), Number(m), Number(d)) ?? 'impossible', today, range);
  const text = digitsForNumberWords(fold(raw)).replace(CLOCK_TIME, ' ').replace(AGE, ' ');
  if (/\bbukan\b|\bbkn\b/.test(text)) return { ok: false, reason: 'unreadable' };
  const found = findWrittenDates(text, today, range);
  const relative = findRelativeDates(found.rest, today, range);
  const date =
    found.dates.length > 0 ? oneWritten(found, relative, today) : oneRelative(found.rest, relative);
  const parsed = inRange(date, today, range);
  if (!parsed.ok || typeof date === 'string' || found.dates.length === 0) return parsed;
  return { ...parsed, warnings: remarks(found, date) };
}

function inRange(
  date: Temporal.PlainDate | string,
  today: Temporal.PlainDate,
  range: DateRange,
): Parsed<string> {
  if (typeof date === 'string') return { ok: false, reason: date };
  if (range === 'past' && isAfter(date, today)) return { ok: false, reason: 'future' };
  if (range === 'future' && isAfter(today, date)) return { ok: false, reason: 'past' };
  return { ok: true, value: date.toString(), warnings: [] };
}

/** The date, or the reason there is none. "Kemarin" beside a date only means "the other day"; "hari ini" means today. */
function oneWritten(
  { dates, rest }: WrittenDates,
  relative: Temporal.PlainDate[],
  today: Temporal.PlainDate,
): Temporal.PlainDate | string {
  const distinct = new Set(dates.map(String));
  if (distinct.size > 1) return 'two-values';
  const [date] = dates;
  if (date === undefined) return 'impossible';
  if (
    relative.some((other) => !isAfter(today, other) && !other.equals(date)) &&
    findWeekday(rest) === undefined
  ) {
    return 'two-values';
  }
  const leftover = rest.match(/\d+/g) ?? [];
  if (leftover.length === 0) return date;
  return leftover.every((digits) => digits.length <= 2) ? 'two-values' : 'unreadable';
}

function oneRelative(rest: string, relative: Temporal.PlainDate[]): Temporal.PlainDate | string {
  const distinct = new Set(relative.map(String));
  const [date] = relative;
  if (date === undefined) return 'unreadable';
  if (distinct.size > 1) return 'two-values';
  // "Selasa kemarin tgl 17" says the same day twice.
  const sameDay = new RegExp(`(?<!\\d)0?${date.day}(?!\\d)`);
  return /\d/.test(rest.replace(/\d+ ?(?:hari|hr)\b/g, '').replace(sameDay, '')) ? 'unreadable' : date;
}

function remarks(found: WrittenDates, date: Temporal.PlainDate): string[] {
  const weekday = findWeekday(found.rest);
  const warnings = found.isYearAssumed ? ['year-assumed'] : [];
  return weekday !== undefined && weekday !== date.dayOfWeek ? [...warnings, 'weekday-differs'] : warnings;
}
