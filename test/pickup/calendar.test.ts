import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../src/pickup/calendar/calendar.ts';
import { officeOf, REMBANG, toWib, wib } from './world.ts';

const rembang = createCalendar(() => officeOf(REMBANG));
const date = (text: string) => Temporal.PlainDate.from(text);
const spans = (openings: { startAt: number; endAt: number }[]) =>
  openings.map(({ startAt, endAt }) => `${toWib(startAt).slice(11)}-${toWib(endAt).slice(11)}`);

describe('opening hours as in Rembang', () => {
  it('has windows of its own for submission and for pick-up', () => {
    expect(spans(rembang.windows('kantor', 'submit', date('2026-11-24')))).toEqual(['08:00-12:00']);
    expect(spans(rembang.windows('kantor', 'pickup', date('2026-11-24')))).toEqual(['08:00-14:00']);
    expect(spans(rembang.windows('kantor', 'submit', date('2026-11-27')))).toEqual(['08:00-10:00']);
    expect(rembang.windows('kantor', 'submit', date('2026-11-28'))).toEqual([]);
  });

  it('is open from the first minute until before the last', () => {
    expect(rembang.isOpen('kantor', 'submit', wib('2026-11-24T07:59'))).toBe(false);
    expect(rembang.isOpen('kantor', 'submit', wib('2026-11-24T08:00'))).toBe(true);
    expect(rembang.isOpen('kantor', 'submit', wib('2026-11-24T12:00') - 1)).toBe(true);
    expect(rembang.isOpen('kantor', 'submit', wib('2026-11-24T12:00'))).toBe(false);
    expect(rembang.isOpen('kantor', 'pickup', wib('2026-11-24T12:00'))).toBe(true);
  });

  it('knows nothing of points that are planned, activities that are broken, and what does not exist', () => {
    expect(rembang.windows('mpp', 'pickup', date('2026-11-28'))).toEqual([]);
    expect(rembang.windows('lasem', 'record', date('2026-11-24'))).toEqual([]);
    expect(rembang.windows('lasem', 'submit', date('2026-11-24'))).toEqual([]);
    expect(rembang.windows('constructor', 'submit', date('2026-11-24'))).toEqual([]);
    expect(rembang.nextOpen('mpp', 'pickup', wib('2026-11-24T09:00'))).toBeUndefined();
  });

  it('opens next at once when open, else after the weekend', () => {
    const open = wib('2026-11-26T09:17');
    expect(rembang.nextOpen('kantor', 'submit', open)).toBe(open);
    expect(toWib(rembang.nextOpen('kantor', 'submit', wib('2026-11-27T10:00')) ?? 0)).toBe(
      '2026-11-30T08:00',
    );
  });

  it('counts open time over the night and over days that are closed', () => {
    const later = rembang.addOpenTime('kantor', 'submit', wib('2026-11-26T11:00'), 4 * 3_600_000);
    expect(toWib(later ?? 0)).toBe('2026-11-30T09:00');
    expect(rembang.addOpenTime('mpp', 'pickup', 0, 1)).toBeUndefined();
  });
});

