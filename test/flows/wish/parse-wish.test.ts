import { describe, expect, it } from 'vitest';
import { parseWish } from '../../../src/flows/wish/parse-wish.ts';

/** Tuesday 24 November 2026, 10.00 WITA. */
const context = { now: Date.parse('2026-11-24T10:00:00+08:00'), timeZone: 'Asia/Makassar' };

/** `from..until after-before`, or `not: <reason>`; a single day is written once. */
function brief(text: string): string {
  const parsed = parseWish(text, context);
  if (!parsed.ok) return `not: ${parsed.reason}`;
  const { from, until, after, before, soonest, others } = parsed.wish;
  const day = (date: string | undefined) => (date === undefined ? '' : date.replace('2026-', ''));
  const days = from === until ? day(from) : `${day(from)}..${day(until)}`;
  const clock = (minutes: number | undefined) =>
    minutes === undefined ? '' : `${Math.floor(minutes / 60)}.${String(minutes % 60).padStart(2, '0')}`;
  const hours = after === undefined && before === undefined ? '' : `${clock(after)}-${clock(before)}`;
  return [days, hours, soonest && 'soonest', others && 'others'].filter((part) => part).join(' ');
}

describe('a wish for a time', () => {
  it.each([
    ['besok', '11-25'],
    ['bsk pagi', '11-25 -11.00'],
    ['bsok pagi2', '11-25 -11.00'],
    ['besok jam2', '11-25 14.00-15.00'],
    ['besok pagi-pagi', '11-25 -11.00'],
    ['lusa siang', '11-26 11.00-15.00'],
    ['besok lusa', '11-26'],
    ['jumat', '11-27'],
    ["jum'at", '11-27'],
    ['jmt', '11-27'],
    ['jum sore', '11-27 15.00-18.30'],
    ['senin depan', '11-30'],
    ['selasa', '12-01'],
    ['minggu', '11-29'],
    ['hari minggu depan', '11-29'],
    ['minggu depan', '11-30..12-06'],
    ['minggu dpn hari rabu', '12-02'],
    ['rabu minggu depan', '12-02'],
    ['minggu ini', '11-24..11-29'],
    ['akhir pekan', '11-28..11-29'],
    ['sabtu', '11-28'],
    ['sabtu minggu', '11-28..11-29'],
    ['senin atau selasa', '11-30..12-01'],
    ['senin sampai rabu', '11-30..12-02'],
    ['hari ini', '11-24'],
    ['nanti sore', '11-24 15.00-18.30'],
    ['3 hari lagi', '11-27'],
    ['2 minggu lagi', '12-08..'],
    ['seminggu lagi', '12-01..'],
    ['bulan depan', '12-01..12-31'],
    ['awal desember', '12-01..12-10'],
    ['akhir bulan', '11-24..11-30'],
    ['next friday', '11-27'],
    ['tomorrow morning', '11-25 -11.00'],
    ['day after tomorrow', '11-26'],
    ['tomorow', '11-25'],
    ['december 3', '12-03'],
    ['dec 3 at 9', '12-03 9.00-10.00'],
    ['feb 31', 'not: date'],
    ['next week', '11-30..12-06'],
    ['kamsi'.replace('si', 'is'), '11-26'],
    ['selas pagi', '12-01 -11.00'],
    ['setelah tgl 3', '12-04..'],
    ['mulai senin', '11-30..'],
    ['sebelum jumat', '..11-26'],
    ['paling lambat jumat', '..11-27'],
    ['paling cepat senin', '11-30..'],
  ])('%s is understood as a day', (text, expected) => {
    expect(brief(text)).toBe(expected);
  });

  it.each([
    ['tgl 3', '12-03'],
    ['tanggal 24', '11-24'],
    ['tgl 30 jam 9', '11-30 9.00-10.00'],
    ['tgl 3 atau 4', '12-03..12-04'],
    ['3 desember', '12-03'],
    ['3 des', '12-03'],
    ['3/12', '12-03'],
    ['3-12-2026', '12-03'],
    ['tgl 3 bulan depan', '12-03'],
    ['2 januari', '2027-01-02'],
    ['the 3rd', '12-03'],
    ['december 3rd', '12-03'],
    ['jumat 4', '12-04'],
    ['jumat 4 desember jam 8', '12-04 8.00-9.00'],
    ['Rabu 25 November 2026 pukul 08.00-08.30 WITA', '11-25 8.00-8.30'],
    ['Rab 25/11 08.00-08.30 WITA', '11-25 8.00-8.30'],
  ])('%s is understood as a date', (text, expected) => {
    expect(brief(text)).toBe(expected);
  });

  it.each([
    ['jam 9', '9.00-10.00'],
    ['jm 9', '9.00-10.00'],
    ['pukul 09.30', '9.30-10.00'],
    ['09.00', '9.00-10.00'],
    ['9 pagi', '9.00-10.00'],
    ['jam 2 siang', '14.00-15.00'],
    ['jam 2', '14.00-15.00'],
    ['jam sembilan', '9.00-10.00'],
    ['setengah 9', '8.30-9.00'],
    ['jam setengah 1', '12.30-13.00'],
    ['half past 9', '9.30-10.00'],
    ['jam 9-11', '9.00-11.00'],
    ['jam 9 sampai jam 11', '9.00-11.00'],
    ['antara jam 9 dan 11', '9.00-11.00'],
    ['9-11 pagi', '9.00-11.00'],
    ['jam 8-2 siang', '8.00-14.00'],
    ['jam 9 atau 10', '9.00-11.00'],
    ['sebelum jam 10', '-10.00'],
    ['sebelum 10', '-10.00'],
    ['setelah jam 1', '13.00-'],
    ['di atas jam 10', '10.00-'],
    ['habis dzuhur', '12.30-'],
    ['pagi', '-11.00'],
    ['pagi atau siang', '-15.00'],
    ['sore', '15.00-18.30'],
    ['at 10 am', '10.00-11.00'],
    ['2pm', '14.00-15.00'],
    ['besok 9', '11-25 9.00-10.00'],
    ['jumat 9', '11-27 9.00-10.00'],
    ['jumat 9-11', '11-27 9.00-11.00'],
    ['habis jumatan', '11-27 13.00-'],
    ['jam 9 WIB', '10.00-11.00'],
    ['besok jam 10 WIT', '11-25 9.00-10.00'],
  ])('%s is understood as a time of the day', (text, expected) => {
    expect(brief(text)).toBe(expected);
  });

  it.each([
    ['bisa ga jumat jam 9 min?', '11-27 9.00-10.00'],
    ['siang pak, kalau hari kamis jam setengah 10 bisa?', '11-26 9.30-10.00'],
    ['mohon maaf bu saya kerja, bisanya cuma sabtu pagi', '11-28 -11.00'],
    ['jumat ga bisa, senin aja', '11-30'],
    ['senin saja jangan jumat', '11-30'],
    ['selamat siang, besok bisa?', '11-25'],
    ['kalau besok siang jam 1 gimana', '11-25 13.00-14.00'],
    ['saya 2 orang besok jam 8', '11-25 8.00-9.00'],
  ])('what stands around a wish does not hide it: %s', (text, expected) => {
    expect(brief(text)).toBe(expected);
  });

  it.each([
    ['paling cepat', 'soonest'],
    ['secepatnya pak', 'soonest'],
    ['as soon as possible', 'soonest'],
    ['yang lain', 'others'],
    ['jam lain', 'others'],
    ['hari lain', 'others'],
    ['jumat ga bisa', 'others'],
    ['tidak ada yang cocok', 'others'],
    ['another time', 'others'],
  ])('%s asks for times in general', (text, expected) => {
    expect(brief(text)).toBe(expected);
  });

  it('another day comes after those that were offered', () => {
    const offeredAt = Date.parse('2026-11-27T08:00:00+08:00');
    expect(parseWish('hari lain', { ...context, offeredAt })).toEqual({
      ok: true,
      wish: { others: true, from: '2026-11-28' },
    });
  });

  it.each([
    ['31 februari', 'date'],
    ['30/2', 'date'],
    ['tgl 32', 'date'],
    ['3/13', 'date'],
    ['12/5/90', 'date'],
    ['besok jam 25', 'hour'],
    ['jam 9.75', 'hour'],
    ['kemarin', 'past'],
    ['jumat lalu', 'past'],
    ['20 november', 'past'],
    ['3 desember 2020', 'past'],
    ['hari ini jam 8', 'past'],
    ['3', 'unreadable'],
    ['9', 'unreadable'],
    ['10 11', 'unreadable'],
    ['6408041205909901', 'unreadable'],
    ['081234567890', 'unreadable'],
    ['120590', 'unreadable'],
    ['KL-2611-0001-7', 'unreadable'],
    ['oke', 'unreadable'],
    ['terima kasih', 'unreadable'],
    ['nanti', 'unreadable'],
    ['', 'unreadable'],
  ])('%s is refused, and says why', (text, reason) => {
    expect(brief(text)).toBe(`not: ${reason}`);
  });
});
