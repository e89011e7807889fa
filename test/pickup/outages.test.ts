import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutageWanted } from '../../src/pickup/outages/outages.ts';
import { type OutageWorld, openOutageWorld, SUNDAY, WHY } from './outage-world.ts';
import { toWib } from './world.ts';

let world: OutageWorld;
beforeEach(async () => {
  world = await openOutageWorld();
});
afterEach(() => world.close());

const KANTOR: OutageWanted = { point: 'kantor', cause: 'closed', until: '2026-12-31' };
const HOUR = 3_600_000;

/** Lets the process work until there is nothing left to be done now. */
async function settle({ outages }: Pick<OutageWorld, 'outages'> = world): Promise<void> {
  while ((await outages.look()) > 0);
}

const state = (id: string) => world.outages.list().find((one) => one.id === id);
const kinds = () => world.told.map(({ kind }) => kind);
const when = async (number: string) => {
  const visit = await world.visitOf(number);
  return visit && `${visit.point} ${toWib(visit.startAt)}`;
};

describe('an outage', () => {
  it('moves who is booked there in the order of their times, tells each once, and over-books nothing', async () => {
    const numbers = await world.fileMany(200);
    const { id } = await world.outages.begin(KANTOR, 'Siti');
    expect(state(id)).toMatchObject({ state: 'running', total: 200, done: 0 });
    await settle();
    expect(state(id)).toMatchObject({
      ...{ state: 'done', total: 200, done: 200, moved: 200 },
      ...{ waiting: 0, own: 0, restored: 0, untold: 0 },
    });
    expect(world.told.map(({ number }) => number)).toEqual(numbers);
    expect(new Set(kinds())).toEqual(new Set(['visit-moved']));
    expect(await world.overBooked()).toEqual([]);
    const starts = await Promise.all(
      numbers.map(async (number) => (await world.visitOf(number))?.startAt ?? 0),
    );
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(new Set(await Promise.all(numbers.map(async (n) => (await world.visitOf(n))?.point)))).toEqual(
      new Set(['lasem']),
    );
    await settle();
    expect(world.told).toHaveLength(200);
  }, 60_000);

  it('tells the new time with its distance, the old one, why, and other times to choose from', async () => {
    await world.fileAt('kantor', '2026-11-23T10:00');
    await world.outages.begin({ ...KANTOR, cause: 'device', reason: 'Alat perekam rusak.' }, 'Siti');
    await settle();
    const [news] = world.told;
    expect(news).toMatchObject({
      slot: { point: 'lasem', place: { id: 'Kecamatan Lasem, Jl. Raya Lasem' }, distanceKm: 12.2 },
      was: { point: 'kantor', place: { id: 'Kantor Dukcapil, Jl. Pemuda 1' } },
      why: { id: 'Alat perekam rusak', en: 'Alat perekam rusak' },
    });
    expect(news?.slots).toHaveLength(3);
    expect(news?.slots?.[0]).toEqual(news?.slot);
  });

  it('has words of its own where the operator gave no reason', async () => {
    await world.fileAt('kantor', '2026-11-23T10:00');
    await world.outages.begin({ point: 'kantor', cause: 'device' }, 'Siti');
    await settle();
    expect(world.told[0]?.why).toEqual(WHY);
  });

  it('concerns only the activity and the days that are out of order', async () => {
    const pickup = await world.fileAt('kantor', '2026-11-23T10:00');
    const later = await world.fileAt('kantor', '2026-11-25T08:00');
    const submit = await world.file();
    await world.book(submit, world.slotAt('kantor', '2026-11-23T10:00', 'submit'));
    const held = await world.file();
    await world.store.bookings.reserve({
      ...{ application: held, service: 'akta', slot: world.slotAt('kantor', '2026-11-23T11:00') },
      ...{ capacity: 9, now: SUNDAY, heldUntil: SUNDAY + 48 * HOUR },
    });
    const wanted: OutageWanted = { ...KANTOR, activity: 'pickup', until: '2026-11-24' };
    expect(await world.outages.preview(wanted)).toEqual({
      visits: 1,
      firstAt: pickup.booking.startAt,
      lastAt: pickup.booking.startAt,
    });
    await world.outages.begin(wanted, 'Siti');
    await settle();
    expect(world.told.map(({ number }) => number)).toEqual([pickup.number]);
    expect(await when(later.number)).toBe('kantor 2026-11-25T08:00');
    expect(await when(submit)).toBe('kantor 2026-11-23T10:00');
  });

  it('shuts the desk: broken for a device, suspended for a place that is closed', async () => {
    await world.outages.begin({ ...KANTOR, cause: 'device', activity: 'pickup' }, 'Siti');
    expect(world.points.office().points.kantor).toMatchObject({
      status: 'active',
      activities: { pickup: { status: 'broken', reason: WHY, until: '2026-12-31' } },
    });
    await world.outages.begin(KANTOR, 'Siti');
    expect(world.points.office().points.kantor?.status).toBe('suspended');
  });

  it('of blank cards moves visits for a card only, and leaves the desk open', async () => {
    const card = await world.fileAt('kantor', '2026-11-23T10:00', 'ktp');
    const deed = await world.fileAt('kantor', '2026-11-23T10:00', 'akta');
    await world.outages.begin({ point: 'kantor', cause: 'blangko' }, 'Siti');
    expect(world.outages.isBlankOut('kantor')).toBe(true);
    await settle();
    expect(world.points.office().points.kantor?.status).toBe('active');
    expect(await when(card.number)).toMatch(/^lasem /);
    expect(await when(deed.number)).toBe('kantor 2026-11-23T10:00');
    expect(world.told).toHaveLength(1);
  });

  it('of blank cards is over after its last day', async () => {
    await world.outages.begin({ point: 'kantor', cause: 'blangko', until: '2026-11-24' }, 'Siti');
    world.setTime('2026-11-24T23:59');
    expect(world.outages.isBlankOut('kantor')).toBe(true);
    world.setTime('2026-11-25T00:00');
    expect(world.outages.isBlankOut('kantor')).toBe(false);
  });

  it('leaves alone who has changed or cancelled while it ran, and tells them nothing', async () => {
    const [changed, cancelled, other] = await world.fileMany(3);
    if (!changed || !cancelled || !other) throw new Error('three cases were filed');
    await world.outages.begin(KANTOR, 'Siti');
    await world.book(changed, world.slotAt('lasem', '2026-12-01T11:00'));
    await world.store.bookings.cancel(cancelled, world.clock.now());
    await settle();
    expect(world.outages.list()[0]).toMatchObject({ done: 3, own: 2, moved: 1 });
    expect(await when(changed)).toBe('lasem 2026-12-01T11:00');
    expect(world.told.map(({ number }) => number)).toEqual([other]);
  });

  it('tells who chooses between the move and the telling nothing more', async () => {
    const { number } = await world.fileAt('kantor', '2026-11-24T10:00');
    world.setTime('2026-11-23T02:00');
    await world.outages.begin(KANTOR, 'Siti');
    await settle();
    await world.book(number, world.slotAt('lasem', '2026-12-01T11:00'));
    world.setTime('2026-11-23T08:00');
    await settle();
    expect(world.told).toEqual([]);
    expect(world.outages.list()[0]).toMatchObject({ state: 'done', own: 1, moved: 0, untold: 0 });
  });

  it('moves also who was booked by a process that had not heard of it', async () => {
    await world.outages.begin(KANTOR, 'Siti');
    await settle();
    const { number } = await world.fileAt('kantor', '2026-11-24T10:00');
    world.wait(60_000);
    await settle();
    expect(await when(number)).toMatch(/^lasem /);
    expect(world.outages.list()[0]).toMatchObject({ total: 1, moved: 1, state: 'done' });
  });
});

