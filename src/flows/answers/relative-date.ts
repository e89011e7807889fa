/** Days named by their distance from today: "kemarin", "Jumat kmrn", "3 hari yang lalu". */
import { wordsOf } from './words.ts';

export type DateRange = 'past' | 'future' | 'any';

const WEEKDAYS = new Map(
  [
    'senin monday',
    'selasa tuesday',
    'rabu wednesday',
    'kamis thursday',
    'jumat jumaat jumah jmt friday',
    'sabtu sbtu saturday',
    'minggu ahad sunday',
  ].flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);

const YESTERDAY = 'kemarin|kemaren|kmarin|kmaren|kmren|kmrn|kmrin|wingi|yesterday';

/** Whole phrases and their days from today; the longer stand first. */
const PHRASES: [RegExp, number][] = [
  [
    new RegExp(
      `\\b(?:${YESTERDAY}) (?:lusa|dulu)\\b|\\blusa (?:${YESTERDAY})\\b|\\bday before yesterday\\b`,
      'g',
    ),
    -2,
  ],
  [new RegExp(`\\b(?:${YESTERDAY})\\b`, 'g'), -1],
  [
    /\b(?:hari|hr|hri) ini\b|\bhariini\b|\btoday\b|\b(?:tadi|td) (?:subuh|pagi|siang|sore)\b|\b(?:barusan|baru (?:saja|aja))\b/g,
    0,
  ],
  [/\b(?:besok|besuk|bsk|esok|sesok|sesuk|tomorrow)\b/g, 1],
  [/\blusa\b/g, 2],
];

/** Days counted: "3 hari lalu", "sehari yang lalu", "2 hari lagi". Weeks and months are too rough for a document. */
const DAYS_AWAY = /\b(?:(\d{1,3}) ?|se)(?:hari|hr) (?:(?:yang|yg) )?(lalu|kemarin|kmrn|lagi)\b/g;

/** "Minggu lalu" is last week unless it says "hari minggu lalu". */
const WEEK = new RegExp(
  `(?<!\\b(?:hari|hr) )\\bminggu (?:yang |yg )?(?:lalu|depan|ini|${YESTERDAY})\\b`,
  'g',
);

/** The weekday a folded text names, 1 = Monday; "minggu" is a week unless it stands as a day. */
export function findWeekday(text: string): number | undefined {
  const found = wordsOf(text.replace(WEEK, ' '))
    .map((word) => WEEKDAYS.get(word))
    .filter((day) => day !== undefined);
  return new Set(found).size === 1 ? found[0] : undefined;
}

/** Every day that the folded text names by distance. Night is left out: "tadi malam" may be either day. */
export function findRelativeDates(
  text: string,
  today: Temporal.PlainDate,
  range: DateRange,
): Temporal.PlainDate[] {
  const dates: Temporal.PlainDate[] = [];
  let rest = text.replace(DAYS_AWAY, (_, count: string | undefined, direction: string) => {
    const days = Number(count ?? 1);
    dates.push(today.add({ days: direction === 'lagi' ? days : -days }));
    return ' ';
  });
  const weekday = findWeekday(rest);
  if (weekday !== undefined) {
    const date = dateOfWeekday({ weekday, text: rest, range }, today);
    return date === undefined ? dates : [...dates, date];
  }
  rest = rest.replace(WEEK, ' ');
  for (const [phrase, days] of PHRASES) {
    const without = rest.replace(phrase, ' ');
    if (without !== rest) dates.push(today.add({ days }));
    rest = without;
  }
  return dates;
}

/** A weekday by its direction; without one the step's range gives it, and today's own name says too little. */
function dateOfWeekday(
  { weekday, text, range }: { weekday: number; text: string; range: DateRange },
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined {
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const week = text.match(WEEK)?.[0];
  if (week !== undefined) {
    const weeks = week.endsWith('depan') ? 1 : week.endsWith('ini') ? 0 : -1;
    return monday.add({ days: weekday - 1 + 7 * weeks });
  }
  const daysBack = ((today.dayOfWeek - weekday + 6) % 7) + 1;
  const daysAhead = ((weekday - today.dayOfWeek + 6) % 7) + 1;
  if (new RegExp(`\\b(?:lalu|tadi|last|${YESTERDAY})\\b`).test(text))
    return today.subtract({ days: daysBack });
  if (/\b(?:depan|besok|besuk|bsk|nanti|next)\b/.test(text)) return today.add({ days: daysAhead });
  if (range === 'any' || weekday === today.dayOfWeek) return undefined;
  return range === 'past' ? today.subtract({ days: daysBack }) : today.add({ days: daysAhead });
}
