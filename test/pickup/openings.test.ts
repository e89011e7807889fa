import { describe, expect, it } from 'vitest';
import { activityOf, type Desk, openingsOn, outOfOrder } from '../../src/pickup/calendar/openings.ts';
import { placeOn } from '../../src/pickup/calendar/place-on.ts';
import { listSlots } from '../../src/pickup/calendar/slots.ts';
import { toOfferedSlot } from '../../src/pickup/offering/offered-slot.ts';
import type { Activity } from '../../src/pickup/ports.ts';
import { officeOf, REMBANG, toWib, wib } from './world.ts';

const date = (text: string) => Temporal.PlainDate.from(text);

/** The windows of a desk of Rembang on a day, after a change of its text and with more below it. */
function hoursOn(day: string, desk: Desk, text = REMBANG, more = ''): string[] {
  return openingsOn(officeOf(text, more), desk, date(day)).map(
    ({ startAt, endAt }) => `${toWib(startAt).slice(11)}-${toWib(endAt).slice(11)}`,
  );
}
const kantor = (activity: Activity): Desk => ({ point: 'kantor', activity });
const lasem = (activity: Activity): Desk => ({ point: 'lasem', activity });
const TUESDAY = '2026-11-24';
const FRIDAY = '2026-11-27';

describe('breaks', () => {
  const breaks = 'breaks: { mon-thu: ["10:00-10:30"], fri: ["09:00-13:00"] }\n';

  it('part the hours of every desk and of the chat', () => {
    expect(hoursOn(TUESDAY, kantor('pickup'), REMBANG, breaks)).toEqual(['08:00-10:00', '10:30-14:00']);
    expect(hoursOn(FRIDAY, kantor('pickup'), REMBANG, breaks)).toEqual(['08:00-09:00']);
    expect(hoursOn(FRIDAY, 'chat', REMBANG, breaks)).toEqual(['08:00-09:00']);
  });

  it('of a point stand in place of those of the office, and those of special hours in place of both', () => {
    const own = REMBANG.replace(
      'address: Jl. Pemuda 1',
      'address: Jl. Pemuda 1\n    breaks: { tue: ["12:00-13:00"] }',
    );
    expect(hoursOn(TUESDAY, kantor('pickup'), own, breaks)).toEqual(['08:00-12:00', '13:00-14:00']);
    expect(hoursOn(FRIDAY, kantor('pickup'), own, breaks)).toEqual(['08:00-10:00']);
    const special = `${breaks}special: [{ date: ${TUESDAY}, reason: { id: a, en: b }, breaks: { tue: ["08:00-09:00"] } }]`;
    expect(hoursOn(TUESDAY, kantor('pickup'), own, special)).toEqual(['09:00-14:00']);
  });

  it('begin the row of appointments anew: none lies in a break or runs into it', () => {
    const office = officeOf(REMBANG, 'breaks: { tue: ["09:10-09:25", "11:45-13:00"] }');
    const span = { from: wib('2026-11-24T00:00'), to: wib('2026-11-25T00:00') };
    const slots = listSlots(office, { point: 'kantor', activity: 'pickup', ...span });
    expect(slots.map(({ startAt }) => toWib(startAt).slice(11))).toEqual([
      ...['08:00', '08:30', '09:25', '09:55', '10:25', '10:55', '13:00', '13:30'],
    ]);
  });
});

describe('special hours with limits', () => {
  const ramadan = `
special:
  - date: 2026-11-23
    until: 2026-11-29
    reason: { id: Ramadan, en: Ramadan }
    within: { mon-thu: ["09:00-11:30", "13:00-13:30"] }
    points: { kantor: { submit: { hours: { mon-fri: ["08:00-10:00"] } } } }
`;

  it('leave of the hours what lies within; days that are not named stay as they are', () => {
    expect(hoursOn(TUESDAY, kantor('pickup'), REMBANG, ramadan)).toEqual(['09:00-11:30', '13:00-13:30']);
    expect(hoursOn(TUESDAY, kantor('submit'), REMBANG, ramadan)).toEqual(['09:00-10:00']);
    expect(hoursOn(TUESDAY, 'chat', REMBANG, ramadan)).toEqual(['09:00-11:30', '13:00-13:30']);
    expect(hoursOn(FRIDAY, kantor('pickup'), REMBANG, ramadan)).toEqual(['08:00-10:00']);
    expect(hoursOn('2026-12-01', kantor('pickup'), REMBANG, ramadan)).toEqual(['08:00-14:00']);
  });
});

