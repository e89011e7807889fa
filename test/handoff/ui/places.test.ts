/** What the pages of visits and places reckon by themselves. */
import { describe, expect, test } from 'vitest';
import type { VisitDay } from '../../../src/handoff/schemas/places.ts';
import { addDays, dayAt, formatInstant, zoneName } from '../../../src/handoff/ui/places/dates.ts';
import { withMark, withOutcome } from '../../../src/handoff/ui/places/day-patches.ts';
import { daysOfYear, replaceDay } from '../../../src/handoff/ui/places/days-off.ts';
import type { DayOff, Point, VisitMark } from '../../../src/handoff/ui/places/place-types.ts';
import { activityOn, isInTrouble } from '../../../src/handoff/ui/places/standing.ts';

const AT = Date.parse('2026-11-23T09:00:00+08:00');

const TICKET = {
  ...{ id: 't1', label: 'A-001', number: 1, at: AT, expectedAt: AT },
  ...{ calledAt: AT, endedAt: null, outcome: null },
};

function dayWith(...marks: VisitMark[]): VisitDay {
  const visit = {
    ...{ booking: 'b1', number: 'KL-2611-0001-7', service: 'KTP', name: 'S***', startAt: AT, endAt: AT },
    ...{ isHeld: false, marks: marks.map((mark) => ({ mark, at: AT })) },
  };
  return {
    ...{ point: 'kantor', pointName: 'Kantor', address: 'Jl. 1', date: '2026-11-23', closed: null },
    activities: [
      {
        ...{ id: 'pickup', name: 'pengambilan' },
        slots: [{ startAt: AT, endAt: AT, capacity: 2, visits: [visit, { ...visit, booking: 'b2' }] }],
        queue: { perDay: 10, tickets: [TICKET] },
      },
    ],
    totals: { capacity: 2, booked: 2, arrived: 0, served: 0, missed: 0 },
  };
}
const marksOf = (day: VisitDay, at = 0) =>
  day.activities[0]?.slots[0]?.visits[at]?.marks.map(({ mark }) => mark);

describe('a mark that was just pressed', () => {
  test.each<[VisitMark[], VisitMark, boolean, VisitMark[]]>([
    [[], 'arrived', true, ['arrived']],
    [[], 'served', true, ['arrived', 'served']],
    [['arrived', 'served'], 'missed', true, ['missed']],
    [['missed'], 'served', true, ['arrived', 'served']],
    [['arrived', 'served'], 'arrived', false, []],
    [['arrived', 'served'], 'served', false, ['arrived']],
  ])('of %o with %s %s shows %o, as the server will', (before, mark, isOn, after) => {
    const day = withMark('b1', { mark, isOn, at: AT })(dayWith(...before));
    expect(marksOf(day)).toEqual(after);
    expect(marksOf(day, 1)).toEqual(before);
  });

  test('of the queue ends its number, and takes it back', () => {
    const ended = withOutcome('t1', 'gone', AT)(dayWith());
    expect(ended.activities[0]?.queue?.tickets).toEqual([{ ...TICKET, endedAt: AT, outcome: 'gone' }]);
    expect(withOutcome('t1', null, AT)(ended)).toEqual(dayWith());
  });
});

describe('how a point stands', () => {
  const activity = (standing: object = {}) =>
    ({
      id: 'record',
      status: 'active',
      reason: null,
      until: null,
      ...standing,
    }) as Point['activities'][number];
  const point = (standing: object, ...activities: Point['activities']) =>
    ({ status: 'active', reason: null, until: null, ...standing, activities }) as Point;

  test('is that of its activity, until the last day is over', () => {
    const broken = activity({ status: 'broken', until: '2026-11-23' });
    expect(activityOn('2026-11-23', point({}, broken), broken).status).toBe('broken');
    expect(activityOn('2026-11-24', point({}, broken), broken).status).toBe('active');
  });

  test('takes its activities along when it is out as a whole', () => {
    const suspended = point({ status: 'suspended' }, activity());
    expect(activityOn('2026-11-23', suspended, activity()).status).toBe('suspended');
    expect(isInTrouble('2026-11-23', suspended)).toBe(true);
    expect(isInTrouble('2026-11-23', point({}, activity()))).toBe(false);
  });
});

describe('days off', () => {
  const off = (date: string, more: Partial<DayOff> = {}): DayOff => ({
    ...{ date, until: null, reason: { id: `libur ${date}`, en: `libur ${date}` }, points: null },
    ...{ isFixed: false, by: 'Rina' },
    ...more,
  });
  const days = [
    off('2026-12-28', { until: '2027-01-02' }),
    off('2026-12-25', { isFixed: true }),
    off('2027-03-01'),
  ];

  test('are sent without those of office.yaml, the changed one in its new form', () => {
    expect(replaceDay(days, days[2], { date: '2027-03-02', reason: 'libur lain' })).toEqual([
      { date: '2026-12-28', reason: 'libur 2026-12-28', until: '2027-01-02' },
      { date: '2027-03-02', reason: 'libur lain' },
    ]);
    expect(replaceDay(days, days[0], undefined)).toEqual([
      { date: '2027-03-01', reason: 'libur 2027-03-01' },
    ]);
  });

  test('of a year are those that touch it, in order', () => {
    expect(daysOfYear(days, 2026).map(({ date }) => date)).toEqual(['2026-12-25', '2026-12-28']);
    expect(daysOfYear(days, 2027).map(({ date }) => date)).toEqual(['2026-12-28', '2027-03-01']);
  });
});

describe('a day of the office', () => {
  test.each([
    ['Asia/Jakarta', '2026-11-22', 'WIB'],
    ['Asia/Makassar', '2026-11-23', 'WITA'],
  ])('in %s is %s at the same instant', (timeZone, day, zone) => {
    expect(dayAt(Date.parse('2026-11-22T16:30:00Z'), timeZone)).toBe(day);
    expect(zoneName(timeZone)).toBe(zone);
  });

  test('is counted over months and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
  });

  test('and its time are written in the zone of the office', () => {
    expect(formatInstant(AT, { language: 'id', timeZone: 'Asia/Makassar' })).toBe('23 Nov 09.00');
  });
});