describe('where no other time is free', () => {
  const FULL = { point: 'lasem', activity: 'pickup', standing: { status: 'broken' } } as const;

  it('people are told to wait, once, and have a time as soon as there is one', async () => {
    await world.points.change({ ...FULL, since: 1, by: 'Siti' });
    const { number } = await world.fileAt('kantor', '2026-11-24T10:00');
    const { id } = await world.outages.begin({ point: 'kantor', cause: 'device' }, 'Siti');
    await settle();
    expect(state(id)).toMatchObject({ state: 'done', done: 1, waiting: 1, moved: 0 });
    expect(world.told).toMatchObject([{ kind: 'visit-waiting', number, why: WHY }]);
    world.wait(2 * HOUR);
    await settle();
    expect(world.told).toHaveLength(1);
    await world.points.restore(FULL);
    world.wait(HOUR);
    await settle();
    expect(await when(number)).toMatch(/^lasem /);
    expect(kinds()).toEqual(['visit-waiting', 'visit-moved']);
    expect(state(id)).toMatchObject({ waiting: 0, moved: 1, untold: 0 });
  });

  it('they are told that their old time holds when somebody has put the place in order', async () => {
    await world.points.change({ ...FULL, since: 1, by: 'Siti' });
    const { number } = await world.fileAt('kantor', '2026-11-24T10:00');
    await world.outages.begin({ point: 'kantor', cause: 'device' }, 'Siti');
    await settle();
    await world.points.restore({ point: 'kantor' });
    world.wait(HOUR);
    await settle();
    expect(await when(number)).toBe('kantor 2026-11-24T10:00');
    expect(kinds()).toEqual(['visit-waiting', 'visit-restored']);
  });

  it('they have one after their old time has passed, too', async () => {
    await world.points.change({ ...FULL, since: 1, by: 'Siti' });
    const { number } = await world.fileAt('kantor', '2026-11-23T10:00');
    await world.outages.begin({ point: 'kantor', cause: 'device' }, 'Siti');
    await settle();
    world.setTime('2026-11-24T09:00');
    await world.points.restore(FULL);
    await settle();
    expect(await when(number)).toMatch(/^lasem 2026-11-2[4-9]/);
  });
});

