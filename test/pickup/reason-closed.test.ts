import { describe, expect, it } from 'vitest';
import { smsSegments } from '../../src/channels/segments.ts';
import { createCalendar } from '../../src/pickup/calendar/calendar.ts';
import { officeOf, REMBANG } from './world.ts';

const MORE = `
closures:
  - { date: 2026-12-01, reason: { id: Hari Raya, en: Holiday } }
  - { date: 2026-12-02, points: [sale], reason: { id: listrik padam, en: power cut } }
special:
  - date: 2026-12-07
    until: 2026-12-11
    reason: { id: setengah petugas bekerja dari rumah, en: half of the staff works from home }
    points: { kantor: { submit: { hours: { mon: ["08:00-10:00"] } } } }
`;
const TEXT = REMBANG.replace(
  'status: broken',
  'status: broken, until: 2026-11-27, reason: { id: alat perekaman rusak, en: the device is broken }',
).replace(
  '  mpp:',
  `  keliling:
    name: { id: Mobil, en: Car }
    address: Jl. Pemuda 1
    kind: mobile
    activities: { record: { hours: { mon-fri: ["09:00-12:00"] }, slotMinutes: 60, capacity: 1 } }
    route: [{ day: tue, address: Balai Desa }]
  mpp:`,
);
const calendar = createCalendar(() => officeOf(TEXT, MORE));
const date = (text: string) => Temporal.PlainDate.from(text);
type Asked = [point: string, activity: 'submit' | 'pickup' | 'record', day: string];

describe('why a desk is closed on a day', () => {
  it.each<[string, Asked, string | undefined]>([
    ['not at all', ['kantor', 'submit', '2026-11-24'], undefined],
    ['a day off of the whole office', ['kantor', 'submit', '2026-12-01'], 'Hari Raya'],
    ['a day off of the point', ['sale', 'record', '2026-12-02'], 'listrik padam'],
    [
      'a device, with its last day',
      ['lasem', 'record', '2026-11-24'],
      'alat perekaman rusak, s.d. Jumat 27 November 2026',
    ],
    ['a point for which nobody wrote a reason', ['mpp', 'pickup', '2026-11-28'], 'belum dibuka'],
    [
      'a car that does not come',
      ['keliling', 'record', '2026-11-25'],
      'layanan keliling tidak datang hari itu',
    ],
    [
      'special hours that leave none of the usual ones',
      ['kantor', 'submit', '2026-12-08'],
      'setengah petugas bekerja dari rumah',
    ],
    ['a weekend', ['kantor', 'submit', '2026-11-28'], 'tidak ada jam layanan hari itu'],
    ['a weekend within special hours', ['lasem', 'pickup', '2026-12-09'], 'tidak ada jam layanan hari itu'],
    ['a point that there is not', ['constructor', 'submit', '2026-11-24'], 'tidak ada jam layanan hari itu'],
  ])('%s', (_, [point, activity, day], why) => {
    const reason = calendar.reasonClosed(point, activity, date(day));
    expect(reason?.id).toBe(why);
    expect(reason === undefined || smsSegments(`${reason.id}${reason.en}`).encoding === 'GSM-7').toBe(true);
  });

  it('is told in English too', () => {
    expect(calendar.reasonClosed('lasem', 'record', date('2026-11-24'))?.en).toBe(
      'the device is broken, until Friday 27 November 2026',
    );
  });

  it('names the days off of the whole office alone', () => {
    expect(calendar.dayOff(date('2026-12-01'))).toEqual({ id: 'Hari Raya', en: 'Holiday' });
    expect(calendar.dayOff(date('2026-12-02'))).toBeUndefined();
    expect(calendar.dayOff(date('2026-11-28'))).toBeUndefined();
  });

  it('tells how what is out of order stands', () => {
    expect(calendar.outOfOrder('lasem', 'record', date('2026-11-24'))).toMatchObject({
      status: 'broken',
      until: '2026-11-27',
    });
    expect(calendar.outOfOrder('lasem', 'record', date('2026-11-28'))).toBeUndefined();
  });
});
