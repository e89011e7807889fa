/** The number of a civil certificate. Its form differs by year and office, so it is nearly free text. */
import { clean, fold } from './clean.ts';
import type { AnswerContext, Parsed } from './types.ts';
import { isQuestion, withoutClosing, wordsOf } from './words.ts';

const MAX_CHARACTERS = 40;

/** What now is common: region, kind, date, series (`6472-LU-26032024-0001`). */
const COMMON = /(?<!\d)(\d{4})[\s./-]*([a-z]{2,3})[\s./-]*(\d{8})[\s./-]*(\d{4})(?!\d)/gi;

const LEAD =
  /^(?:(?:ini|itu|ya|iya|kayaknya|sepertinya|nomornya|nomernya|nomor|nomer|nmr|no|kutipan|akta|akte|lahir|kelahiran|kematian|perkawinan|nikah|cerai|perceraian|saya|sy|anak|adalah|:|=)(?![\p{L}\p{N}])[\s.:=#]*)+/iu;

/** Said after a number: whose it is, and of which day. */
const TAIL = /[\s,]+(?:tanggal|tgl|tertanggal|atas nama|a\.n\.|a\/n)(?!\p{L}).*$/iu;

/** An older number with its year, without spaces: `123/DISP/1990`. */
const SLASHED = /\S*\d\/\S*\d\S*/g;

/** Said by those who have no number. */
const SENTENCE = new Set(
  'tidak tdk gak ga nggak belum blm bukan lupa hilang ilang rusak gatau tau tahu'.split(' '),
);

/**
 * Reads a certificate's number, at most 40 characters, as typed but for the words before it; the common form is
 * written with dashes and capitals. Reasons: `unreadable` (no digit in it, a sentence, odd characters), `too-long`,
 * `two-values`.
 *
 * @example parseAktaNumber('no akta: 6472-lu-26032024-0001', context) // value '6472-LU-26032024-0001'
 */
export function parseAktaNumber(raw: string, _context: AnswerContext): Parsed<string> {
  const folded = fold(raw);
  if (isQuestion(folded) || wordsOf(folded).some((word) => SENTENCE.has(word)))
    return { ok: false, reason: 'unreadable' };
  const text = withoutClosing(clean(raw)).replace(/\s*(?:\\|\bgaris miring\b)\s*/gi, '/');
  const numbers = text.split(/\s*(?:[,;&\n]|\b(?:dan|atau|and|or|eh|salah|ralat)\b)\s*/i).flatMap(numbersIn);
  const distinct = new Set(numbers.map((number) => number.toUpperCase()));
  const [number] = numbers;
  if (distinct.size > 1) return { ok: false, reason: 'two-values' };
  if (number === undefined || !/^[\p{L}\d\s./()#:_-]+$/u.test(number))
    return { ok: false, reason: 'unreadable' };
  if ([...number].length > MAX_CHARACTERS) return { ok: false, reason: 'too-long' };
  return { ok: true, value: number, warnings: [] };
}

function numbersIn(part: string): string[] {
  const common = [...part.matchAll(COMMON)].map((match) => match.slice(1, 5).join('-').toUpperCase());
  const rest = common.length > 0 ? part.replace(COMMON, ' ').trim() : part;
  if (common.length > 0 && !/\d/.test(rest)) return common;
  const number = part
    .replace(LEAD, '')
    .replace(TAIL, '')
    .replace(/[\s.:]+(?:ya)?$/i, '');
  const slashed = number.match(SLASHED) ?? [];
  if (slashed.length > 1) return slashed;
  return /\d/.test(number) ? [number] : [];
}
