/** The days that a wish names. */
import { findDate, isAfter } from '../answers/calendar.ts';
import { findMonth } from '../answers/months.ts';
import { findRelativeDates } from '../answers/relative-date.ts';
import { findWrittenDates } from '../answers/written-date.ts';

type Day = Temporal.PlainDate;

/** Both included; without `until` from then on, without `from` up to then. */
export interface Days {
  from?: Day;
  until?: Day;
}

/** `reason`: written as a day, but no calendar has it (31 February); or it is over. `rest`: the text without days. */
type FoundDays = { days: Days | undefined; rest: string; reason?: undefined } | { reason: 'date' | 'past' };

/** A date without a year that lies farther ahead was meant in this year, and is over. */
const AHEAD_DAYS = 200;
/** Farther ahead nobody plans: a typing error. */
const FARTHEST_DAYS = 400;

const WEEKDAYS = ['senin', 'selasa', 'rabu', 'kamis', 'jumat', 'sabtu', 'minggu'];
const WEEKDAY = /\b(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu)\b/g;
/** "Minggu depan" is a week unless a day is meant: "hari minggu depan". */
const WEEK = /(?<!\bhari )\bminggu (depan|ini)\b/;
const WEEKS_AHEAD = /\b(?:(\d{1,2}) ?|se)minggu (?:yang |yg )?lagi\b/;
const MONTH =
  /\b(?:(awal|pertengahan|tengah|akhir) )?(?:bulan (depan|ini)|(?:bulan )?@(\d{1,2})|(?<=(?:awal|tengah|akhir) )bulan)(?! ?\d)/;
const JOIN = ' ?(?:-|sampai|s\\/d|sd|to|dan|and|&|atau|or|,) ?';
const DAY_OF_MONTH = new RegExp(
  `\\b(?:tanggal|tggl|tgl|tg)[ .:]*(\\d{1,4})(?:${JOIN}(?:tgl |tanggal )?(\\d{1,2}))?(?![./-]?\\d)(?! ?(?:bulan|@))`,
);
const ORDINAL = /\b(?:the )?(\d{1,2})(?:st|nd|rd|th)()\b(?! ?(?:of |@))/;
const ONLY_FROM = /\b(setelah|mulai|dari|from|sejak|paling cepat|minimal)(?: dari| hari)? ?$/;
const ONLY_UNTIL = /\b(sebelum|by|paling lambat|paling lama|maksimal|max|maks|sampai)(?: hari)? ?$/;

/**
 * The days in a text of one spelling, of which the times are taken out already. A day that is named by its weekday alone is the
 * next such day after today.
 */
export function findDays(text: string, today: Day): FoundDays {
  return findIn(dayFirst(text), today);
}

/** "December 3" as "3 december"; not the hour of "3 december 9". */
function dayFirst(text: string): string {
  return text.replace(
    /(?<!\d ?|[a-z])([a-z]+) (\d{1,2})(?:st|nd|rd|th)?(?![\d.:/-]| ?[a-z]*\d)/g,
    (match, word, day) => (findMonth(word) === undefined ? match : `${day} ${word}`),
  );
}

function findIn(text: string, today: Day): FoundDays {
  const named = markMonths(text);
  const wide = findSpan(named, today);
  if (wide) return bounded(wide, today);
  const one = findDayOfMonth(named, today) ?? findWritten(text, today) ?? findByName(text, today);
  return one ? bounded(one, today) : { days: undefined, rest: text };
}

interface Found {
  /** Undefined: no calendar has it. */
  dates: (Day | undefined)[];
  /** What stood before it, for "sebelum" and "setelah". */
  before: string;
  rest: string;
  isOpen?: true;
}

function bounded({ dates, before, rest, isOpen }: Found, today: Day): FoundDays {
  const known = dates.filter((date) => date !== undefined).sort(Temporal.PlainDate.compare);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last || known.length < dates.length) return { reason: 'date' };
  if (isAfter(first, today.add({ days: FARTHEST_DAYS }))) return { reason: 'date' };
  if (isAfter(today, last)) return { reason: 'past' };
  const direction = ONLY_FROM.exec(before)?.[1];
  if (direction !== undefined && dates.length === 1)
    return { days: { from: direction === 'setelah' ? first.add({ days: 1 }) : first }, rest };
  const limit = ONLY_UNTIL.exec(before)?.[1];
  if (limit === undefined || dates.length > 1)
    return {
      days: { from: isAfter(today, first) ? today : first, ...(isOpen ? {} : { until: last }) },
      rest,
    };
  const until = limit === 'sebelum' ? first.subtract({ days: 1 }) : first;
  return isAfter(today, until) ? { reason: 'past' } : { days: { until }, rest };
}

/** Weeks and months, where no day in them is named. */
function findSpan(named: string, today: Day): Found | undefined {
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const hasDay = new RegExp(WEEKDAY.source).test(named.replace(WEEK, ' '));
  const ahead = WEEKS_AHEAD.exec(named);
  if (ahead) return found(named, ahead, [today.add({ days: 7 * Number(ahead[1] ?? 1) })], true);
  const week = WEEK.exec(named);
  if (week && !hasDay) {
    const start = week[1] === 'depan' ? monday.add({ days: 7 }) : monday;
    return found(named, week, [start, start.add({ days: 6 })]);
  }
  const month = /\d/.test(named.replace(/@\d+/g, '')) || hasDay ? null : MONTH.exec(named);
  return month ? found(named, month, daysOfMonth(month, today)) : undefined;
}

