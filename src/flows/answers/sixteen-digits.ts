/** Finds the sixteen digits of a NIK or KK number in what people write around them. */
import { clean } from './clean.ts';
import { digitsIfDictated } from './number-words.ts';

type Kind = 'nik' | 'kk';
type Found = { ok: true; digits: string } | { ok: false; reason: string };

/** Digits with what people put between them; a comma or colon with a space after it ends the number. */
const SEGMENT = /\d(?:(?:[\s._\-/()'"*]|,(?=\d))*\d)*/g;

const LABELS: Record<Kind, RegExp> = {
  nik: /\b(nik|e-?ktp|nomor induk)\b/i,
  kk: /\b(kk|karkel|kartu keluarga)\b/i,
};

/** A letter typed for a digit: O for 0, l or I for 1, or any one or two letters in the middle of digits. */
const LETTER_IN_DIGITS =
  /(?<=\d)[oil|]{1,3}(?![\p{L}])|(?<![\p{L}])[oil|]{1,3}(?=\d)|(?<=\d)[a-z]{1,2}(?=\d)/giu;

/** NIK and KK numbers that are nobody's: all digits equal, and counting up. */
const PLACEHOLDERS = /^(\d)\1{15}$|^1234567890123456$|^0123456789012345$/;

/**
 * The one number of the wanted kind. Labels decide between a NIK and a KK number in one answer ("NIK 64... KK 64...");
 * two different numbers without labels are `two-values`. Letters in place of digits are never corrected here, because
 * only the citizen can confirm such a correction: `letters`. A number with only the other kind's label is `other-number`.
 */
export function findSixteenDigits(raw: string, kind: Kind): Found {
  const typed = clean(raw);
  if (/^\d{16}$/.test(typed)) return accepted(typed);
  const text = digitsIfDictated(typed).replace(/^\d{1,2}[.)]\s+/, '');
  if (hasLettersForDigits(text)) return { ok: false, reason: 'letters' };
  const numbers = readSegments(text);
  const wanted = numbers.filter((number) => number.label === undefined || number.label === kind);
  if (wanted.length === 0)
    return { ok: false, reason: numbers.length > 0 ? 'other-number' : 'not-16-digits' };
  const distinct = new Set(wanted.map((number) => number.digits));
  const [digits = ''] = distinct;
  if (distinct.size > 1) return { ok: false, reason: 'two-values' };
  return digits.length === 16 ? accepted(digits) : { ok: false, reason: 'not-16-digits' };
}

function accepted(digits: string): Found {
  return PLACEHOLDERS.test(digits) ? { ok: false, reason: 'repeated' } : { ok: true, digits };
}

interface LabelledNumber {
  digits: string;
  label: Kind | undefined;
}

/** Numbers that are, or were meant to be, sixteen digits; house numbers, counts and phones are passed over. */
function readSegments(text: string): LabelledNumber[] {
  const numbers: LabelledNumber[] = [];
  let end = 0;
  for (const match of text.matchAll(SEGMENT)) {
    const label = labelIn(text.slice(end, match.index));
    end = match.index + match[0].length;
    for (const digits of splitSegment(match[0].match(/\d+/g) ?? [])) numbers.push({ digits, label });
  }
  if (numbers.length > 0 || /\p{L}/u.test(text)) return numbers;
  const digits = text.replace(/\D/g, '');
  return digits === '' ? [] : [{ digits, label: undefined }];
}

function splitSegment(runs: string[]): string[] {
  const whole = runs.join('');
  if (whole.length === 16) return [whole];
  const groups = groupsOfSixteen(runs);
  if (groups.length > 0) return groups;
  const others = runs.filter((run) => !isPhone(run));
  if (others.length < runs.length && others.join('').length === 16) return [others.join('')];
  return whole.length >= 13 && !isPhone(whole) ? [whole] : [];
}

/** Several numbers written after each other, each starting at a run of digits; empty when they do not come out even. */
function groupsOfSixteen(runs: string[]): string[] {
  const groups: string[] = [];
  let open = '';
  for (const run of runs) {
    open += run;
    if (open.length > 16) return [];
    if (open.length < 16) continue;
    groups.push(open);
    open = '';
  }
  return open === '' ? groups : [];
}

function isPhone(digits: string): boolean {
  return /^(0|62)8\d{8,11}$/.test(digits);
}

/** Both kinds named at once ("NIK di KK saya") say nothing. */
function labelIn(gap: string): Kind | undefined {
  const [isNik, isKk] = [LABELS.nik.test(gap), LABELS.kk.test(gap)];
  if (isNik === isKk) return undefined;
  return isNik ? 'nik' : 'kk';
}

function hasLettersForDigits(text: string): boolean {
  const corrected = text.replace(LETTER_IN_DIGITS, (letters) => '0'.repeat(letters.length));
  return (
    corrected !== text && readSegments(corrected).some(({ digits }) => Math.abs(digits.length - 16) <= 1)
  );
}
