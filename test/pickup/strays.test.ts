/** Who is booked at a time that the calendar has no more: found, and moved when somebody says so. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findSlot } from '../../src/pickup/calendar/slots.ts';
import { findStrays } from '../../src/pickup/outages/strays.ts';
import type { DayOff } from '../../src/pickup/places/changes.ts';
import { type OutageWorld, openOutageWorld, WHY } from './outage-world.ts';
import { toWib } from './world.ts';

let world: OutageWorld;
beforeEach(async () => {
  world = await openOutageWorld();
});
afterEach(() => world.close());

const CALENDAR = { cause: 'calendar' } as const;
const FLOOD: DayOff = { date: '2026-11-24', reason: { id: 'Banjir.', en: 'Flood.' }, by: 'Rina' };

/** Lets the process work until there is nothing left to be done now. */
async function settle(): Promise<void> {
  while ((await world.outages.look()) > 0);
}
const outage = (id: string) => world.outages.list().find((one) => one.id === id);
const strays = async () => (await world.outages.preview(CALENDAR)).visits;
const when = async (number: string) => {
  const visit = await world.visitOf(number);
  return visit && `${visit.point} ${toWib(visit.startAt)}`;
};

describe('visits on a day that has become a day off', () => {
  it('stay until somebody has them moved; then each has another day and hears the reason once', async () => {
    const [early, late] = [
      await world.fileAt('kantor', '2026-11-24T08:00'),
      await world.fileAt('lasem', '2026-11-24T11:30'),
    ];
    const other = await world.fileAt('kantor', '2026-11-25T08:00');
    expect(await strays()).toBe(0);
    await world.points.setDaysOff([FLOOD]);
    expect(await world.outages.preview(CALENDAR)).toEqual({
      ...{ visits: 2, firstAt: early.booking.startAt, lastAt: late.booking.startAt },
    });
    await settle();
    expect(world.told).toEqual([]);

    const { id } = await world.outages.begin(CALENDAR, 'Rina');
    expect(await strays()).toBe(0);
    await settle();
    expect(outage(id)).toMatchObject({ state: 'done', total: 2, moved: 2, untold: 0 });
    expect(await when(early.number)).toMatch(/^kantor 2026-11-2[567]/);
    expect(await when(late.number)).toMatch(/^lasem 2026-11-2[567]/);
    expect(await when(other.number)).toBe('kantor 2026-11-25T08:00');
    expect(world.told).toMatchObject([
      { kind: 'visit-moved', number: early.number, why: { id: 'Banjir', en: 'Flood' } },
      { kind: 'visit-moved', number: late.number, why: { id: 'Banjir', en: 'Flood' } },
    ]);
    expect(await strays()).toBe(0);
    expect(world.points.changes()).toEqual([]);
  });

  it('of one place only leave the others alone, and so do times that are only held', async () => {
    const there = await world.fileAt('kantor', '2026-11-24T08:00');
    await world.fileAt('lasem', '2026-11-24T08:00');
    const held = await world.file();
    await world.store.bookings.reserve({
      ...{ application: held, service: 'akta', slot: world.slotAt('kantor', '2026-11-24T09:00') },
      ...{ capacity: 9, now: world.clock.now(), heldUntil: world.clock.now() + 3_600_000 },
    });
    await world.points.setDaysOff([{ ...FLOOD, points: ['kantor'] }]);
    expect(await strays()).toBe(1);
    await world.outages.begin(CALENDAR, 'Rina');
    await settle();
    expect(world.told.map(({ number }) => number)).toEqual([there.number]);
  });

  it('are left alone when the applicant has chosen meanwhile, or the day is a working day again', async () => {
    const [chose, back] = [
      await world.fileAt('kantor', '2026-11-24T08:00'),
      await world.fileAt('kantor', '2026-11-24T09:00'),
    ];
    await world.points.setDaysOff([FLOOD]);
    await world.outages.begin(CALENDAR, 'Rina');
    await world.book(chose.number, world.slotAt('lasem', '2026-12-01T11:00'));
    await world.points.setDaysOff([]);
    await settle();
    expect(await when(chose.number)).toBe('lasem 2026-12-01T11:00');
    expect(await when(back.number)).toBe('kantor 2026-11-24T09:00');
    expect(world.told).toEqual([]);
  });

  it('that is entered later are not moved by what was pressed for another day', async () => {
    await world.fileAt('kantor', '2026-11-24T08:00');
    const later = await world.fileAt('kantor', '2026-12-14T08:00');
    await world.points.setDaysOff([FLOOD]);
    await world.outages.begin(CALENDAR, 'Rina');
    await world.points.setDaysOff([FLOOD, { ...FLOOD, date: '2026-12-14' }]);
    await settle();
    world.wait(60_000);
    await settle();
    expect(await when(later.number)).toBe('kantor 2026-12-14T08:00');
    expect(await strays()).toBe(1);
  });
});