/** "Bulan depan", "awal desember": the third of it, or the whole. */
function daysOfMonth([, part, which, number]: RegExpExecArray, today: Day): (Day | undefined)[] {
  const isOver = which === undefined && number === undefined && part === 'awal' && today.day > 10;
  const months = number === undefined ? 0 : (Number(number) - today.month + 12) % 12;
  const first = today.with({ day: 1 }).add({ months: which === 'depan' || isOver ? 1 : months });
  const last = first.daysInMonth;
  const [from, until] =
    part === undefined ? [1, last] : part === 'awal' ? [1, 10] : part === 'akhir' ? [21, last] : [11, 20];
  return number !== undefined && Number(number) > 12
    ? [undefined]
    : [first.with({ day: from }), first.with({ day: until })];
}

/** "Tgl 3", "tgl 3 atau 4": the next such day that there is. */
function findDayOfMonth(named: string, today: Day): Found | undefined {
  const match = DAY_OF_MONTH.exec(named) ?? ORDINAL.exec(named);
  if (!match) return undefined;
  const days = match.slice(1).filter(Boolean).map(Number);
  return found(
    named,
    match,
    days.map((day) => nextDay(day, today)),
  );
}

function nextDay(day: number, today: Day): Day | undefined {
  for (let ahead = 0; ahead <= 2; ahead++) {
    const month = today.with({ day: 1 }).add({ months: ahead });
    const date = findDate(month.year, month.month, day);
    if (date && !isAfter(today, date)) return date;
  }
  return undefined;
}

/** Dates with their month. */
function findWritten(text: string, today: Day): Found | undefined {
  const { dates, rest, isYearAssumed } = findWrittenDates(text, today, 'future');
  if (dates.length === 0) return undefined;
  const meant = dates.map((date) =>
    date && isYearAssumed && isAfter(date, today.add({ days: AHEAD_DAYS }))
      ? date.subtract({ years: 1 })
      : date,
  );
  const at = text.search(/\d/);
  return {
    dates: meant,
    before: text.slice(0, Math.max(0, at)).replace(/\b(?:tanggal|tggl|tgl|tg|hari|[a-z]+day) ?$/, ''),
    rest,
  };
}

/** "Besok", "senin depan", "senin sampai rabu". */
function findByName(text: string, today: Day): Found | undefined {
  const days = [...text.replace(WEEK, (week) => ' '.repeat(week.length)).matchAll(WEEKDAY)];
  const [first, second] = days;
  const number = (day: string) => WEEKDAYS.indexOf(day) + 1;
  const rest = (without: RegExp) => text.replace(without, ' ');
  if (first && second && first[0] !== second[0]) {
    const ordered = new RegExp(`${first[0]} ?(?:-|sampai|s/d|sd|to)`).test(text);
    const start = next(number(first[0]), today);
    const end = next(number(second[0]), ordered ? start : today);
    return { dates: [start, end], before: '', rest: rest(WEEKDAY) };
  }
  const dated = findDatedWeekday(text, today);
  if (dated) return dated;
  const dates = findRelativeDates(text, today, 'future');
  const names =
    /\b(?:(?:\d{1,3} ?|se)hari (?:(?:yang|yg) )?(?:lalu|lagi)|hari ini|besok|lusa|kemarin|depan|lagi)\b/g;
  const at = first?.index ?? text.search(names);
  const before = at === -1 ? '' : text.slice(0, at).replace(/\bhari ?$/, '');
  if (dates.length > 0) return { dates, before, rest: rest(WEEKDAY).replace(names, ' ') };
  // Who means today says so; its own name is the day a week from now.
  return first && { dates: [next(number(first[0]), today)], before, rest: rest(WEEKDAY) };
}

/** "Jumat 4", where a Friday soon is the fourth; otherwise the number is no date. */
function findDatedWeekday(text: string, today: Day): Found | undefined {
  const match = /\b(senin|selasa|rabu|kamis|jumat|sabtu|minggu),? (\d{1,2})(?![\d./:-])/.exec(text);
  if (!match) return undefined;
  const weekday = WEEKDAYS.indexOf(match[1] ?? '') + 1;
  const date = [0, 7, 14, 21, 28, 35, 42, 49, 56]
    .map((days) => next(weekday, today.subtract({ days: 1 })).add({ days }))
    .find(({ day }) => day === Number(match[2]));
  return date && found(text, match, [date]);
}

function next(weekday: number, after: Day): Day {
  return after.add({ days: ((weekday - after.dayOfWeek + 6) % 7) + 1 });
}

function found(text: string, match: RegExpExecArray, dates: (Day | undefined)[], isOpen = false): Found {
  return {
    dates,
    before: text.slice(0, match.index),
    rest: text.replace(match[0], ' '),
    ...(isOpen ? { isOpen: true as const } : {}),
  };
}

/** Names of months as `@5`. */
function markMonths(text: string): string {
  return text.replace(/[a-z]+/g, (word) => {
    const month = findMonth(word);
    return month === undefined ? word : `@${month}`;
  });
}