describe('closures and special hours', () => {
  const more = `
closures:
  - { date: 2026-11-24, until: 2026-11-25, reason: { id: libur, en: holiday } }
  - { date: 2026-12-01, points: [kantor], reason: { id: listrik padam, en: power cut } }
special:
  - date: 2026-12-02
    until: 2026-12-03
    reason: { id: Ramadan, en: Ramadan }
    chat: { mon-thu: ["09:00-10:00"] }
    points: { kantor: { submit: { hours: { mon-fri: ["09:00-11:00"] } }, pickup: { capacity: 1 } } }
`;
  const calendar = createCalendar(() => officeOf(REMBANG, more));

  it('closes everything from the first to the last day of a closure', () => {
    expect(calendar.windows('kantor', 'submit', date('2026-11-24'))).toEqual([]);
    expect(calendar.windows('lasem', 'pickup', date('2026-11-24'))).toEqual([]);
    expect(calendar.windows('kantor', 'submit', date('2026-11-25'))).toEqual([]);
    expect(calendar.windows('kantor', 'submit', date('2026-11-26'))).toHaveLength(1);
    expect(calendar.answerTime(wib('2026-11-24T09:00')).open).toBe(false);
  });

  it('closes only the points that a closure names, and chats go on', () => {
    expect(calendar.windows('kantor', 'submit', date('2026-12-01'))).toEqual([]);
    expect(calendar.windows('lasem', 'pickup', date('2026-12-01'))).toHaveLength(1);
    expect(calendar.answerTime(wib('2026-12-01T09:00')).open).toBe(true);
  });

  it('has other hours for a while, where the entry gives any', () => {
    expect(spans(calendar.windows('kantor', 'submit', date('2026-12-02')))).toEqual(['09:00-11:00']);
    expect(spans(calendar.windows('kantor', 'pickup', date('2026-12-02')))).toEqual(['08:00-14:00']);
    expect(spans(calendar.windows('kantor', 'submit', date('2026-12-07')))).toEqual(['08:00-12:00']);
    expect(calendar.answerTime(wib('2026-12-02T08:30')).open).toBe(false);
  });
});

describe('working days', () => {
  it.each([
    ['in the morning of a working day: the end of the next', '2026-11-24T08:30', 1, '2026-11-25T15:00'],
    ['at night: the end of the next day', '2026-11-24T23:30', 1, '2026-11-25T15:00'],
    ['on Thursday: Friday, which ends early', '2026-11-26T09:00', 1, '2026-11-27T11:00'],
    ['on Friday: Monday', '2026-11-27T09:00', 1, '2026-11-30T15:00'],
    ['on Saturday: Monday', '2026-11-28T09:00', 1, '2026-11-30T15:00'],
    ['three days over a weekend', '2026-11-26T09:00', 3, '2026-12-01T15:00'],
    ['none: the same day', '2026-11-24T08:30', 0, '2026-11-24T15:00'],
    ['none after the end of the day: the next', '2026-11-24T15:00', 0, '2026-11-25T15:00'],
  ])('%s', (_, from, n, due) => {
    expect(toWib(rembang.addWorkingDays(wib(from), n))).toBe(due);
  });

  it('are in the office’s zone, not the machine’s', () => {
    const makassar = createCalendar(() => officeOf(REMBANG.replace('Asia/Jakarta', 'Asia/Jayapura')));
    // 23.30 in Jakarta on Monday is 01.30 on Tuesday in Jayapura.
    const due = makassar.addWorkingDays(wib('2026-11-23T23:30'), 1);
    expect(toWib(due)).toBe('2026-11-25T13:00');
  });

  it('go on while the counter of the main office is out of order', () => {
    const text = REMBANG.replace(
      'address: Jl. Pemuda 1',
      'address: Jl. Pemuda 1\n    status: broken',
    ).replace(/chat: .*/, 'chat: {}');
    const due = createCalendar(() => officeOf(text)).addWorkingDays(wib('2026-11-26T09:00'), 1);
    expect(toWib(due)).toBe('2026-11-27T10:00');
  });

  it('need an end: a calendar that is closed for ever is a fault of office.yaml', () => {
    const closed = 'closures: [{ date: 2026-01-01, until: 2099-12-31, reason: { id: tutup, en: closed } }]';
    const calendar = createCalendar(() => officeOf(REMBANG, closed));
    expect(() => calendar.addWorkingDays(wib('2026-11-24T08:00'), 1)).toThrow(/CONFIG_INVALID/);
    expect(() => calendar.answerTime(wib('2026-11-24T08:00'))).toThrow(/CONFIG_INVALID/);
  });

  it('never end sooner for a later start or for more days, and always lie after the start', () => {
    const start = wib('2026-11-01T00:00');
    const from = fc.integer({ min: 0, max: 60 * 24 * 60 }).map((minutes) => start + minutes * 60_000);
    fc.assert(
      fc.property(from, from, fc.nat(12), fc.nat(12), randomOffice(), (a, b, m, n, calendar) => {
        const [sooner, later] = [Math.min(a, b), Math.max(a, b)];
        const [fewer, more] = [Math.min(m, n), Math.max(m, n)];
        const due = calendar.addWorkingDays(sooner, fewer);
        expect(due).toBeGreaterThan(sooner);
        expect(calendar.addWorkingDays(later, fewer)).toBeGreaterThanOrEqual(due);
        expect(calendar.addWorkingDays(sooner, more)).toBeGreaterThanOrEqual(due);
      }),
      { numRuns: 60 },
    );
  });
});