describe('at night', () => {
  beforeEach(() => world.setTime('2026-11-23T22:00'));

  it('people are moved at once, and told in the morning', async () => {
    const { number } = await world.fileAt('kantor', '2026-11-24T11:00');
    const { id } = await world.outages.begin(KANTOR, 'Siti');
    await settle();
    expect(state(id)).toMatchObject({ state: 'running', done: 1, moved: 1, untold: 1 });
    expect(await when(number)).toMatch(/^lasem /);
    expect(world.told).toEqual([]);
    world.setTime('2026-11-24T08:00');
    await settle();
    expect(kinds()).toEqual(['visit-moved']);
    expect(state(id)).toMatchObject({ state: 'done', untold: 0 });
  });

  it('who would be on the way in the morning is told at once', async () => {
    const { number } = await world.fileAt('kantor', '2026-11-24T10:30');
    await world.fileAt('kantor', '2026-11-24T11:00');
    await world.outages.begin(KANTOR, 'Siti');
    await settle();
    expect(world.told.map((one) => one.number)).toEqual([number]);
  });

  it('who is moved back before the morning hears of neither', async () => {
    const { number } = await world.fileAt('kantor', '2026-11-24T11:00');
    const { id } = await world.outages.begin(KANTOR, 'Siti');
    await settle();
    await world.outages.undo(id);
    await settle();
    world.setTime('2026-11-24T08:00');
    await settle();
    expect(await when(number)).toBe('kantor 2026-11-24T11:00');
    expect(world.told).toEqual([]);
    expect(state(id)).toMatchObject({ state: 'undone', restored: 1 });
  });
});

describe('the time that is given', () => {
  it.each([
    ['is the same elsewhere', '2026-11-26T08:00', '2026-11-23T08:10', 'kantor 2026-11-26T08:00'],
    [
      'leaves three hours from the message by day',
      '2026-11-23T09:00',
      '2026-11-23T08:10',
      'kantor 2026-11-23T11:30',
    ],
    [
      'leaves three hours from the message at night',
      '2026-11-24T09:00',
      '2026-11-23T22:00',
      'kantor 2026-11-24T11:00',
    ],
  ])('%s', async (_title, booked, now, given) => {
    const { number } = await world.fileAt('lasem', booked);
    world.setTime(now);
    await world.outages.begin({ point: 'lasem', cause: 'device' }, 'Siti');
    await settle();
    expect(await when(number)).toBe(given);
  });
});

