import { describe, expect, it } from 'vitest';
import { parseNik } from '../../../src/flows/answers/nik.ts';
import { brief, context, warningsOf } from './context.ts';

const MAN = '6408041205909901';

describe('a NIK', () => {
  it.each([
    ['6408041205909901', '1990-05-12', 'L'],
    ['6408045205909902', '1990-05-12', 'P'],
    ['6472056902049903', '2004-02-29', 'P'],
    ['6404011205909911', '1990-05-12', 'L'],
    ['6472052603269914', '2026-03-26', 'L'],
    ['6472052703269915', '1926-03-27', 'L'],
    ['6472052902009916', '2000-02-29', 'L'],
    ['6472057112999917', '1999-12-31', 'P'],
  ])('%s tells the latest birth date that is not in the future, and the sex', (nik, birthDate, sex) => {
    expect(parseNik(nik, context)).toMatchObject({
      ok: true,
      value: nik,
      details: { birthDate, sex, province: '64' },
    });
  });

  it.each([
    ['6472056902059904', 'date'],
    ['6472051213909905', 'date'],
    ['6472050005909906', 'date'],
    ['6472053205909907', 'date'],
    ['6472054005909908', 'date'],
    ['6472057205909909', 'date'],
    ['6472053104909910', 'date'],
    ['6472050105910000', 'serial'],
    ['6472051205900000', 'serial'],
    ['9912011205909913', 'region'],
    ['0000011205909913', 'region'],
    ['2212011205909913', 'region'],
    ['1111111111111111', 'repeated'],
    ['0000000000000000', 'repeated'],
    ['1234567890123456', 'repeated'],
    ['640804120590990', 'not-16-digits'],
    ['64080412059099012', 'not-16-digits'],
    ['6408041205909901 2', 'not-16-digits'],
    ['6408041205909901081234567890', 'not-16-digits'],
    ['', 'not-16-digits'],
    ['nik saya di rumah', 'not-16-digits'],
    ['64O8041205909901', 'letters'],
    ['64 O8 04 12O5 909901', 'letters'],
    ['640804l205909901', 'letters'],
    ['64080412059O99OI', 'letters'],
    ['6408041205909901l', 'letters'],
    ['6408B41205909901', 'letters'],
    ['6408041205909901 6408045205909902', 'two-values'],
    ['6408 0412 0590 9901 6408 0452 0590 9902', 'two-values'],
    ['6408041205909901 atau 6408045205909902', 'two-values'],
    ['6408041205909901 eh salah 640804120590990', 'two-values'],
    ['NIK saya 6408041205909901, NIK istri 6408045205909902', 'two-values'],
    ['no KK 6408041203100001', 'other-number'],
  ])('%s is refused: %s', (typed, reason) => {
    expect(brief(parseNik(typed, context))).toBe(`refused: ${reason}`);
  });

  it.each([
    '6408 0412 0590 9901',
    '64.08.04.120590.9901',
    '6408-0412-0590-9901',
    '6408/0412/0590/9901',
    '6408, 0412, 0590, 9901',
    'NIK: 6408041205909901 pak',
    'nik saya 6408 0412 0590 9901 pak',
    'nik6408041205909901',
    'NIK di KK 6408041205909901',
    '1. 6408041205909901',
    '16 digit: 6408041205909901',
    '6408041205909901, 2 orang',
    '6408041205909901 hp 081234567890',
    '6408041205909901 081234567890',
    '6408041205909901 dan 6408041205909901',
    'KK 6408041203100001 NIK 6408041205909901',
    '６４０８０４１２０５９０９９０１',
    '٦٤٠٨٠٤١٢٠٥٩٠٩٩٠١',
    'enam empat nol delapan nol empat satu dua nol lima sembilan kosong sembilan sembilan nol satu',
    '\u202a6408\u200b0412\u00a005909901\u0000',
  ])('%s is read whatever stands around the digits', (typed) => {
    expect(brief(parseNik(typed, context))).toBe(MAN);
  });

  it.each(['6404011205909911', '9101011205889912'])(
    '%s from a retired district is taken with a remark',
    (nik) => {
      expect(warningsOf(parseNik(nik, context))).toEqual(['region-unknown']);
      expect(warningsOf(parseNik(MAN, context))).toEqual([]);
    },
  );

  it('counts today by the zone of the office', () => {
    const eve = { ...context, now: Date.parse('2026-03-25T15:59:00Z') };
    const midnight = { ...context, now: Date.parse('2026-03-25T16:00:00Z') };
    const birthDate = (parsed: ReturnType<typeof parseNik>) => parsed.ok && parsed.details?.birthDate;
    expect(birthDate(parseNik('6472052603269914', eve))).toBe('1926-03-26');
    expect(birthDate(parseNik('6472052603269914', midnight))).toBe('2026-03-26');
  });
});
