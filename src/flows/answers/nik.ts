/** NIK, the sixteen-digit number of a person: `PPKKCC DDMMYY SSSS`, a woman's day raised by 40 (PP 37/2007 art. 37). */
import { findDateOfShortYear, todayOf } from './calendar.ts';
import { findSixteenDigits } from './sixteen-digits.ts';
import type { AnswerContext, Parsed } from './types.ts';

/** Province codes of Kemendagri, those of Papua's new provinces (93-96) included. */
const PROVINCES = new Set(
  '11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 61 62 63 64 65 71 72 73 74 75 76 81 82 91 92 93 94 95 96'.split(
    ' ',
  ),
);

/**
 * Reads a NIK. Reasons: `not-16-digits`, `letters`, `two-values`, `repeated`, `other-number` (a KK number by its label),
 * `region` (no such province), `date` (no such day in any century), `serial` (0000). Warning: `region-unknown`, the
 * district is not in the current list, as with every NIK of a district that was renumbered since.
 * Details: `birthDate` (the latest that is not in the future), `sex` (`L` or `P`), `province` (two digits). Birth date
 * and sex are those written in the number, which a later correction by the registry does not change. A NIK that reads
 * well need not exist; only the national register knows.
 *
 * @example parseNik('NIK: 64.08.04.120590.9901 pak', context) // value '6408041205909901', birthDate '1990-05-12', sex 'L'
 */
export function parseNik(raw: string, context: AnswerContext): Parsed<string> {
  const found = findSixteenDigits(raw, 'nik');
  if (!found.ok) return found;
  const { digits } = found;
  if (!PROVINCES.has(digits.slice(0, 2))) return { ok: false, reason: 'region' };
  const birth = birthInNik(digits, todayOf(context));
  if (birth === undefined) return { ok: false, reason: 'date' };
  if (digits.endsWith('0000')) return { ok: false, reason: 'serial' };
  return {
    ok: true,
    value: digits,
    warnings: context.regions.hasDistrict(digits.slice(0, 6)) ? [] : ['region-unknown'],
    details: { ...birth, province: digits.slice(0, 2) },
  };
}

/** What sixteen digits say of their holder: the latest such birth date that is not after `today`; undefined when there is none. */
export function birthInNik(
  digits: string,
  today: Temporal.PlainDate,
): { birthDate: string; sex: 'L' | 'P' } | undefined {
  const written = Number(digits.slice(6, 8));
  const isFemale = written > 40;
  const day = isFemale ? written - 40 : written;
  const birth = { yy: Number(digits.slice(10, 12)), month: Number(digits.slice(8, 10)), day };
  const date = findDateOfShortYear(birth, today);
  return date && { birthDate: date.toString(), sex: isFemale ? 'P' : 'L' };
}