describe('an outage that is undone', () => {
  it('gives back the old time to who has not chosen another, and tells them', async () => {
    const [back, chose, accepted] = await world.fileMany(3);
    if (!back || !chose || !accepted) throw new Error('three cases were filed');
    const before = await when(back);
    const { id } = await world.outages.begin(KANTOR, 'Siti');
    await settle();
    await world.book(chose, world.slotAt('lasem', '2026-12-01T11:00'));
    const moved = await world.visitOf(accepted);
    if (moved) await world.book(accepted, moved);
    expect(await world.outages.undo(id)).toMatchObject({ state: 'undoing' });
    expect(world.points.office().points.kantor?.status).toBe('active');
    await settle();
    expect(state(id)).toMatchObject({ state: 'undone', restored: 1, moved: 2, untold: 0 });
    expect(await when(back)).toBe(before);
    expect(await when(chose)).toBe('lasem 2026-12-01T11:00');
    expect(await when(accepted)).toMatch(/^lasem /);
    expect(world.told.slice(3)).toMatchObject([{ kind: 'visit-restored', number: back }]);
    expect(await world.outages.undo(id)).toBe(false);
    expect(await world.outages.undo('nothing')).toBeUndefined();
  });

  it('leaves who was moved where they are when the old time is over or taken', async () => {
    const [over, taken] = [
      await world.fileAt('kantor', '2026-11-23T08:00'),
      await world.fileAt('kantor', '2026-11-24T11:30'),
    ];
    const { id } = await world.outages.begin(KANTOR, 'Siti');
    await settle();
    world.setTime('2026-11-23T08:10');
    await world.points.change({ point: 'kantor', activity: 'pickup', capacity: 0, since: 1, by: 'Siti' });
    await world.outages.undo(id);
    await settle();
    expect(await when(over.number)).toMatch(/^lasem /);
    expect(await when(taken.number)).toMatch(/^lasem /);
    expect(state(id)).toMatchObject({ state: 'undone', moved: 2, restored: 0 });
  });

  it('while it runs stops there: nobody else is moved, and who was is moved back', async () => {
    const numbers = await world.fileMany(60);
    const process = await world.startProcess();
    const { id } = await process.outages.begin(KANTOR, 'Siti');
    await expect.poll(() => state(id)?.total).toBe(60);
    const looking = process.outages.look();
    await expect.poll(() => state(id)?.done, { interval: 5 }).toBeGreaterThanOrEqual(20);
    await world.outages.undo(id);
    await looking;
    await settle();
    expect(state(id)?.state).toBe('undone');
    const places = await Promise.all(numbers.map(async (number) => (await world.visitOf(number))?.point));
    expect(new Set(places)).toEqual(new Set(['kantor']));
    expect(state(id)?.restored).toBeLessThan(60);
    expect(await world.overBooked()).toEqual([]);
  }, 30_000);

  it('keeps the desk shut where another outage does, and a capacity that was changed', async () => {
    await world.points.change({ point: 'kantor', activity: 'pickup', capacity: 5, since: 1, by: 'Siti' });
    const desk = { point: 'kantor', activity: 'pickup', cause: 'device' } as const;
    const first = await world.outages.begin({ ...desk, reason: 'Printer' }, 'Siti');
    world.wait(1);
    const second = await world.outages.begin({ ...desk, reason: 'Listrik' }, 'Budi');
    await world.outages.undo(second.id);
    const pickup = () => world.points.office().points.kantor?.activities.pickup;
    expect(pickup()).toMatchObject({ status: 'broken', reason: { id: 'Printer' }, capacity: 5 });
    await world.outages.undo(first.id);
    expect(pickup()).toMatchObject({ status: 'active', capacity: 5 });
  });

  it('leaves what an operator has said of the desk meanwhile', async () => {
    const { id } = await world.outages.begin(KANTOR, 'Siti');
    await world.points.change({
      ...{ point: 'kantor', standing: { status: 'planned' }, since: 99, by: 'Budi' },
    });
    await world.outages.undo(id);
    expect(world.points.office().points.kantor?.status).toBe('planned');
  });

  it('gives the desk back as an operator had it before', async () => {
    const standing = { status: 'suspended', reason: { id: 'Dicat', en: 'Dicat' } } as const;
    await world.points.change({ point: 'kantor', activity: 'submit', standing, since: 1, by: 'Budi' });
    const { id } = await world.outages.begin({ ...KANTOR, activity: 'submit' }, 'Siti');
    await world.outages.undo(id);
    expect(world.points.office().points.kantor?.activities.submit).toMatchObject(standing);
  });
});

