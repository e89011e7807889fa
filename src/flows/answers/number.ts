/** A count or a measure. */
import { fold } from './clean.ts';
import { digitsForNumberWords } from './number-words.ts';
import type { AnswerContext, Parsed } from './types.ts';

export interface NumberOptions {
  min: number;
  max: number;
  /** Most digits after the comma. */
  decimals: number;
}

const NUMBER = /-?\d+(?:[.,]\d+)*/g;

/**
 * Reads one number within the range of the step. Comma and dot are told apart as Indonesians write them: "3.200" is
 * 3200 where no decimals are wanted, "3,2" is 3.2 where they are; where both readings fit the range it is `unreadable`.
 * A stated unit of weight is converted when only so the number fits ("3,2 kg" where grams are asked).
 * Reasons: `unreadable`, `range`, `two-values`.
 *
 * @example parseNumber('3,2 kg', context, { min: 0.3, max: 9, decimals: 2 }) // value 3.2
 */
export function parseNumber(raw: string, _context: AnswerContext, options: NumberOptions): Parsed<number> {
  const text = digitsForNumberWords(withoutOrdinals(fold(raw))).replace(/(?<=\d) koma (?=\d)/g, ',');
  const written = new Set(text.match(NUMBER) ?? []);
  const [number] = written;
  if (number === undefined) return { ok: false, reason: 'unreadable' };
  if (written.size > 1) return { ok: false, reason: 'two-values' };
  const plain = readings(number);
  const [value, other] =
    fitting(plain, options).length > 0 ? fitting(plain, options) : fitting(weighed(plain, text), options);
  if (other !== undefined) return { ok: false, reason: 'unreadable' };
  if (value !== undefined) return { ok: true, value, warnings: [] };
  const isWhole = plain.some((reading) => reading.decimals <= options.decimals);
  return { ok: false, reason: isWhole ? 'range' : 'unreadable' };
}

interface Reading {
  value: number;
  decimals: number;
}

/** "kedua", "ke-2", "anak pertama" count like 2, 2, 1. */
function withoutOrdinals(text: string): string {
  return text
    .replace(/\bpertama\b/g, '1')
    .replace(/\bke[\s-]*(?=\d|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|se[bp])/g, ' ');
}

/** The one or two ways to read dots and commas. */
function readings(written: string): Reading[] {
  const marks = written.match(/[.,]/g) ?? [];
  const last = Math.max(written.lastIndexOf('.'), written.lastIndexOf(','));
  const fraction = marks.length === 0 ? '' : written.slice(last + 1);
  const found: Reading[] = [];
  const groups = written.replace(/^-/, '').split(/[.,]/).slice(1);
  if (groups.every((group) => group.length === 3) && new Set(marks).size <= 1) {
    found.push({ value: Number(written.replace(/[.,]/g, '')), decimals: 0 });
  }
  const isLastMarkSingle = marks.filter((mark) => mark === marks.at(-1)).length === 1;
  if (marks.length > 0 && isLastMarkSingle && groups.slice(0, -1).every((group) => group.length === 3)) {
    const whole = written.slice(0, last).replace(/[.,]/g, '');
    found.push({ value: Number(`${whole}.${fraction}`), decimals: fraction.replace(/0+$/, '').length });
  }
  return found;
}

function fitting(found: Reading[], { min, max, decimals }: NumberOptions): number[] {
  const fit = found.filter(
    (reading) => reading.decimals <= decimals && reading.value >= min && reading.value <= max,
  );
  return [...new Set(fit.map((reading) => reading.value))];
}

/** The readings in the other unit of weight, when the text names one. */
function weighed(found: Reading[], text: string): Reading[] {
  const unit = /(?<=[\d\s])(kg|kilo|kilogram|g|gr|gram)\b/.exec(text)?.[1];
  if (unit === undefined) return [];
  return found.map((reading) => {
    const value = Number((reading.value * (unit.startsWith('k') ? 1000 : 0.001)).toFixed(6));
    return { value, decimals: String(value).split('.')[1]?.length ?? 0 };
  });
}
