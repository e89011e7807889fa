import { describe, expect, it } from 'vitest';
import { parseDate } from '../../../src/flows/answers/date.ts';
import { brief, context, warningsOf } from './context.ts';

describe('a date', () => {
  it.each([
    '12-05-1990',
    '12/5/90',
    '12.5.1990',
    '12 5 1990',
    '12 - 05 - 1990',
    '12 mei 1990',
    '12 mey 90',
    '12mei1990',
    '12-Mei-1990',
    "12 mei '90",
    '12-V-1990',
    'Mei 12, 1990',
    '12th May 1990',
    '1990-05-12',
    '1990 mei 12',
    '1990-05-12T08:30:00',
    '120590',
    '12051990',
    '19900512',
    'tgl 12 bln 5 1990',
    'tgl 12 bln mei thn 90',
    'tanggal dua belas bulan mei tahun sembilan belas sembilan puluh',
    'dua belas mei seribu sembilan ratus sembilan puluh',
    'Samarinda, 12 Mei 1990',
    'lahir Sabtu 12 Mei 1990 jam 08.30 wita pak',
    '12 mei 1990 (12-05-1990)',
    '12/5/90 12 mei 1990',
    '12-05-1990, 12-05-1990',
    '12-05-90 (umur 36)',
    'lahir 12 mei 1990, sekarang umur 35 tahun',
    '12th of May 1990',
    '١٢/٠٥/١٩٩٠',
  ])('%s is 12 May 1990, the day first', (typed) => {
    expect(parseDate(typed, context)).toEqual({ ok: true, value: '1990-05-12', warnings: [] });
  });

  it.each(
    'jan feb/peb mar apr mei/mey jun jul agt/agu/ags sep/sept okt nop/nov des'
      .split(' ')
      .map((names, i) => [names, i + 1] as const),
  )('%s is month %i', (names, month) => {
    for (const name of names.split('/')) {
      expect(brief(parseDate(`3 ${name} 2001`, context))).toBe(`2001-${String(month).padStart(2, '0')}-03`);
    }
  });

  it.each([
    ['12 agutus 1990', '1990-08-12'],
    ['12 Nopember 1990', '1990-11-12'],
    ['1 januri 2000', '2000-01-01'],
    ['3 juni 2000', '2000-06-03'],
    ['3 juli 2000', '2000-07-03'],
    ['20121012', '2012-10-12'],
    ['29 feb 2024', '2024-02-29'],
    ['26/3/26', '2026-03-26'],
    ['27/3/26', '1926-03-27'],
    ['29/2/28', '1928-02-29'],
    ['1 jan 00', '2000-01-01'],
    ['12 mei tahun lalu', '2025-05-12'],
    ['tgl 12 bulan lalu', '2026-02-12'],
  ])('%s is %s', (typed, date) => {
    expect(parseDate(typed, context)).toEqual({ ok: true, value: date, warnings: [] });
  });

  it.each([
    ['hari ini', '2026-03-26'],
    ['tadi pagi', '2026-03-26'],
    ['barusan', '2026-03-26'],
    ['day before yesterday', '2026-03-24'],
    ['last friday', '2026-03-20'],
    ['kemarin tgl 25', '2026-03-25'],
    ['selasa kmrn tgl 24', '2026-03-24'],
    ['kemarin', '2026-03-25'],
    ['kmrn', '2026-03-25'],
    ['kemarin lusa', '2026-03-24'],
    ['3 hari lalu', '2026-03-23'],
    ['dua hari yang lalu', '2026-03-24'],
    ['Jumat kmrn', '2026-03-20'],
    ["jum'at kemarin", '2026-03-20'],
    ['hari minggu kemarin', '2026-03-22'],
    ['senin minggu lalu', '2026-03-16'],
    ['kamis lalu', '2026-03-19'],
    ['besok', '2026-03-27'],
    ['lusa', '2026-03-28'],
    ['jumat depan', '2026-03-27'],
  ])('%s, said on Thursday 26 March 2026, is %s', (typed, date) => {
    expect(brief(parseDate(typed, context))).toBe(date);
  });

  it.each([
    ['29 feb 2023', 'impossible'],
    ['29-02-05', 'impossible'],
    ['31/04/2020', 'impossible'],
    ['05/13/1990', 'impossible'],
    ['00/05/1990', 'impossible'],
    ['32051990', 'impossible'],
    ['12 mei 0990', 'impossible'],
    ['12 mei 1990 atau 13 mei 1990', 'two-values'],
    ['12 atau 13 mei 1990', 'two-values'],
    ['hari ini 12 mei 2025', 'two-values'],
    ['kemarin atau hari ini', 'two-values'],
    ['minggu lalu', 'unreadable'],
    ['minggu kemarin', 'unreadable'],
    ['bulan lalu', 'unreadable'],
    ['2 bulan lalu', 'unreadable'],
    ['kemarin tgl 3', 'unreadable'],
    ['dua bulan yang lalu', 'unreadable'],
    ['12-05-9', 'unreadable'],
    ['1-1-1', 'unreadable'],
    ['tadi malam', 'unreadable'],
    ['mei 1990', 'unreadable'],
    ['1990', 'unreadable'],
    ['12', 'unreadable'],
    ['12/5/199', 'unreadable'],
    ['bukan 12 mei 1990', 'unreadable'],
    ['6408041205909901', 'unreadable'],
    ['senin', 'unreadable'],
    ['tidak tahu', 'unreadable'],
    ['', 'unreadable'],
  ])('%s is refused: %s', (typed, reason) => {
    expect(brief(parseDate(typed, context))).toBe(`refused: ${reason}`);
  });

  it.each([
    ['tgl 12 bln 5', '2025-05-12', ['year-assumed']],
    ['12 mei', '2025-05-12', ['year-assumed']],
    ['26/3', '2026-03-26', ['year-assumed']],
    ['29 feb', '2024-02-29', ['year-assumed']],
    ['Selasa 12 mei 2025', '2025-05-12', ['weekday-differs']],
    ['Senin 12 mei 2025', '2025-05-12', []],
    ['kemarin tgl 12 mei 2025', '2025-05-12', []],
  ])('%s is %s with the remarks %j', (typed, date, warnings) => {
    expect(parseDate(typed, context)).toEqual({ ok: true, value: date, warnings });
  });

  it('is kept within the range of the step, today in both', () => {
    expect(brief(parseDate('besok', context, { range: 'past' }))).toBe('refused: future');
    expect(brief(parseDate('kemarin', context, { range: 'future' }))).toBe('refused: past');
    expect(brief(parseDate('hari ini', context, { range: 'past' }))).toBe('2026-03-26');
    expect(brief(parseDate('hari ini', context, { range: 'future' }))).toBe('2026-03-26');
  });

  it('takes the next day where only coming days make sense, the last where only past ones do', () => {
    expect(brief(parseDate('12 mei', context, { range: 'future' }))).toBe('2026-05-12');
    expect(brief(parseDate('12/5/27', context, { range: 'future' }))).toBe('2027-05-12');
    expect(brief(parseDate('senin', context, { range: 'future' }))).toBe('2026-03-30');
    expect(brief(parseDate('senin', context, { range: 'past' }))).toBe('2026-03-23');
    expect(brief(parseDate('kamis', context, { range: 'past' }))).toBe('refused: unreadable');
  });

  it('counts from the day it is where the office is', () => {
    const lateInLondon = { ...context, now: Date.parse('2026-03-25T18:00:00Z') };
    expect(brief(parseDate('hari ini', lateInLondon))).toBe('2026-03-26');
    expect(warningsOf(parseDate('hari ini', lateInLondon))).toEqual([]);
  });
});
