/** Number of a family card: six digits of the region of issue, the day of recording `DDMMYY`, four of a series. */
import { findDateOfShortYear, todayOf } from './calendar.ts';
import { findSixteenDigits } from './sixteen-digits.ts';
import type { AnswerContext, Parsed } from './types.ts';

/**
 * Reads a KK number. Reasons: `not-16-digits`, `letters`, `two-values`, `repeated`, `other-number` (a NIK by its label).
 * Region and date are only remarks, as no published rule makes them certain: warnings `region-unknown`,
 * `date-implausible`, and `looks-like-nik` when the day is one that only women's NIKs have.
 *
 * @example parseKk('no KK 6408041203100001', context) // value '6408041203100001'
 */
export function parseKk(raw: string, context: AnswerContext): Parsed<string> {
  const found = findSixteenDigits(raw, 'kk');
  if (!found.ok) return found;
  const warnings = context.regions.hasDistrict(found.digits.slice(0, 6)) ? [] : ['region-unknown'];
  const remark = remarkOnDate(found.digits, context);
  if (remark !== undefined) warnings.push(remark);
  return { ok: true, value: found.digits, warnings };
}

function remarkOnDate(digits: string, context: AnswerContext): string | undefined {
  const day = Number(digits.slice(6, 8));
  if (day >= 41 && day <= 71) return 'looks-like-nik';
  const recorded = { day, month: Number(digits.slice(8, 10)), yy: Number(digits.slice(10, 12)) };
  return findDateOfShortYear(recorded, todayOf(context)) === undefined ? 'date-implausible' : undefined;
}
