import { describe, expect, it } from 'vitest';
import { formatDate, formatDateTime, formatSlot, weekdayName, zoneName } from '../../src/flows/format.ts';

const MAKASSAR = 'Asia/Makassar';
/** Wednesday 25 November 2026, 09.00 WITA. */
const at = Date.UTC(2026, 10, 25, 1);
const slot = { startAt: at, endAt: at + 30 * 60_000 };

describe('dates and times', () => {
  it('read well in both languages', () => {
    expect(formatDate(at, 'id', MAKASSAR)).toBe('Rabu 25 November 2026');
    expect(formatDate(at, 'en', MAKASSAR)).toBe('Wednesday 25 November 2026');
    expect(formatDateTime(at, 'id', MAKASSAR)).toBe('Rabu 25 November 2026 pukul 09.00 WITA');
    expect(formatDateTime(at, 'en', MAKASSAR)).toBe('Wednesday 25 November 2026, 09.00 WITA');
    expect(formatSlot(slot, 'id', MAKASSAR)).toBe('Rabu 25 November 2026 pukul 09.00-09.30 WITA');
    expect(formatSlot(slot, 'en', MAKASSAR)).toBe('Wednesday 25 November 2026, 09.00-09.30 WITA');
  });

  it('have a short form for SMS', () => {
    expect(formatDate(at, 'id', MAKASSAR, 'sms')).toBe('Rab 25/11');
    expect(formatDateTime(at, 'en', MAKASSAR, 'sms')).toBe('Wed 25/11 09.00 WITA');
    expect(formatSlot(slot, 'id', MAKASSAR, 'sms')).toBe('Rab 25/11 09.00-09.30 WITA');
  });

  it.each([
    ['Asia/Jakarta', 'WIB'],
    ['Asia/Pontianak', 'WIB'],
    ['Asia/Makassar', 'WITA'],
    ['Asia/Jayapura', 'WIT'],
    ['Asia/Kolkata', 'UTC+05:30'],
  ])('name the zone of %s', (timeZone, name) => {
    expect(zoneName(at, timeZone)).toBe(name);
  });

  it('are those of the office, not of the machine', () => {
    const night = Date.UTC(2026, 11, 31, 17);
    expect(formatDateTime(night, 'id', MAKASSAR)).toBe('Jumat 1 Januari 2027 pukul 01.00 WITA');
    expect(formatDateTime(night, 'id', 'Asia/Jakarta')).toBe('Jumat 1 Januari 2027 pukul 00.00 WIB');
    expect(formatDate(night - 1, 'id', 'Asia/Jakarta')).toBe('Kamis 31 Desember 2026');
  });

  it('stay within plain ASCII, so that no SMS turns into Unicode', () => {
    for (let month = 0; month < 12; month++) {
      for (let day = 1; day <= 7; day++) {
        const span = { startAt: Date.UTC(2026, month, day, 1), endAt: Date.UTC(2026, month, day, 2) };
        for (const language of ['id', 'en'] as const) {
          expect(formatSlot(span, language, MAKASSAR)).toMatch(/^[\w ,.-]+$/);
          expect(formatSlot(span, language, MAKASSAR, 'sms')).toMatch(/^[\w ,./-]+$/);
        }
      }
    }
  });

  it('have names for all weekdays from Monday on', () => {
    const days = [1, 2, 3, 4, 5, 6, 7];
    expect(days.map((day) => weekdayName(day, 'id'))).toEqual(
      'Senin Selasa Rabu Kamis Jumat Sabtu Minggu'.split(' '),
    );
    expect(days.map((day) => weekdayName(day, 'en', 'sms'))).toEqual(
      'Mon Tue Wed Thu Fri Sat Sun'.split(' '),
    );
  });
});
