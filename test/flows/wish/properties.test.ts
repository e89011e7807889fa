import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDate, formatSlot } from '../../../src/flows/format.ts';
import { parseWish } from '../../../src/flows/wish/parse-wish.ts';

const MONTHS = 'januari februari maret april mei juni juli agustus september oktober november desember'.split(
  ' ',
);
const SHORT = 'jan feb mar apr mei jun jul agt sep okt nov des'.split(' ');
const WEEKDAYS = ['senin', 'selasa', 'rabu', 'kamis', "jum'at", 'sabtu', 'minggu'];

const zones = fc.constantFrom('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura');
/** Any morning of two years; the clock never makes the day over. */
const mornings = fc
  .integer({ min: 0, max: 730 })
  .map((days) => Temporal.PlainDate.from('2026-01-01').add({ days }));
const two = (number: number) => String(number).padStart(2, '0');

/** A date as people write it; the index chooses how. */
const DATES: ((date: Temporal.PlainDate, timeZone: string) => string)[] = [
  ({ day, month }) => `${day}/${month}`,
  ({ day, month, year }) => `${two(day)}-${two(month)}-${year}`,
  ({ day, month, year }) => `${day}.${month}.${year}`,
  ({ day, month }) => `${day} ${MONTHS[month - 1]}`,
  ({ day, month }) => `tgl ${day} ${SHORT[month - 1]}`,
  ({ day, month }) => `tanggal ${day} bln ${month}`,
  ({ day, month, dayOfWeek }) => `hari ${WEEKDAYS[dayOfWeek - 1]} ${day} ${MONTHS[month - 1]}`,
  (date, timeZone) => formatDate(date.toZonedDateTime(timeZone).epochMilliseconds, 'id', timeZone),
  (date, timeZone) => formatDate(date.toZonedDateTime(timeZone).epochMilliseconds, 'en', timeZone),
  (date, timeZone) => formatDate(date.toZonedDateTime(timeZone).epochMilliseconds, 'id', timeZone, 'sms'),
];

/** A full hour as people write it. */
const HOURS: ((hour: number) => string)[] = [
  (hour) => `jam ${hour}`,
  (hour) => `pukul ${two(hour)}.00`,
  (hour) => `${two(hour)}:00`,
  (hour) => `jam ${((hour + 11) % 12) + 1} ${hour < 11 ? 'pagi' : hour < 15 ? 'siang' : 'sore'}`,
  (hour) => `jm ${hour}`,
  (hour) => `${((hour + 11) % 12) + 1} ${hour < 12 ? 'am' : 'pm'}`,
];

describe('wishes of any day and hour', () => {
  it('a day of the next sixty, with an hour of the day, is read as it was written', () => {
    fc.assert(
      fc.property(
        fc.record({
          today: mornings,
          ahead: fc.integer({ min: 1, max: 60 }),
          hour: fc.integer({ min: 6, max: 17 }),
          timeZone: zones,
          date: fc.constantFrom(...DATES),
          time: fc.constantFrom(...HOURS),
        }),
        ({ today, ahead, hour, timeZone, date, time }) => {
          const now = today.toZonedDateTime({ timeZone, plainTime: '06:30' }).epochMilliseconds;
          const day = today.add({ days: ahead });
          const text = `bisa ${date(day, timeZone)} ${time(hour)} pak?`;
          // "1/2 jam 6" and "1/2 6 am" are half past five to everybody.
          fc.pre(!/ 1\/2 (jam|jm|\d)/.test(text));
          const wish = {
            from: day.toString(),
            until: day.toString(),
            after: hour * 60,
            before: hour * 60 + 60,
          };
          expect(parseWish(text, { now, timeZone }), text).toEqual({ ok: true, wish });
        },
      ),
      { numRuns: 600 },
    );
  });

  it('a time as we print it comes back as that time', () => {
    fc.assert(
      fc.property(
        fc.record({
          today: mornings,
          ahead: fc.integer({ min: 1, max: 60 }),
          slot: fc.integer({ min: 14, max: 32 }),
          timeZone: zones,
          form: fc.constantFrom('long' as const, 'sms' as const),
          language: fc.constantFrom('id' as const, 'en' as const),
        }),
        ({ today, ahead, slot, timeZone, form, language }) => {
          const now = today.toZonedDateTime({ timeZone, plainTime: '06:30' }).epochMilliseconds;
          const day = today.add({ days: ahead });
          const startAt = day.toZonedDateTime(timeZone).epochMilliseconds + slot * 1_800_000;
          const text = formatSlot({ startAt, endAt: startAt + 1_800_000 }, language, timeZone, form);
          const wish = {
            from: day.toString(),
            until: day.toString(),
            after: slot * 30,
            before: slot * 30 + 30,
          };
          expect(parseWish(text, { now, timeZone }), text).toEqual({ ok: true, wish });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('the name of a day is one of the next seven days', () => {
    fc.assert(
      fc.property(mornings, fc.constantFrom(...WEEKDAYS), zones, (today, name, timeZone) => {
        const now = today.toZonedDateTime({ timeZone, plainTime: '06:30' }).epochMilliseconds;
        const parsed = parseWish(name, { now, timeZone });
        const from = Temporal.PlainDate.from((parsed.ok && parsed.wish.from) || '1900-01-01');
        expect(WEEKDAYS[from.dayOfWeek - 1]).toBe(name);
        expect(today.until(from).days).toBeGreaterThanOrEqual(1);
        expect(today.until(from).days).toBeLessThanOrEqual(7);
      }),
    );
  });
});

describe('whatever is typed', () => {
  const context = { now: Date.parse('2026-11-24T10:00:00+08:00'), timeZone: 'Asia/Makassar' };
  const words =
    'besok lusa jumat senin minggu depan lalu tgl jam pukul pagi siang sore setengah 9 31 25 2026 3/12 - / . sebelum setelah sampai yang lain hari ini tidak bisa bulan desember wib wit paling cepat dzuhur am pm'.split(
      ' ',
    );
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((all) => all.join(' ')),
  );

  it('it is read or refused, and what is read lies ahead and makes sense', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const parsed = parseWish(text, context);
        if (!parsed.ok) {
          expect(['date', 'hour', 'past', 'unreadable']).toContain(parsed.reason);
          return;
        }
        const { from = '9999-01-01', until, after = 0, before = 1440 } = parsed.wish;
        if (until !== undefined) expect(until >= '2026-11-24').toBe(true);
        if (until !== undefined && parsed.wish.from !== undefined) expect(from <= until).toBe(true);
        expect(from >= '2026-11-24').toBe(true);
        expect(after >= 0 && after <= 1440 && before >= 0 && before <= 1440).toBe(true);
        expect(after < before).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('digits alone are never a day', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,20}( \d{1,4})?$/), (text) => {
        expect(parseWish(text, context).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
