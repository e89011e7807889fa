import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSlot, listSlots } from '../../src/pickup/calendar/slots.ts';
import type { Activity } from '../../src/pickup/ports.ts';
import { officeOf, REMBANG, toWib, wib } from './world.ts';

const rembang = officeOf(REMBANG);
const week = { from: wib('2026-11-23T00:00'), to: wib('2026-11-30T00:00') };
const starts = (point: string, activity: Activity, span = week) =>
  listSlots(rembang, { point, activity, ...span }).map(({ startAt }) => toWib(startAt));

describe('slots', () => {
  it('fill each window of the week from its start', () => {
    const submit = starts('kantor', 'submit');
    expect(submit).toHaveLength(4 * 8 + 4);
    expect(submit[0]).toBe('2026-11-23T08:00');
    expect(submit.at(-1)).toBe('2026-11-27T09:30');
    expect(starts('lasem', 'pickup')).toEqual(['2026-11-24T09:00', '2026-11-24T10:00']);
  });

  it('start within the span that is asked for, its end not included', () => {
    const span = { from: wib('2026-11-24T09:01'), to: wib('2026-11-24T10:00') };
    expect(starts('kantor', 'submit', span)).toEqual(['2026-11-24T09:30']);
  });

  it('are only those of active points', () => {
    expect(starts('mpp', 'pickup')).toEqual([]);
    expect(starts('lasem', 'record')).toEqual([]);
  });

  it('are found again by point, activity, start and end only', () => {
    const slot = {
      point: 'kantor',
      activity: 'submit' as const,
      startAt: wib('2026-11-24T09:00'),
      endAt: wib('2026-11-24T09:30'),
    };
    expect(findSlot(rembang, slot)).toEqual({ ...slot, capacity: 2 });
    expect(findSlot(rembang, { ...slot, endAt: slot.endAt + 1 })).toBeUndefined();
    expect(findSlot(rembang, { ...slot, startAt: slot.startAt + 60_000 })).toBeUndefined();
    expect(findSlot(rembang, { ...slot, point: 'lasem' })).toBeUndefined();
    expect(
      findSlot(rembang, { ...slot, startAt: wib('2026-11-28T09:00'), endAt: wib('2026-11-28T09:30') }),
    ).toBeUndefined();
  });

  it('take fewer while special hours say so', () => {
    const more = `
special:
  - { date: 2026-11-24, reason: { id: WFH, en: WFH }, points: { kantor: { submit: { capacity: 1 } } } }
`;
    const slots = listSlots(officeOf(REMBANG, more), { point: 'kantor', activity: 'submit', ...week });
    const byDay = new Map(slots.map(({ startAt, capacity }) => [toWib(startAt).slice(0, 10), capacity]));
    expect(byDay.get('2026-11-23')).toBe(2);
    expect(byDay.get('2026-11-24')).toBe(1);
  });

  it('never lie outside a window, on a closed day or over one another, whatever the calendar', () => {
    fc.assert(
      fc.property(randomCalendar(), ({ windows, slotMinutes, closedDays, days }) => {
        const office = officeOf(
          REMBANG.replace(
            'submit: { hours: { mon-thu: ["08:00-12:00"], fri: ["08:00-10:00"] }, slotMinutes: 30',
            `submit: { hours: { ${days.map((day) => `${day}: [${windows.join(', ')}]`).join(', ')} }, slotMinutes: ${slotMinutes}`,
          ),
          `closures: [${closedDays.map((day) => `{ date: 2026-11-${day}, reason: { id: libur, en: holiday } }`).join(', ')}]`,
        );
        const span = { from: wib('2026-11-09T00:00'), to: wib('2026-12-01T00:00') };
        const slots = listSlots(office, { point: 'kantor', activity: 'submit', ...span });
        let before = 0;
        for (const { startAt, endAt } of slots) {
          expect(startAt).toBeGreaterThanOrEqual(before);
          before = endAt;
          const [day = '', from = ''] = toWib(startAt).split('T');
          const until = toWib(endAt).slice(11);
          expect(windows.some((window) => window.slice(1, 6) <= from && until <= window.slice(7, 12))).toBe(
            true,
          );
          expect(closedDays.map((closed) => `2026-11-${closed}`)).not.toContain(day);
          expect(days).toContain(DAYS[Temporal.PlainDate.from(day).dayOfWeek - 1]);
          expect(endAt - startAt).toBe(slotMinutes * 60_000);
        }
        const openDays = days.length * 3 + (days.includes('mon') ? 1 : 0) - closedOn(closedDays, days);
        expect(slots).toHaveLength(openDays * slotsPerDay(windows, slotMinutes));
      }),
      { numRuns: 30 },
    );
  });
});

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** One or two windows that each hold a slot, on some weekdays, with some days of 9 to 30 November closed. */
function randomCalendar() {
  const hour = (value: number) => String(value).padStart(2, '0');
  const morning = fc.tuple(fc.integer({ min: 6, max: 8 }), fc.integer({ min: 9, max: 11 }));
  const afternoon = fc.tuple(fc.integer({ min: 12, max: 14 }), fc.integer({ min: 15, max: 17 }));
  const windows = fc
    .tuple(morning, fc.option(afternoon))
    .map((pair) => pair.flatMap((span) => (span ? [`"${hour(span[0])}:00-${hour(span[1])}:00"`] : [])));
  return fc.record({
    windows,
    slotMinutes: fc.integer({ min: 13, max: 60 }),
    closedDays: fc.uniqueArray(fc.integer({ min: 10, max: 30 }), { maxLength: 4 }),
    days: fc.subarray(DAYS, { minLength: 1 }),
  });
}

function closedOn(closedDays: number[], days: string[]): number {
  return closedDays.filter((day) => days.includes(DAYS[(day - 9) % 7] ?? '')).length;
}

function slotsPerDay(windows: string[], slotMinutes: number): number {
  const hours = (window: string) => Number(window.slice(7, 9)) - Number(window.slice(1, 3));
  return windows.reduce((sum, window) => sum + Math.floor((hours(window) * 60) / slotMinutes), 0);
}