describe('what is out of order', () => {
  const until = (last: string) => REMBANG.replace('status: broken', `status: broken, until: ${last}`);

  it('is closed up to and including its last day, and open after it', () => {
    expect(hoursOn(TUESDAY, lasem('record'), until(TUESDAY))).toEqual([]);
    expect(hoursOn('2026-12-01', lasem('record'), until(TUESDAY))).toEqual(['09:00-11:00']);
    expect(hoursOn('2030-12-03', lasem('record'))).toEqual([]);
  });

  it.each(['planned', 'suspended', 'broken'])('%s is one rule for all', (status) => {
    const text = REMBANG.replace(
      'address: Jl. Pemuda 1',
      `address: Jl. Pemuda 1\n    status: ${status}\n    until: ${TUESDAY}`,
    );
    expect(hoursOn(TUESDAY, kantor('submit'), text)).toEqual([]);
    expect(hoursOn('2026-11-25', kantor('submit'), text)).toEqual(['08:00-12:00']);
    expect(hoursOn(TUESDAY, 'chat', text)).toEqual(['08:00-15:00']);
  });

  it('has appointments for later days already', () => {
    const office = officeOf(until(TUESDAY));
    const span = { from: wib('2026-11-23T00:00'), to: wib('2026-12-02T00:00') };
    const slots = listSlots(office, { point: 'lasem', activity: 'record', ...span });
    expect(slots.map(({ startAt }) => toWib(startAt))).toEqual(['2026-12-01T09:00', '2026-12-01T10:00']);
    expect(activityOf(office, { point: 'lasem', activity: 'record' }, date(TUESDAY))).toBeUndefined();
    expect(activityOf(office, { point: 'lasem', activity: 'record' }, date('2026-11-25'))).toMatchObject({
      slotMinutes: 60,
    });
  });

  it('of a point and its device is told by the one that lasts longer', () => {
    const both = (point: string, device: string) =>
      officeOf(
        REMBANG.replace('address: Jl. Raya Lasem', `address: Jl. Raya Lasem\n    ${point}`).replace(
          'status: broken',
          device,
        ),
      );
    const told = (office: ReturnType<typeof officeOf>) =>
      outOfOrder(office, { point: 'lasem', activity: 'record' }, date(TUESDAY));
    expect(told(both('status: suspended\n    until: 2026-11-25', 'status: broken'))).toEqual(
      expect.objectContaining({ status: 'broken' }),
    );
    expect(
      told(both('status: suspended\n    until: 2026-12-25', 'status: broken, until: 2026-11-30')),
    ).toMatchObject({ status: 'suspended', until: '2026-12-25' });
  });
});

describe('a point that opens on holidays', () => {
  const mall = REMBANG.replace(
    'address: Jl. Raya Lasem',
    'address: Jl. Raya Lasem\n    opensOnHolidays: true',
  );

  it('is closed only by a closure that names it', () => {
    const holiday = `closures: [{ date: ${TUESDAY}, reason: { id: libur, en: holiday } }]`;
    expect(hoursOn(TUESDAY, lasem('pickup'), mall, holiday)).toEqual(['09:00-11:00']);
    expect(hoursOn(TUESDAY, kantor('pickup'), mall, holiday)).toEqual([]);
    const named = `closures: [{ date: ${TUESDAY}, points: [lasem], reason: { id: libur, en: holiday } }]`;
    expect(hoursOn(TUESDAY, lasem('pickup'), mall, named)).toEqual([]);
  });
});

describe('a mobile point', () => {
  const car = REMBANG.replace(
    '  mpp:',
    `  keliling:
    name: { id: Mobil layanan, en: Service car }
    address: Jl. Pemuda 1
    kind: mobile
    activities:
      record: { hours: { mon-fri: ["09:00-12:00"] }, slotMinutes: 60, capacity: 1 }
    route:
      - { day: tue, address: Balai Desa Sluke, location: { latitude: -6.63, longitude: 111.53 } }
      - { date: 2026-12-01, address: Lapangan Pamotan, district: 33.17.05, hours: ["10:00-12:00"] }
  mpp:`,
  );
  const desk: Desk = { point: 'keliling', activity: 'record' };

  it('is open on the days of its route only, at the hours of the stop', () => {
    expect(hoursOn('2026-11-25', desk, car)).toEqual([]);
    expect(hoursOn(TUESDAY, desk, car)).toEqual(['09:00-12:00']);
    expect(hoursOn('2026-12-01', desk, car)).toEqual(['10:00-12:00']);
  });

  it('is where it stops that day; a stop on a date goes before one on its weekday', () => {
    const office = officeOf(car);
    expect(placeOn(office, 'keliling', date(TUESDAY))).toMatchObject({
      address: 'Balai Desa Sluke',
      location: { latitude: -6.63 },
    });
    expect(placeOn(office, 'keliling', date('2026-12-01'))).toMatchObject({
      address: 'Lapangan Pamotan',
      district: '33.17.05',
    });
    expect(placeOn(office, 'keliling', date('2026-11-25'))?.address).toBe('Jl. Pemuda 1');
    expect(placeOn(office, 'constructor', date(TUESDAY))).toBeUndefined();
  });

  it('is named in an offer with the place of that day', () => {
    const [slot] = listSlots(officeOf(car), {
      ...{ point: 'keliling', activity: 'record' as const },
      ...{ from: wib('2026-12-01T00:00'), to: wib('2026-12-02T00:00') },
    });
    expect(slot && toOfferedSlot(officeOf(car), slot).place).toEqual({
      id: 'Mobil layanan, Lapangan Pamotan',
      en: 'Service car, Lapangan Pamotan',
    });
    expect(slot && toOfferedSlot(officeOf(REMBANG), slot).place).toEqual({ id: 'keliling', en: 'keliling' });
  });
});