describe('who is moved from a day off', () => {
  it('has the next time after the old one; the soonest where there is none so late', async () => {
    const { number } = await world.fileAt('kantor', '2026-12-14T08:00');
    const far = await world.fileAt('kantor', '2027-01-20T11:30');
    await world.points.setDaysOff([
      { ...FLOOD, date: '2026-12-14' },
      { ...FLOOD, date: '2027-01-20', until: '2027-01-31' },
    ]);
    await world.outages.begin(CALENDAR, 'Rina');
    await settle();
    expect(await when(number)).toBe('kantor 2026-12-15T08:00');
    expect(await when(far.number)).toMatch(/^kantor 2026-11-2/);
  });
});

describe('moves of visits outside the calendar that are undone', () => {
  it('give back the old time only where the calendar has it again', async () => {
    const [again, never] = [
      await world.fileAt('kantor', '2026-11-24T08:00'),
      await world.fileAt('kantor', '2026-11-25T08:00'),
    ];
    const wednesday = { ...FLOOD, date: '2026-11-25' };
    await world.points.setDaysOff([FLOOD, wednesday]);
    const { id } = await world.outages.begin(CALENDAR, 'Rina');
    await settle();
    const moved = await when(never.number);
    await world.points.setDaysOff([wednesday]);
    await world.outages.undo(id);
    await settle();
    expect(await when(again.number)).toBe('kantor 2026-11-24T08:00');
    expect(await when(never.number)).toBe(moved);
    expect(outage(id)).toMatchObject({ state: 'undone', restored: 1, moved: 1, untold: 0 });
    expect(world.told.slice(2)).toMatchObject([{ kind: 'visit-restored', number: again.number }]);
  });
});

describe('visits at hours, or at a place, that are no more', () => {
  it('are moved with words for changed hours', async () => {
    const { number } = await world.fileAt('kantor', '2026-11-24T13:00');
    await world.outages.begin(CALENDAR, 'Rina');
    await settle();
    expect(await when(number)).toMatch(/^kantor 2026-11-2[3-7]/);
    expect(world.told).toMatchObject([{ kind: 'visit-moved', why: WHY }]);
  });

  it('go to the main office when their place is unknown, which is told by its id', async () => {
    const { number } = await world.fileAt('sluke', '2026-11-24T09:00');
    await world.outages.begin(CALENDAR, 'Rina');
    await settle();
    expect(await when(number)).toMatch(/^kantor /);
    expect(world.told).toMatchObject([{ was: { point: 'sluke', place: { id: 'sluke', en: 'sluke' } } }]);
  });
});

describe('whom an outage moves already', () => {
  const FULL = { point: 'lasem', activity: 'pickup', standing: { status: 'broken' } } as const;

  it('is not counted while no other time is free, and is when the outage is undone on a day off', async () => {
    await world.points.change({ ...FULL, since: 1, by: 'Siti' });
    await world.fileAt('kantor', '2026-11-24T10:00');
    const { id } = await world.outages.begin({ point: 'kantor', cause: 'device' }, 'Siti');
    expect(await strays()).toBe(0);
    await settle();
    expect(outage(id)).toMatchObject({ waiting: 1 });
    expect(await strays()).toBe(0);
    await world.points.setDaysOff([FLOOD]);
    await world.outages.undo(id);
    await settle();
    expect(await strays()).toBe(1);
  });
});

describe('outages of one desk, one upon the other', () => {
  const DESK = { point: 'kantor', activity: 'submit', cause: 'device' } as const;
  const PAINTED = { status: 'suspended', reason: { id: 'Dicat', en: 'Dicat' } } as const;

  it.each([
    ['the first first', [0, 1]],
    ['the last first', [1, 0]],
  ])('give it back as it was before both, undone %s', async (_title, order) => {
    const { cause: _, ...desk } = DESK;
    await world.points.change({ ...desk, standing: PAINTED, since: 1, by: 'Budi' });
    const first = await world.outages.begin(DESK, 'Siti');
    world.wait(1);
    const second = await world.outages.begin({ ...DESK, reason: 'Listrik' }, 'Siti');
    const ids = [first.id, second.id];
    for (const at of order) await world.outages.undo(ids[at] ?? '');
    expect(world.points.office().points.kantor?.activities.submit).toMatchObject(PAINTED);
  });
});

describe('findStrays', () => {
  it('answers those for which the calendar has no slot, whatever they are', () => {
    const office = world.points.office();
    const visit = fc.record({
      id: fc.uuid(),
      point: fc.constantFrom('kantor', 'lasem', 'sluke'),
      activity: fc.constantFrom('submit' as const, 'pickup' as const, 'record' as const),
      quarter: fc.integer({ min: 0, max: 14 * 96 }),
    });
    fc.assert(
      fc.property(fc.array(visit, { maxLength: 12 }), (wanted) => {
        const visits = wanted.map(({ quarter, ...one }) => {
          const startAt = world.clock.now() + quarter * 900_000;
          return { ...one, application: 'a', service: 's', startAt, endAt: startAt + 1_800_000, bookedAt: 0 };
        });
        expect(findStrays(office, visits)).toEqual(visits.filter((one) => !findSlot(office, one)));
      }),
      { numRuns: 60 },
    );
  });
});