describe('when an operator answers', () => {
  it.each([
    ['within an hour while there', '2026-11-24T09:10', true, '2026-11-24T10:10'],
    ['before the end of the day', '2026-11-24T14:40', true, '2026-11-24T15:00'],
    ['in the first hour after the night', '2026-11-24T15:00', false, '2026-11-25T09:00'],
    ['on Monday, from Friday noon', '2026-11-27T12:00', false, '2026-11-30T09:00'],
  ])('%s', (_, now, open, at) => {
    const answer = rembang.answerTime(wib(now));
    expect({ open: answer.open, at: toWib(answer.at) }).toEqual({ open, at });
  });

  it('by the end of the next working day in an office without chat hours', () => {
    const silent = createCalendar(() => officeOf(REMBANG.replace(/chat: .*/, 'chat: {}')));
    const answer = silent.answerTime(wib('2026-11-24T09:00'));
    expect({ open: answer.open, at: toWib(answer.at) }).toEqual({ open: false, at: '2026-11-25T12:00' });
  });
});

describe('the line of opening hours', () => {
  it('names activities when their hours differ', () => {
    expect(rembang.hoursLine('id')).toBe(
      'pengajuan Sen-Kam 08.00-12.00, Jum 08.00-10.00; pengambilan Sen-Kam 08.00-14.00, Jum 08.00-10.00 WIB',
    );
    expect(rembang.hoursLine('en')).toBe(
      'submission Mon-Thu 08.00-12.00, Fri 08.00-10.00; pick-up Mon-Thu 08.00-14.00, Fri 08.00-10.00 WIB',
    );
  });

  it('names none when all have the same, and shows a break at noon', () => {
    const text = REMBANG.replaceAll(
      /\{ mon-thu: \["08:00-1[24]:00"\], fri: [^}]*\}/g,
      '{ mon: ["08:00-12:00", "13:00-15:00"] }',
    );
    const pontianak = createCalendar(() => officeOf(text.replace('Asia/Jakarta', 'Asia/Pontianak')));
    expect(pontianak.hoursLine('id')).toBe('Sen 08.00-12.00 & 13.00-15.00 WIB');
  });

  it('is that of the usual week while something is out of order until a day that is known', () => {
    const away = REMBANG.replace(
      'address: Jl. Pemuda 1',
      'address: Jl. Pemuda 1\n    status: broken\n    until: 2026-11-30',
    );
    expect(createCalendar(() => officeOf(away)).hoursLine('id')).toBe(rembang.hoursLine('id'));
  });

  it('falls back on the hours of the chat when the main office is shut for long', () => {
    const shut = REMBANG.replace('address: Jl. Pemuda 1', 'address: Jl. Pemuda 1\n    status: suspended');
    expect(createCalendar(() => officeOf(shut)).hoursLine('id')).toBe(
      'Sen-Kam 08.00-15.00, Jum 08.00-11.00 WIB',
    );
  });
});

