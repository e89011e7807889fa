/** Dates written out, in words or numbers. Day first always; month first only when the month is a word. */
import { findDate, findDateOfShortYear, isAfter } from './calendar.ts';
import { findMonth, findRomanMonth } from './months.ts';
import type { DateRange } from './relative-date.ts';

/** A date as written; `year` as typed, '' when left out. */
interface Written {
  day: number;
  month: number;
  year: string;
}

export interface WrittenDates {
  /** undefined: written as a date, but the calendar has no such day. */
  dates: (Temporal.PlainDate | undefined)[];
  /** A year was left out and taken to be the nearest. */
  isYearAssumed: boolean;
  /** The text without them. */
  rest: string;
}

const GAP = '[\\s.,/\\\\_-]+';
const MAYBE = '[\\s.,/\\\\_-]*';
const YEAR = '(\\d{4}|\\d{2})(?!\\d)';
const START = '(?<![\\d@])';
const DAY = `${START}(\\d{1,2})`;
const MONTH_WORD = '@(\\d{1,4})\\b';

/** In this order, so that no short form eats a part of a long one. `@5` stands for a month's name. */
const FORMS: [RegExp, (groups: string[]) => Written][] = [
  [
    // Not the year that ends a date before: "12-05-1990, 12-05-1990".
    new RegExp(`(?<![\\d@]${MAYBE})(\\d{4})${GAP}(\\d{1,2})${GAP}(\\d{1,2})(?!\\d)`, 'g'),
    ([y, m, d]) => written(d, m, y),
  ],
  [new RegExp(`${DAY}${GAP}(\\d{1,2})${GAP}${YEAR}`, 'g'), ([d, m, y]) => written(d, m, y)],
  [new RegExp(`${DAY}${MAYBE}${MONTH_WORD}${MAYBE}${YEAR}`, 'g'), ([d, m, y]) => written(d, m, y)],
  [new RegExp(`${MONTH_WORD}${MAYBE}(\\d{1,2})${GAP}(\\d{4})(?!\\d)`, 'g'), ([m, d, y]) => written(d, m, y)],
  [
    new RegExp(`${START}(\\d{4})${MAYBE}${MONTH_WORD}${MAYBE}(\\d{1,2})(?!\\d)`, 'g'),
    ([y, m, d]) => written(d, m, y),
  ],
  [/(?<![\d@])(\d{2})(\d{2})(\d{4}|\d{2})(?!\d)/g, ([d, m, y]) => compact(written(d, m, y))],
  [new RegExp(`${DAY}${MAYBE}${MONTH_WORD}`, 'g'), ([d, m]) => written(d, m, '')],
  [/(?<![\d@][/-]?)(\d{1,2})[/-](\d{1,2})(?![/-]?\d)/g, ([d, m]) => written(d, m, '')],
];

/** Finds the dates in a folded text. */
export function findWrittenDates(folded: string, today: Temporal.PlainDate, range: DateRange): WrittenDates {
  const dates: (Temporal.PlainDate | undefined)[] = [];
  let isYearAssumed = false;
  let rest = markMonths(folded, today);
  for (const [form, read] of FORMS) {
    rest = rest.replace(form, (...match: unknown[]) => {
      const found = read(match.slice(1, 4).map(String));
      dates.push(resolve(found, today, range));
      isYearAssumed ||= found.year === '';
      return ' ';
    });
  }
  return { dates, isYearAssumed, rest };
}

function written(day = '', month = '', year = ''): Written {
  return { day: Number(day), month: Number(month), year };
}

/** Eight digits are DDMMYYYY, or YYYYMMDD where that would put the year out of all sense; never both. */
function compact(date: Written): Written {
  const digits = [date.day, date.month].map((number) => String(number).padStart(2, '0')).join('') + date.year;
  if (digits.length !== 8 || /^(1[89]|2[01])/.test(date.year)) return date;
  return written(digits.slice(6), digits.slice(4, 6), digits.slice(0, 4));
}

/** Month names become `@5`, and the words around the parts of a date go: "tgl 12 bln 5 thn 90" -> "12 @5 90". */
function markMonths(folded: string, today: Temporal.PlainDate): string {
  const years: [RegExp, number][] = [
    [/\b(?:tahun|thn|th) (?:lalu|kemarin|kmrn)\b/g, today.year - 1],
    [/\b(?:tahun|thn|th) ini\b/g, today.year],
    [/\b(?:tahun|thn|th) depan\b/g, today.year + 1],
  ];
  return (
    years
      .reduce((text, [phrase, year]) => text.replace(phrase, ` ${year} `), folded)
      // "2 bulan lalu" is two months ago, not the second of last month.
      .replace(
        /(?<!\b(?:tanggal|tggl|tgl|tg)[\s.:]*)\b\d{1,2} ?(?:bulan|bln|bl) (?:yang |yg )?(?:lalu|lagi)\b/g,
        ' ',
      )
      .replace(/\b(?:bulan|bln|bl) (lalu|kemarin|kmrn|ini|depan)\b/g, (_, which: string) =>
        nearMonth(which, today),
      )
      .replace(/\b(?:bulan|bln|bl)[\s.:]*(?:ke[\s-]*)?(\d{1,2})(?!\d)/g, ' @$1 ')
      .replace(/\b(?:bulan|bln|bl|tahun|taun|thn|th|tanggal|tggl|tgl|tg)\b[.:]*/g, ' ')
      .replace(/(?<=\d)(?:st|nd|rd|th)\b(?: of\b)?/g, ' ')
      .replace(/(?<=\d[\s./-]{0,3})[ivx]{1,4}(?=[\s./-]{1,3}\d)/g, (word) => {
        const month = findRomanMonth(word);
        return month === undefined ? word : ` @${month} `;
      })
      .replace(/[a-z]+/g, (word) => {
        const month = findMonth(word);
        return month === undefined ? word : ` @${month} `;
      })
  );
}

function nearMonth(which: string, today: Temporal.PlainDate): string {
  const months = which === 'ini' ? 0 : which === 'depan' ? 1 : -1;
  const month = today.add({ months });
  return ` @${month.month} ${month.year} `;
}

function resolve(date: Written, today: Temporal.PlainDate, range: DateRange): Temporal.PlainDate | undefined {
  const { day, month, year } = date;
  if (year.length === 4) return findDate(Number(year), month, day);
  if (range === 'future') return nextDate(date, today);
  if (year.length === 2) return findDateOfShortYear({ yy: Number(year), month, day }, today);
  // 29 February may lie up to eight years back.
  const years = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((back) => today.year - back);
  return years
    .map((y) => findDate(y, month, day))
    .find((found) => found !== undefined && !isAfter(found, today));
}

/** Where only coming days make sense: this century for a short year, the next such day without one. */
function nextDate({ day, month, year }: Written, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  if (year.length === 2) return findDate(Math.trunc(today.year / 100) * 100 + Number(year), month, day);
  const years = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((ahead) => today.year + ahead);
  return years
    .map((y) => findDate(y, month, day))
    .find((found) => found !== undefined && !isAfter(today, found));
}
