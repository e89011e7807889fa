/** An Indonesian mobile number; no other can get SMS or WhatsApp from the office. */
import { clean } from './clean.ts';
import { digitsIfDictated } from './number-words.ts';
import type { AnswerContext, Parsed } from './types.ts';

/** Digits with what people put between them. A slash, comma or letter ends the number: it may be a second one. */
const SEGMENT = /\+?[\s.]?\(?\d(?:[\s.\-_()']*\d)*/g;

/** Numbers beside it that are no phone: hours ("jam 08.00-12.00", "24 jam") and the sixteen digits of a NIK. */
const BESIDE =
  /\b(?:jam|pukul|pkl)\.? *\d{1,2}(?:[.:]\d{2})?(?: ?(?:-|sampai|sd|s\/d) ?\d{1,2}(?:[.:]\d{2})?)?|[( ]\d{1,2} jam\b|(?<!\d)\d{16}(?!\d)/gi;

type Read = { ok: true; value: string } | { ok: false; reason: string };

/**
 * Reads a mobile number, value `+628...`: nine to twelve digits after `+62`. Operators' prefixes are not checked, they
 * change. Reasons: `unreadable` (none, or a foreign one), `length`, `landline` (0541 ... cannot get SMS), `two-values`.
 *
 * @example parsePhone('wa (0812) 3456-7890 pak', context) // value '+6281234567890'
 */
export function parsePhone(raw: string, _context: AnswerContext): Parsed<string> {
  const text = digitsIfDictated(clean(raw)).replace(BESIDE, ' ');
  // "0812345678/9" is two numbers in short.
  if (/\d{5} ?\/ ?\d{1,4}(?!\d)/.test(text)) return { ok: false, reason: 'two-values' };
  const reads = (text.match(SEGMENT) ?? []).flatMap(readSegment);
  const values = new Set(reads.flatMap((read) => (read.ok ? [read.value] : [])));
  const [value] = values;
  const refused = reads.find((read) => !read.ok);
  if (value === undefined) return refused ?? { ok: false, reason: 'unreadable' };
  if (values.size > 1 || refused?.ok === false) return { ok: false, reason: 'two-values' };
  return { ok: true, value, warnings: [] };
}

/** One number with spaces in it, or several after each other. Counts and house numbers (up to three digits) are no numbers. */
function readSegment(segment: string): Read[] {
  const isForeign = segment.startsWith('+');
  const runs = joinPrefix(segment.match(/\d+/g) ?? []);
  const whole = runs.join('');
  if (whole.length <= 3 && !isForeign) return [];
  const complete = runs.findIndex((run) => readNumber(run, false).ok);
  if (runs.length > 1 && complete !== -1) return restFrom(runs, complete);
  const one = readNumber(whole, isForeign);
  if (one.ok || whole.length <= 14) return [one];
  const several = splitRuns(runs);
  return several.length > 0 ? several : [one];
}

/** "+62 812..." and "+62 (0)812...": what only begins a number belongs to the digits after it. */
function joinPrefix([first = '', ...rest]: string[]): string[] {
  const [second, ...others] = rest;
  if (second === undefined || !/^(?:0|(?:00)?620?)$/.test(first)) return [first, ...rest];
  return joinPrefix([first + second, ...others]);
}

/** Each run a number by itself; a house number or count may stand before them, not after ("08123456789 2"). */
function restFrom(runs: string[], complete: number): Read[] {
  const isCountBefore = runs.slice(0, complete).every((run) => run.length <= 3);
  return (isCountBefore ? runs.slice(complete) : runs).map((run) => readNumber(run, false));
}

/** Numbers in groups written after each other: "0812 3456 7890 0813 1111 2222". A new one starts with 0 or 62. */
function splitRuns(runs: string[]): Read[] {
  const numbers: string[] = [];
  for (const run of runs) {
    const open = numbers.at(-1);
    if (open === undefined || (/^(0|62)/.test(run) && readNumber(open, false).ok)) numbers.push(run);
    else numbers[numbers.length - 1] = open + run;
  }
  const reads = numbers.map((number) => readNumber(number, false));
  return reads.every((read) => read.ok) ? reads : [];
}

function readNumber(digits: string, hasPlus: boolean): Read {
  const national = nationalPart(digits, hasPlus);
  if (national === undefined) return { ok: false, reason: 'unreadable' };
  if (/^[2-79]/.test(national)) return { ok: false, reason: national.length >= 7 ? 'landline' : 'length' };
  if (!national.startsWith('8')) return { ok: false, reason: 'unreadable' };
  const isMobile = national.length >= 9 && national.length <= 12;
  return isMobile ? { ok: true, value: `+62${national}` } : { ok: false, reason: 'length' };
}

/** The digits after the country code or the leading 0; undefined for a foreign number or none. */
function nationalPart(digits: string, hasPlus: boolean): string | undefined {
  const prefix = /^(?:00620?|620?|0)(?=[1-9])/.exec(digits)?.[0];
  if (prefix !== undefined && !(hasPlus && prefix.startsWith('00'))) return digits.slice(prefix.length);
  return !hasPlus && digits.startsWith('8') ? digits : undefined;
}