describe('the kiosks', () => {
  const print = '      print: { hours: { sat-sun: ["10:00-21:00"] } }\n';
  const active = REMBANG.replace('    status: planned\n', '') + print;
  /** On a Wednesday, unless another day is named. */
  const linesOf = (text: string, language: 'id' | 'en' = 'id', day = '2026-11-25') =>
    createCalendar(() => officeOf(text)).kioskLines(language, wib(`${day}T09:00`));

  it('are named with place, usual hours and zone, in both languages', () => {
    expect(linesOf(active)).toBe('MPP, Pusat Niaga: Sab-Min 10.00-21.00 WIB');
    expect(linesOf(active, 'en')).toBe('Service mall, Pusat Niaga: Sat-Sun 10.00-21.00 WIB');
  });

  it('stand on a line each', () => {
    const more =
      'points:\n  robinson:\n    name: { id: Robinson, en: Robinson }\n    address: Lantai 2\n    activities:\n';
    expect(linesOf(active.replace('points:\n', more + print)).split('\n')).toEqual([
      'Robinson, Lantai 2: Sab-Min 10.00-21.00 WIB',
      'MPP, Pusat Niaga: Sab-Min 10.00-21.00 WIB',
    ]);
  });

  it.each(['planned', 'suspended', 'broken'])(
    'that are %s are not there, nor those of a point that is',
    (status) => {
      expect(linesOf(active.replace('print: {', `print: { status: ${status},`))).toBe('');
      expect(linesOf(REMBANG.replace('status: planned', `status: ${status}`) + print)).toBe('');
    },
  );

  it('are none in an office that has none, nor in the sample, whose kiosk is planned', () => {
    expect(linesOf(REMBANG)).toBe('');
    const sample = readFileSync(join(import.meta.dirname, '..', '..', 'office.yaml'), 'utf8');
    expect(officeOf(sample).points.mpp?.activities.print?.hours[5]).toHaveLength(1);
    expect(linesOf(sample)).toBe('');
  });

  it('are there again on the day after the last one out of order', () => {
    const broken = active.replace('print: {', 'print: { status: broken, until: 2026-11-25,');
    expect(linesOf(broken)).toBe('');
    expect(linesOf(broken, 'id', '2026-11-26')).toBe('MPP, Pusat Niaga: Sab-Min 10.00-21.00 WIB');
  });

  it('say that they are shut today, and why, on a day on which they would be open', () => {
    const closed = `${active}closures: [{ date: 2026-11-26, until: 2026-11-28, reason: { id: Tahun Baru, en: New Year } }]\n`;
    expect(linesOf(closed, 'id', '2026-11-28')).toBe(
      'MPP, Pusat Niaga: Sab-Min 10.00-21.00 WIB (hari ini tutup: Tahun Baru)',
    );
    expect(linesOf(closed, 'en', '2026-11-28')).toContain('(closed today: New Year)');
    expect(linesOf(closed, 'id', '2026-11-27')).not.toContain('tutup');
    expect(linesOf(closed, 'id', '2026-11-29')).not.toContain('tutup');
    const mall = closed
      .replace('    status: planned\n', '')
      .replace('address: Pusat Niaga', 'address: Pusat Niaga\n    opensOnHolidays: true');
    expect(linesOf(mall, 'id', '2026-11-28')).toBe('MPP, Pusat Niaga: Sab-Min 10.00-21.00 WIB');
  });

  it('have no times that could be booked', () => {
    const withSlots = active.replace('print: {', 'print: { slotMinutes: 30, capacity: 2,');
    expect(() => officeOf(withSlots)).toThrow('slotMinutes');
  });
});

/** Rembang with random closures and chat days. */
function randomOffice() {
  const closure = fc.record({ day: fc.nat(80), days: fc.nat(9) });
  const chatDays = fc.subarray(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
  return fc.tuple(fc.array(closure, { maxLength: 5 }), chatDays).map(([closures, days]) => {
    const lines = closures.map(({ day, days: length }) => {
      const from = date('2026-11-01').add({ days: day });
      return `  - { date: ${from}, until: ${from.add({ days: length })}, reason: { id: libur, en: holiday } }`;
    });
    const chat = `chat: { ${days.map((name) => `${name}: ["07:30-16:00"]`).join(', ')} }`;
    const more = lines.length > 0 ? `closures:\n${lines.join('\n')}\n` : '';
    return createCalendar(() => officeOf(REMBANG.replace(/chat: .*/, chat), more));
  });
}
