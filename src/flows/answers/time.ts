/** A time of day, as citizens say it. */
import { fold } from './clean.ts';
import { digitsForNumberWords } from './number-words.ts';
import type { AnswerContext, Parsed } from './types.ts';

/** Parts of the day: the hours (24-hour clock) in which each is said. */
const PARTS = {
  dini: [0, 4],
  subuh: [3, 5],
  pagi: [0, 11],
  siang: [10, 15],
  sore: [14, 18],
  petang: [16, 19],
  malam: [18, 27],
  am: [0, 11],
  pm: [12, 23],
} as const;

const CLOCK =
  /(?<!\d)(?:jam|pukul|pkl|pk)?\.? *(\d{1,2})(?:(?:[.:,]| (?=\d\d\b))(\d{2})(?:[.:]\d{2})?)?(?!\d)/g;
const FOUR_DIGITS = /(?<!\d)([01]\d|2[0-4])(\d{2})(?!\d)/g;
const HALF = /\b(?:setengah|stengah|stgh|1\/2) (?:jam )?(\d{1,2})(?!\d)/g;
const PAST = /(?<!\d)(\d{1,2}) (?:lewat|lebih|lwt) (\d{1,2}|seperempat)(?: menit)?(?!\d)/g;
const TO = /(?<!\d)(\d{1,2}) (?:kurang|krg) (\d{1,2}|seperempat)(?: menit)?(?!\d)/g;

/**
 * Reads a time, value `HH:MM` on the 24-hour clock. "Setengah 9" is 08:30; a part of the day moves the hour ("jam 2
 * siang" is 14:00). Prayer times are not read: they move with place and season. Reasons: `unreadable`,
 * `impossible` (25.00, jam 20 pagi), `two-values`. Warning `daypart-assumed`: "jam 8", taken to be in the morning.
 *
 * @example parseTime('setengah 9 malam', context) // value '20:30'
 */
export function parseTime(raw: string, _context: AnswerContext): Parsed<string> {
  const text = digitsForNumberWords(fold(raw));
  const found = minutesIn(text);
  const [minutes] = found;
  if (minutes === undefined) return { ok: false, reason: 'unreadable' };
  if (found.size > 1) return { ok: false, reason: 'two-values' };
  const parts = text.match(/\b(?:dini|subuh|pagi|siang|sore|petang|malam|mlm|am|pm)\b|(?<=\d)[ap]m\b/g) ?? [];
  const placed = placeInDay(minutes, parts[0]?.replace('mlm', 'malam'));
  if (Number.isNaN(minutes) || placed === undefined) return { ok: false, reason: 'impossible' };
  const isBare = parts.length === 0 && minutes < 720 && !/\d[.:,]?\d/.test(text);
  return { ok: true, value: clockFace(placed), warnings: isBare ? ['daypart-assumed'] : [] };
}

/** Minutes since midnight of each time in the text, NaN for what no clock shows. */
function minutesIn(text: string): Set<number> {
  const found = new Set<number>();
  const take = (hour: string, minute: number): string => {
    const hours = Number(hour);
    found.add(hours > 24 || minute > 59 || (hours === 24 && minute > 0) ? Number.NaN : hours * 60 + minute);
    return ' ';
  };
  const quarter = (words: string): number => (words === 'seperempat' ? 15 : Number(words));
  text
    .replace(HALF, (_, hour: string) => take(hour, 0) && shift(found, -30))
    .replace(PAST, (_, hour: string, minute: string) => take(hour, quarter(minute)))
    .replace(TO, (_, hour: string, minute: string) => take(hour, 0) && shift(found, -quarter(minute)))
    .replace(FOUR_DIGITS, (_, hour: string, minute: string) => take(hour, Number(minute)))
    .replace(CLOCK, (_, hour: string, minute = '0') => take(hour, Number(minute)));
  return found;
}

/** Moves the time that was taken last. */
function shift(found: Set<number>, minutes: number): string {
  const last = [...found].at(-1) ?? 0;
  found.delete(last);
  found.add((last + minutes + 1440) % 1440);
  return ' ';
}

/** Minutes moved into the part of the day (`pagi`, `pm`) they were said with; undefined when the two contradict. "Malam" reaches past midnight. */
export function placeInDay(minutes: number, part: string | undefined): number | undefined {
  if (part === undefined) return minutes % 1440;
  const [from, to] = PARTS[part as keyof typeof PARTS];
  const candidates =
    minutes < 780 ? [minutes % 720, (minutes % 720) + 720, (minutes % 720) + 1440] : [minutes];
  const placed = candidates.find((at) => at >= from * 60 && at < (to + 1) * 60);
  return placed === undefined ? undefined : placed % 1440;
}

function clockFace(minutes: number): string {
  const pad = (number: number) => String(number).padStart(2, '0');
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
