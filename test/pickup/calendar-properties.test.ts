import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Office } from '../../src/office.ts';
import { createCalendar } from '../../src/pickup/calendar/calendar.ts';
import { openingsOn } from '../../src/pickup/calendar/openings.ts';
import { findSlot, listSlots } from '../../src/pickup/calendar/slots.ts';
import {
  capacityOf,
  DAY_COUNT,
  type Drawn,
  dayAfter,
  drawnOffice,
  FIRST_DAY,
  OFFSET_HOURS,
  officeFrom,
  openMinutes,
  type Zone,
} from './random-office.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const desk = { point: 'kantor', activity: 'submit' } as const;

/** Midnight of a date in a zone, reckoned by its offset alone. */
const midnight = (date: string, zone: Zone) =>
  Date.parse(`${date}T00:00:00Z`) - OFFSET_HOURS[zone] * 60 * MINUTE;
/** Date and minute of the day in a zone. */
function local(at: number, zone: Zone): { date: string; minute: number } {
  const shifted = at + OFFSET_HOURS[zone] * 60 * MINUTE;
  return { date: new Date(shifted).toISOString().slice(0, 10), minute: (shifted % DAY) / MINUTE };
}
function slotsOf(office: Office, { timeZone }: Drawn) {
  const from = midnight(FIRST_DAY, timeZone);
  return listSlots(office, { ...desk, from, to: from + DAY_COUNT * DAY });
}
/** The lengths of the runs of open minutes of a day. */
function runsOf(minutes: boolean[]): number[] {
  const runs: number[] = [];
  minutes.forEach((isOpen, i) => {
    if (!isOpen) return;
    if (minutes[i - 1]) runs.push((runs.pop() ?? 0) + 1);
    else runs.push(1);
  });
  return runs;
}

function check(property: (drawn: Drawn, office: Office) => void, numRuns = 100): void {
  fc.assert(
    fc.property(drawnOffice, (drawn) => {
      const office = officeFrom(drawn);
      fc.pre(office !== undefined);
      property(drawn, office);
    }),
    { numRuns },
  );
}

describe('whatever the calendar, the times that are offered', () => {
  it('lie in open minutes only: in a window, on no day off, in no break, at no desk out of order', () => {
    let slotCount = 0;
    check((drawn, office) => {
      const open = new Map<string, boolean[]>();
      for (const { startAt, endAt } of slotsOf(office, drawn)) {
        const { date, minute } = local(startAt, drawn.timeZone);
        if (!open.has(date)) open.set(date, openMinutes(drawn, date));
        const minutes = open.get(date)?.slice(minute, minute + drawn.slotMinutes) ?? [];
        const isWithin = minutes.length === drawn.slotMinutes && minutes.every(Boolean);
        if (!isWithin || endAt - startAt !== drawn.slotMinutes * MINUTE)
          expect.fail(`a slot on ${date} at minute ${minute} lies outside`);
        slotCount += 1;
      }
    });
    expect(slotCount).toBeGreaterThan(1000);
  });

  it('leave no open time out that a slot fits into', () => {
    check((drawn, office) => {
      const slots = slotsOf(office, drawn).map(({ startAt }) => local(startAt, drawn.timeZone).date);
      for (let i = 0; i < DAY_COUNT; i++) {
        const date = dayAfter(i);
        const fitting = runsOf(openMinutes(drawn, date)).map((length) =>
          Math.floor(length / drawn.slotMinutes),
        );
        expect(slots.filter((each) => each === date).length, date).toBe(
          fitting.reduce((sum, count) => sum + count, 0),
        );
      }
    }, 50);
  });

  it('take as many as the rules say, are in order, and never lie over one another', () => {
    check((drawn, office) => {
      let before = 0;
      for (const slot of slotsOf(office, drawn)) {
        expect(slot.startAt).toBeGreaterThanOrEqual(before);
        before = slot.endAt;
        expect(slot.capacity).toBe(capacityOf(drawn, local(slot.startAt, drawn.timeZone).date));
        expect(findSlot(office, slot)).toEqual(slot);
      }
    }, 40);
  });

  it('lie within one day of the office', () => {
    check((drawn, office) => {
      for (const { startAt, endAt } of slotsOf(office, drawn))
        expect(local(endAt - 1, drawn.timeZone).date).toBe(local(startAt, drawn.timeZone).date);
    }, 40);
  });

  it('are at the same times of the day in every zone', () => {
    check((drawn, office) => {
      const here = slotsOf(office, drawn).map(({ startAt }) => local(startAt, drawn.timeZone));
      for (const timeZone of Object.keys(OFFSET_HOURS) as Zone[]) {
        const moved = { ...drawn, timeZone };
        const there = officeFrom(moved);
        expect(there && slotsOf(there, moved).map(({ startAt }) => local(startAt, timeZone))).toEqual(here);
      }
    }, 25);
  });
});

