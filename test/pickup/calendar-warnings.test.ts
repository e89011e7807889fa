import { describe, expect, it } from 'vitest';
import { calendarWarnings } from '../../src/pickup/calendar/warnings.ts';
import { officeOf, REMBANG, wib } from './world.ts';

/** Closures of a year as many as the SKB has, with one day of cuti bersama. */
function fullYear(year: number): string {
  const words = 'reason: { id: libur, en: holiday }';
  const national = Array.from({ length: 12 }, (_, i) => `  - { date: ${year}-${two(i + 1)}-01, ${words} }`);
  return `${national.join('\n')}\n  - { date: ${year}-12-24, kind: joint-leave, ${words} }\n`;
}
const two = (value: number) => String(value).padStart(2, '0');
const warn = (day: string, more: string, text = REMBANG) =>
  calendarWarnings(officeOf(text, more), wib(`${day}T09:00`));

describe('what is missing in the calendar', () => {
  it('is nothing while holidays and cuti bersama of the year are there', () => {
    expect(warn('2026-10-31', `closures:\n${fullYear(2026)}`)).toEqual([]);
  });

  it('is, from 1 November on, what the next year lacks', () => {
    const both = `closures:\n${fullYear(2026)}${fullYear(2027)}`;
    expect(warn('2026-11-01', `closures:\n${fullYear(2026)}`)).toEqual([
      expect.stringContaining('Hari libur nasional 2027 belum diisi lengkap: baru 0 hari'),
      expect.stringContaining('Cuti bersama 2027 belum diisi'),
    ]);
    expect(warn('2026-11-01', both)).toEqual([]);
    const partly = both.replace('date: 2027-03-01', 'date: 2026-03-02');
    expect(warn('2026-12-31', partly)).toEqual([expect.stringContaining('baru 11 hari')]);
  });

  it('counts days, not lines, and of the whole office alone', () => {
    const long = 'date: 2027-03-01, until: 2027-03-12, reason: { id: libur dan cuti bersama, en: off }';
    expect(warn('2027-01-05', `closures:\n  - { ${long} }\n`)).toEqual([
      expect.stringContaining('libur nasional 2027'),
    ]);
    const one = `closures:\n${fullYear(2027)}`.replace(
      'date: 2027-03-01,',
      'date: 2027-03-01, points: [kantor],',
    );
    expect(warn('2027-01-05', one)).toEqual([expect.stringContaining('baru 11 hari')]);
  });

  it('knows a day of cuti bersama that an operator entered by its reason', () => {
    const entered = fullYear(2027).replace(
      'kind: joint-leave, reason: { id: libur',
      'reason: { id: Cuti bersama Natal',
    );
    expect(warn('2027-01-05', `closures:\n${entered}`)).toEqual([]);
  });

  it('is the end of special hours that were begun with none', () => {
    const special = (until: string) =>
      `closures:\n${fullYear(2027)}special: [{ date: 2027-02-08, ${until}reason: { id: jam Ramadan, en: Ramadan } }]\n`;
    expect(warn('2027-02-01', special(''))).toEqual([
      expect.stringMatching(/"jam Ramadan" hanya berlaku 2027-02-08/),
    ]);
    expect(warn('2027-02-01', special('until: 2027-03-09, '))).toEqual([]);
    expect(warn('2027-02-09', special(''))).toEqual([]);
  });

  it('is a look at what should work again since yesterday', () => {
    const text = REMBANG.replace('status: broken', 'status: broken, until: 2027-02-08');
    const more = `closures:\n${fullYear(2027)}`;
    expect(warn('2027-02-08', more, text)).toEqual([]);
    expect(warn('2027-02-09', more, text)).toEqual([
      expect.stringMatching(/^Kecamatan Lasem: .*selesai Senin 8 Februari 2027 dan kini dianggap buka/),
    ]);
  });

  it('is where a car goes, once its last date is over', () => {
    const car = REMBANG.replace(
      '  mpp:',
      '  keliling:\n    name: { id: Mobil, en: Car }\n    address: Jl. A\n    kind: mobile\n    activities: {}\n    route: [{ date: 2027-02-08, address: B }]\n  mpp:',
    );
    const more = `closures:\n${fullYear(2027)}`;
    expect(warn('2027-02-08', more, car)).toEqual([]);
    expect(warn('2027-02-09', more, car)).toEqual([
      expect.stringMatching(/^Mobil: rutenya tidak punya hari/),
    ]);
  });
});
