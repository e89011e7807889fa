/** Words that were read, as values of the flow; what does not pass the flow's own rules is no value. Pure. */
import { parseDate } from '../../flows/answers/date.ts';
import { parseKk } from '../../flows/answers/kk.ts';
import { parseName } from '../../flows/answers/name.ts';
import { parseNik } from '../../flows/answers/nik.ts';
import type { AnswerContext } from '../../flows/answers/types.ts';
import type { Word } from './engine.ts';

/** A value, how certain it is (0 to 1), and the words that it was read from. */
export interface Value {
  value: string;
  confidence: number;
  from: readonly Word[];
}

/** Letters that print or blur makes of digits. */
const MISREAD: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  D: '0',
  I: '1',
  l: '1',
  B: '8',
  S: '5',
  Z: '2',
};

/** The digits of a run that is nearly all digits, misread letters mended; undefined for anything else. */
export function mended(text: string): string | undefined {
  const run = text.replace(/[^\p{L}\d]/gu, '');
  const digits = run.replace(/\D/g, '').length;
  if (run.length === 0 || digits < run.length * 0.75) return undefined;
  const whole = [...run].map((sign) => MISREAD[sign] ?? sign).join('');
  return /^\d+$/.test(whole) ? whole : undefined;
}

/** The sixteen digits in these words that pass the rules of the kind; each mended letter costs certainty. */
export function numberIn(
  words: readonly Word[],
  kind: 'nik' | 'kk',
  context: AnswerContext,
): Value | undefined {
  for (const from of runsOfDigits(words)) {
    const written = from.map(({ text }) => text).join('');
    const digits = mended(written);
    if (digits?.length !== 16 || !isNumber(digits, kind, context)) continue;
    const letters = written.replace(/[^\p{L}]/gu, '').length;
    return { value: digits, confidence: leastOf(from) * 0.9 ** letters, from };
  }
  return undefined;
}

/** Neighbouring words of digits: a number may be read in two or three pieces. */
function runsOfDigits(words: readonly Word[]): Word[][] {
  const runs: Word[][] = [];
  let last: Word | undefined;
  for (const word of words) {
    const isDigits = mended(word.text) !== undefined;
    const goesOn = last !== undefined && word.left - (last.left + last.width) < 1.2 * word.height;
    if (isDigits && goesOn) runs.at(-1)?.push(word);
    else if (isDigits) runs.push([word]);
    last = isDigits ? word : undefined;
  }
  return runs;
}

/** True for sixteen digits that may be such a number: of a region of today's list, with a day that there was. */
export function isNumber(digits: string, kind: 'nik' | 'kk', context: AnswerContext): boolean {
  const parsed = kind === 'nik' ? parseNik(digits, context) : parseKk(digits, context);
  return (
    parsed.ok &&
    parsed.warnings.every((warning) => warning !== 'date-implausible' && warning !== 'looks-like-nik')
  );
}

const NAME_WORD = /^[\p{L}][\p{L}'.-]*,?$/u;

/** A name in capitals; undefined as soon as one word of it is no word of a name. */
export function nameIn(words: readonly Word[], context: AnswerContext): Value | undefined {
  const name = words.filter(({ text }) => !/^[:;.|,-]+$/.test(text));
  if (name.length === 0 || !name.every(({ text }) => NAME_WORD.test(text))) return undefined;
  const written = name.map(({ text }) => text.replace(/,$/, '')).join(' ');
  const parsed = parseName(written, context);
  if (!parsed.ok || parsed.value !== written || written.length < 3) return undefined;
  return { value: written.toUpperCase(), confidence: leastOf(name), from: name };
}

const DAY = /(\d{1,2})\s*[-./ ]\s*(\p{L}{3,}|\d{1,2})\s*[-./ ]\s*(\d{4})/u;

/** The day in a text, not in the future; undefined when a weekday beside it says otherwise. */
export function dateIn(words: readonly Word[], context: AnswerContext): Value | undefined {
  const text = words.map((word) => mendedDate(word.text)).join(' ');
  const match = DAY.exec(text);
  if (match === null) return undefined;
  const parsed = parseDate(`${text.slice(0, match.index)}${match[0]}`, context, { range: 'past' });
  const day =
    parsed.ok && parsed.warnings.length === 0 ? parsed : parseDate(match[0], context, { range: 'past' });
  if (!day.ok || (parsed.ok && parsed.warnings.includes('weekday-differs'))) return undefined;
  const from = words.filter((word) => match[0].includes(mendedDate(word.text).replace(/[.,]$/, '')));
  return { value: day.value, confidence: leastOf(from), from };
}

/** `l2-O5-1990` is a day; a word is not. */
function mendedDate(text: string): string {
  if (text.replace(/\D/g, '').length < text.length * 0.6) return text;
  return [...text].map((sign) => MISREAD[sign] ?? sign).join('');
}

/** Of the least certain word; 0 for none. */
function leastOf(words: readonly Word[]): number {
  return words.length === 0 ? 0 : Math.min(...words.map(({ confidence }) => confidence));
}
