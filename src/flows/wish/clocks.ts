/** Clock times in a text of one spelling. */

/** A time as written: minutes on the clock's face, how long "at" that time lasts, and the part of the day beside it. */
export interface Clock {
  minutes: number;
  length: number;
  part?: string;
  /** With a leading zero or beyond noon: on the 24-hour clock already. */
  isWritten?: boolean;
  isImpossible?: boolean;
}

const PART = '(pagi|siang|sore|petang|malam|subuh|am|pm)';
const MINUTE = '([0-5]\\d)(?:[.:]\\d{2})?';
const END = '(?![.:/-]?\\d)';
/** Not the month of "25/11 pagi", nor the day of "tgl 25 pagi". */
const START = '(?<![\\d#./:-])(?<!\\b(?:tanggal|tggl|tgl|tg|no|nomor|nomer)[ .:]*)';
const JAM = '\\bjam[ .:]*';
const JOIN = ' ?(?:-|sampai|s\\/d|sd|to|dan|and|&|atau|or) ?';

/** How a clock time is written; each gives hour, minute and part of the day. The clearest come first. */
const FORMS: [RegExp, 'any' | 'clock' | 'half'][] = [
  [new RegExp(`\\b(?:jam )?(?:setengah|1/2) (?:jam )?(\\d{1,2})()${END}(?: ?${PART}\\b)?`, 'g'), 'half'],
  [new RegExp(`${JAM}([0-2]\\d)${MINUTE}${END}(?: ?${PART}\\b)?`, 'g'), 'any'],
  [new RegExp(`${JAM}(\\d{1,2})[.:](\\d{2})(?:[.:]\\d{2})?${END}(?: ?${PART}\\b)?`, 'g'), 'any'],
  [new RegExp(`${JAM}(\\d{1,2}) ${MINUTE}${END}(?: ?${PART}\\b)?`, 'g'), 'clock'],
  [new RegExp(`${JAM}(\\d{1,2})()(?![.:/]?\\d)(?: ?${PART}\\b)?`, 'g'), 'any'],
  [new RegExp(`${START}(\\d{1,2})[.:]${MINUTE}(?![./\\d])(?: ?${PART}\\b)?`, 'g'), 'clock'],
  [new RegExp(`${START}(\\d{1,2})() ?${PART}\\b`, 'g'), 'clock'],
];

/** "9-11 pagi" is a span of hours; "25-11 pagi" is a morning. */
const SPAN_OF_PART = new RegExp(`${START}(\\d{1,2})(${JOIN})(\\d{1,2})(?= ?${PART}\\b)`, 'g');
/** The other end of a span may stand without a word: "jam 9-11", "9 sampai jam 11". */
const JOINED_AFTER = new RegExp(`(#\\d+)(${JOIN})(\\d{1,2})(?:[.:](\\d{2}))?${END}(?: ?${PART}\\b)?`, 'g');
const JOINED_BEFORE = new RegExp(`${START}(\\d{1,2})(${JOIN})(?=#\\d)`, 'g');

/** Puts `#0`, `#1` in place of each time, in the text that is left. */
export function takeClocks(text: string): { clocks: Clock[]; rest: string } {
  const clocks: Clock[] = [];
  const take = (hour: string, minute: string, part?: string): string => {
    clocks.push(clockOf(hour, minute, part));
    return ` #${clocks.length - 1} `;
  };
  const spans = text.replace(SPAN_OF_PART, (match, from: string, join: string, to: string) =>
    Number(from) < Number(to) && Number(to) <= 24 ? `jam ${from}${join}jam ${to}` : match,
  );
  const marked = FORMS.reduce(
    (rest, [form, kind]) =>
      rest.replace(form, (match: string, hour: string, minute: string, part?: string) => {
        if (kind !== 'any' && Number(hour) > 24) return match;
        return kind === 'half' ? take(hourBefore(hour), '30', part) : take(hour, minute, part);
      }),
    spans,
  );
  const rest = marked
    .replace(/ +/g, ' ')
    .replace(
      JOINED_AFTER,
      (_, first: string, join: string, hour: string, minute = '', part?: string) =>
        `${first}${join}${take(hour, minute, part)}`,
    )
    .replace(JOINED_BEFORE, (match, hour: string, join: string) =>
      Number(hour) <= 24 ? `${take(hour, '')}${join}` : match,
    );
  return { clocks, rest: rest.replace(/ +/g, ' ') };
}

/** "Setengah 1" is half an hour before one: half past twelve. */
function hourBefore(hour: string): string {
  return hour === '1' ? '12' : String(Number(hour) - 1);
}

function clockOf(hour: string, minute: string, part: string | undefined): Clock {
  const [hours, minutes] = [Number(hour), Number(minute)];
  return {
    minutes: hours * 60 + minutes,
    length: minutes === 0 ? 60 : 30,
    ...(part ? { part } : {}),
    ...(/^0/.test(hour) || hours > 12 ? { isWritten: true } : {}),
    ...(hours > 23 || hours < 0 || minutes > 59 ? { isImpossible: true } : {}),
  };
}
