/** The time of the day that a wish names. */
import { findMonth } from '../answers/months.ts';
import { placeInDay } from '../answers/time.ts';
import { type Clock, takeClocks } from './clocks.ts';

/** Minutes since midnight: from `after`, and sooner than `before`. */
export interface Hours {
  after?: number;
  before?: number;
}

/** What was found, and the text without it; `isImpossible`: no clock shows it ("jam 25"). */
interface FoundHours {
  hours: Hours | undefined;
  isImpossible: boolean;
  rest: string;
}

/** Who says only "pagi" means these spans of the hours in which a counter may be open. [own] */
const PARTS: { [part: string]: Hours } = {
  subuh: { before: 420 },
  pagi: { before: 660 },
  siang: { after: 660, before: 900 },
  sore: { after: 900, before: 1110 },
  petang: { after: 900, before: 1110 },
  malam: { after: 1110 },
};

/** About when people are back from the prayer: it moves with place and season, so roughly. [own] */
const PRAYERS: { [prayer: string]: number } = { dzuhur: 750, ashar: 945, magrib: 1110, isya: 1170 };

/** Minutes east of Greenwich. */
const ZONES: { [zone: string]: number } = { wib: 420, wita: 480, wit: 540 };

const PART = /\b(?:pagi|siang|sore|petang|malam|subuh)\b/g;
const PRAYER = /\b(?:(setelah|sebelum) )?(dzuhur|ashar|magrib|isya)\b/;
const JOIN = ' ?(?:-|sampai|s\\/d|sd|to|dan|and|&) ?';
const FROM_TO = new RegExp(`(?:\\b(?:antara|between|dari|from|mulai) )?#(\\d+)${JOIN}(?:jam )?#(\\d+)`, 'g');
const AFTER =
  /\b(?:setelah|mulai|dari|from|lewat|di ?atas|minimal|paling cepat|paling pagi)(?: dari)? #(\d+)/g;
const BEFORE =
  /\b(?:sebelum|by|paling lambat|paling lama|maksimal|maks|max|di ?bawah|sampai)(?: dari)? #(\d+)/g;
/** "Sebelum 10", where no month follows. */
const DIRECTED = /\b(setelah|sebelum) (\d{1,2})(?![\d/.:-])(?: ([a-z]+))?/g;

/**
 * The hours in a text of one spelling (wording.ts). "Jam 9" is the hour from 9, "9.30" the half hour from then; who says
 * "jam 2" to an office means 14.00. A zone that is named is reckoned into the one `offsetMinutes` east of Greenwich.
 *
 * @example findHours('besok setengah 9', 480) // hours { after: 510, before: 540 }, rest 'besok'
 */
export function findHours(text: string, offsetMinutes: number): FoundHours {
  const zone = /\b(?:wib|wita|wit)\b/.exec(text)?.[0] ?? '';
  const shift = offsetMinutes - (ZONES[zone] ?? offsetMinutes);
  const marked = text
    .replace(/\b(?:wib|wita|wit)\b/g, ' ')
    .replace(DIRECTED, (match, direction: string, hour: string, next = '') =>
      findMonth(next) === undefined ? `${direction} jam ${hour} ${next}` : match,
    );
  const { clocks, rest: tokens } = takeClocks(marked);
  const parts = [...new Set(tokens.match(PART))];
  const only = parts.length === 1 ? parts[0] : undefined;
  const { spans, rest } = takeSpans(tokens.replace(PART, ' '), clocks, only);
  const prayer = spans.length === 0 ? PRAYER.exec(rest) : null;
  const hours = spans.length > 0 ? around(spans.map((span) => shifted(span, shift))) : ofDay(prayer, parts);
  return {
    hours,
    isImpossible: clocks.some(({ isImpossible }) => isImpossible),
    rest: rest.replace(PRAYER, ' '),
  };
}

/** A lone number beside a day: "besok 9", "jumat 2". */
export function bareHour(hour: number): Hours {
  const after = minutesOf({ minutes: hour * 60, length: 60 }, undefined);
  return { after, before: after + 60 };
}

function takeSpans(
  tokens: string,
  clocks: Clock[],
  part: string | undefined,
): { spans: Hours[]; rest: string } {
  const spans: Hours[] = [];
  const clockOf = (index: string): Clock => clocks[Number(index)] ?? { minutes: 0, length: 60 };
  const take = (span: Hours) => {
    spans.push(span);
    return ' ';
  };
  const rest = tokens
    .replace(FROM_TO, (_, from: string, to: string) => take(between(clockOf(from), clockOf(to), part)))
    .replace(AFTER, (_, from: string) => take({ after: minutesOf(clockOf(from), part) }))
    .replace(BEFORE, (_, to: string) => take({ before: minutesOf(clockOf(to), part) }))
    .replace(/#(\d+)/g, (_, index: string) => {
      const after = minutesOf(clockOf(index), part);
      return take({ after, before: after + clockOf(index).length });
    });
  return { spans, rest };
}

/** "Jam 9-11 siang": the part of the day is that of the end, and the beginning lies before it. */
function between(from: Clock, to: Clock, part: string | undefined): Hours {
  const end = minutesOf(to, part);
  const start = from.part ? minutesOf(from, part) : from.minutes;
  const [late, before] = [start + 720, end > start ? end : end + 720];
  return { after: start < 720 && late < before && !from.isWritten ? late : start, before };
}

/** Minutes since midnight on the 24-hour clock. */
function minutesOf({ minutes, part, isWritten }: Clock, dayPart: string | undefined): number {
  const said = part ?? dayPart;
  const placed = said === undefined ? undefined : placeInDay(minutes, said);
  if (placed !== undefined) return placed;
  // No counter is open at two in the night.
  return minutes >= 60 && minutes < 360 && !isWritten ? minutes + 720 : minutes;
}

function shifted({ after, before }: Hours, shift: number): Hours {
  const move = (minutes: number) => Math.min(1440, Math.max(0, minutes + shift));
  return {
    ...(after === undefined ? {} : { after: move(after) }),
    ...(before === undefined ? {} : { before: move(before) }),
  };
}

/** From the first to the last of them. */
function around(spans: Hours[]): Hours {
  const starts = spans.flatMap(({ after }) => (after === undefined ? [] : [after]));
  const ends = spans.flatMap(({ before }) => (before === undefined ? [] : [before]));
  return {
    ...(starts.length > 0 ? { after: Math.min(...starts) } : {}),
    ...(ends.length > 0 ? { before: Math.max(...ends) } : {}),
  };
}

function ofDay(prayer: RegExpExecArray | null, parts: string[]): Hours | undefined {
  const at = PRAYERS[prayer?.[2] ?? ''];
  if (at !== undefined) return prayer?.[1] === 'sebelum' ? { before: at - 30 } : { after: at };
  const spans = parts.flatMap((part) => PARTS[part] ?? []);
  if (spans.length === 0) return undefined;
  const all = around(spans);
  // An open end stays open.
  return {
    ...(all.after !== undefined && spans.every(({ after }) => after !== undefined)
      ? { after: all.after }
      : {}),
    ...(all.before !== undefined && spans.every(({ before }) => before !== undefined)
      ? { before: all.before }
      : {}),
  };
}