describe('a second outage', () => {
  it('moves on who was moved by the first, whose undoing is not theirs any more', async () => {
    const { number } = await world.fileAt('kantor', '2026-11-24T11:00');
    const first = await world.outages.begin({ ...KANTOR, until: '2026-11-25' }, 'Siti');
    await settle();
    expect(await when(number)).toMatch(/^lasem /);
    world.wait(60_000);
    await world.outages.begin({ point: 'lasem', cause: 'device', until: '2026-12-31' }, 'Siti');
    await settle();
    expect(await when(number)).toMatch(/^kantor 2026-11-26/);
    expect(kinds()).toEqual(['visit-moved', 'visit-moved']);
    await world.outages.undo(first.id);
    await settle();
    expect(await when(number)).toMatch(/^kantor 2026-11-26/);
    expect(world.told).toHaveLength(2);
  });
});

describe('a process that dies', () => {
  // 45 are moved, and then told.
  it.each([1, 20, 46, 66])(
    'at its act %i loses and doubles nothing',
    async (dieAt) => {
      const numbers = await world.fileMany(45);
      const dying = await world.startProcess({ dieAt });
      const { id } = await dying.outages.begin(KANTOR, 'Siti');
      await dying.outages.look().catch(() => {});
      await dying.outages.stop();
      await expect.poll(() => state(id)?.total).toBe(45);
      await settle(await world.startProcess());
      await expect.poll(() => state(id)?.state).toBe('done');
      expect(world.told.map(({ number }) => number).toSorted()).toEqual(numbers);
      expect(await world.overBooked()).toEqual([]);
    },
    30_000,
  );

  it('is stopped after the visit that it is at', async () => {
    const numbers = await world.fileMany(100);
    const process = await world.startProcess();
    const { id } = await process.outages.begin(KANTOR, 'Siti');
    const looking = process.outages.look();
    await process.outages.stop();
    expect(await looking).toBeLessThan(100);
    await settle(await world.startProcess());
    await expect.poll(() => state(id)?.state).toBe('done');
    expect(world.told.map(({ number }) => number).toSorted()).toEqual(numbers);
  }, 30_000);
});

describe('two processes at once', () => {
  it('tell everybody once', async () => {
    const numbers = await world.fileMany(40);
    const [one, other] = [await world.startProcess(), await world.startProcess()];
    const { id } = await world.outages.begin(KANTOR, 'Siti');
    await expect.poll(() => one.outages.list().length + other.outages.list().length).toBe(2);
    await Promise.all([settle(one), settle(other)]);
    await settle(one);
    await expect.poll(() => state(id)?.state).toBe('done');
    expect(world.told.map(({ number }) => number).toSorted()).toEqual(numbers);
    expect(await world.overBooked()).toEqual([]);
  }, 30_000);
});

describe('outages of long ago', () => {
  it('are forgotten with their visits: the latest fifty are kept', async () => {
    const { id } = await world.outages.begin(KANTOR, 'Siti');
    for (let i = 0; i < 50; i++) await world.outages.begin({ ...KANTOR, activity: 'submit' }, 'Siti');
    expect(world.outages.list()).toHaveLength(50);
    expect(state(id)).toBeUndefined();
    expect((await world.store.settings.read(`outage:${id}`))?.value).toBeNull();
  }, 30_000);
});