describe('whatever the calendar, the openings', () => {
  it.each(['submit', 'chat'] as const)('of a day (%s) are the open minutes, apart and in order', (kind) => {
    check((drawn, office) => {
      for (let i = 0; i < DAY_COUNT; i++) {
        const date = dayAfter(i);
        const start = midnight(date, drawn.timeZone);
        const openings = openingsOn(office, kind === 'chat' ? 'chat' : desk, Temporal.PlainDate.from(date));
        const minutes = Array<boolean>(24 * 60).fill(false);
        let before = Number.NEGATIVE_INFINITY;
        for (const { startAt, endAt } of openings) {
          expect(startAt).toBeGreaterThan(before);
          expect(endAt).toBeGreaterThan(startAt);
          before = endAt;
          minutes.fill(true, (startAt - start) / MINUTE, (endAt - start) / MINUTE);
        }
        expect(minutes).toEqual(openMinutes(drawn, date, kind));
      }
    }, 50);
  });

  it('are those that tell whether it is open now, and when next', () => {
    check((drawn, office) => {
      const calendar = createCalendar(() => office);
      const start = midnight(dayAfter(2), drawn.timeZone);
      const minutes = [2, 3, 4].flatMap((i) => openMinutes(drawn, dayAfter(i)));
      for (let minute = 0; minute < minutes.length; minute += 97) {
        const at = start + minute * MINUTE;
        expect(calendar.isOpen('kantor', 'submit', at)).toBe(minutes[minute]);
        const next = minutes.indexOf(true, minute);
        if (next >= 0) expect(calendar.nextOpen('kantor', 'submit', at)).toBe(start + next * MINUTE);
      }
    }, 40);
  });

  it('have a reason on each day on which there are none, and on no other', () => {
    check((drawn, office) => {
      const calendar = createCalendar(() => office);
      for (let i = 0; i < DAY_COUNT; i++) {
        const isOpen = openMinutes(drawn, dayAfter(i)).includes(true);
        const reason = calendar.reasonClosed('kantor', 'submit', Temporal.PlainDate.from(dayAfter(i)));
        expect(reason === undefined).toBe(isOpen);
      }
    }, 40);
  });
});

describe('whatever the calendar, a promise in working days', () => {
  it('lies after its start, and is never sooner for a later start or for more days', () => {
    const minutes = fc.nat(DAY_COUNT * 24 * 60);
    fc.assert(
      fc.property(drawnOffice, minutes, minutes, fc.nat(8), fc.nat(8), (drawn, a, b, m, n) => {
        const office = officeFrom(drawn);
        fc.pre(office !== undefined);
        const calendar = createCalendar(() => office);
        const start = midnight(FIRST_DAY, drawn.timeZone);
        const [sooner, later] = [Math.min(a, b), Math.max(a, b)].map((minute) => start + minute * MINUTE);
        const [fewer, more] = [Math.min(m, n), Math.max(m, n)];
        const due = calendar.addWorkingDays(sooner ?? 0, fewer);
        expect(due).toBeGreaterThan(sooner ?? 0);
        expect(calendar.addWorkingDays(later ?? 0, fewer)).toBeGreaterThanOrEqual(due);
        expect(calendar.addWorkingDays(sooner ?? 0, more)).toBeGreaterThanOrEqual(due);
      }),
      { numRuns: 60 },
    );
  });
});
