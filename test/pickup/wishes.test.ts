import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fill, openOffering, slotAt, starts } from './offering.ts';
import { openTestStore, REMBANG, wib } from './world.ts';

let test: Awaited<ReturnType<typeof openTestStore>>;
let now: number;

beforeEach(async () => {
  test = await openTestStore();
  now = wib('2026-11-23T09:00');
});
afterEach(() => test.close());

const open = (more = '', text = REMBANG) => openOffering(test.store, { more, text, now: () => now });
const on = (day: string) => ({ from: day, until: day });
const at = (hour: number) => ({ after: hour * 60, before: hour * 60 + 60 });

describe('a wish for a time', () => {
  it('for a day and an hour is met first, and other times near to it follow', async () => {
    const { slots, remark } = await open().ask('submit', { wish: { ...on('2026-11-27'), ...at(9) } });
    expect(starts(slots)).toEqual(['2026-11-27T09:00', '2026-11-27T09:30', '2026-11-27T08:30']);
    expect(remark).toBeUndefined();
  });

  it('for a week is met on different days of it', async () => {
    const { slots } = await open().ask('submit', { wish: { from: '2026-11-30', until: '2026-12-06' } });
    expect(starts(slots)).toEqual(['2026-11-30T08:00', '2026-12-01T08:00', '2026-12-02T08:00']);
  });

  it('for an hour only is met on the next days that have it', async () => {
    const { slots } = await open().ask('submit', { wish: at(10) });
    expect(starts(slots)).toEqual(['2026-11-24T10:00', '2026-11-25T10:00', '2026-11-26T10:00']);
  });

  it('for the soonest gives the next times one after the other', async () => {
    const { slots } = await open().ask('submit', { wish: { soonest: true } });
    expect(starts(slots)).toEqual(['2026-11-23T11:00', '2026-11-23T11:30', '2026-11-24T08:00']);
  });

  it('for the soonest goes to whichever place has it', async () => {
    const facts = { dueAt: 0, service: 'ktp', state: 'ready' };
    now = wib('2026-11-28T09:00');
    const mall = REMBANG.replace('status: planned', 'status: active');
    const { slots } = await openOffering(test.store, { text: mall, now: () => now, facts }).ask('pickup', {
      wish: { soonest: true },
    });
    expect(slots.map(({ point }) => point)).toEqual(['mpp', 'mpp', 'mpp']);
  });

  it('for other times leads on, and never gives one that was offered', async () => {
    const { ask } = open();
    const first = await ask('submit');
    const second = await ask('submit', { wish: { others: true }, offered: first.slots });
    expect(starts(second.slots)).toEqual(['2026-11-26T08:00', '2026-11-27T08:00', '2026-11-30T08:00']);
    const third = await ask('submit', { wish: { others: true }, offered: second.slots });
    expect(starts(third.slots)).toEqual(['2026-11-26T09:00', '2026-12-01T08:00', '2026-12-02T08:00']);
  });

  it('for other times of a day gives later ones of that day', async () => {
    const { ask } = open();
    const first = await ask('submit', { wish: on('2026-11-25') });
    expect(starts(first.slots)).toEqual(['2026-11-25T08:00', '2026-11-25T08:30', '2026-11-25T09:00']);
    const second = await ask('submit', { wish: { ...on('2026-11-25'), others: true }, offered: first.slots });
    expect(starts(second.slots)).toEqual(['2026-11-25T09:30', '2026-11-25T10:00', '2026-11-25T10:30']);
  });

  it('is met at another place when the main office has none then', async () => {
    const mall = REMBANG.replace('status: planned', 'status: active');
    const { slots, remark } = await open('', mall).ask('pickup', { wish: on('2026-11-28') });
    expect(slots[0]).toMatchObject({ point: 'mpp', startAt: wib('2026-11-28T10:00') });
    expect(remark).toBeUndefined();
  });
});

describe('a wish that cannot be met comes with the reason, and with what is nearest in time:', () => {
  const closed = 'closures: [{ date: 2026-11-26, reason: { id: Hari Jadi, en: Town day } }]';
  const broken = REMBANG.replace(
    'submit: { hours: { mon-thu',
    'submit: { status: broken, until: 2026-11-26, reason: { id: listrik padam, en: no power }, hours: { mon-thu',
  );

  it.each([
    ['a day off', closed, REMBANG, on('2026-11-26'), { code: 'closed', why: { id: 'Hari Jadi' } }],
    ['a day without hours', '', REMBANG, on('2026-11-28'), { code: 'closed', date: '2026-11-28' }],
    [
      'an hour at which nobody is there',
      '',
      REMBANG,
      { ...on('2026-11-25'), ...at(15) },
      { code: 'outside-hours', date: '2026-11-25', why: { id: '08.00-12.00' } },
    ],
    ['a day that is over', '', REMBANG, on('2026-11-20'), { code: 'past', date: '2026-11-20' }],
    ['an hour of today that is over', '', REMBANG, { ...on('2026-11-23'), ...at(8) }, { code: 'past' }],
    ['an hour too soon', '', REMBANG, { ...on('2026-11-23'), ...at(10) }, { code: 'none-then' }],
    ['a day too far ahead', '', REMBANG, on('2027-06-01'), { code: 'none-then' }],
    [
      'a day on which the counter is out of order',
      '',
      broken,
      on('2026-11-25'),
      { code: 'broken', why: { id: 'listrik padam' }, until: '2026-11-26' },
    ],
  ])('%s', async (_, more, text, wish, remark) => {
    const outcome = await open(more, text).ask('submit', { wish });
    expect(outcome.remark).toMatchObject(remark);
    expect(outcome.slots).toHaveLength(3);
  });

  it('a time that is full', async () => {
    const wish = { ...on('2026-11-27'), ...at(9) };
    await fill(test.store, slotAt('submit', '2026-11-27T09:00'));
    await fill(test.store, slotAt('submit', '2026-11-27T09:30'));
    const { slots, remark } = await open().ask('submit', { wish });
    // Other hours of that day are free: the day is not called full.
    expect(remark).toEqual({ code: 'full' });
    // Without an answer the first is booked: it is on the day that was asked for.
    expect(starts(slots)).toEqual(['2026-11-27T08:30', '2026-11-25T09:00', '2026-11-26T09:00']);
  });

  it('an hour too soon is not said of the whole day', async () => {
    const { slots, remark } = await open().ask('submit', { wish: { ...on('2026-11-23'), ...at(10) } });
    expect(remark).toEqual({ code: 'none-then' });
    expect(starts(slots)[0]).toBe('2026-11-23T11:00');
  });

  it('an hour of no day at which nobody is ever there comes with the hours of the next open day', async () => {
    now = wib('2026-11-22T18:00');
    const { remark } = await open().ask('submit', { wish: at(16) });
    expect(remark).toMatchObject({ code: 'outside-hours', date: '2026-11-23', why: { id: '08.00-12.00' } });
  });

  it('a day on which the service has as many visits as it may', async () => {
    const quota = 'quotas: { akta-kelahiran: { perDay: 1 } }';
    const slot = slotAt('submit', '2026-11-25T10:00');
    await fill(test.store, slot, 1, 'akta-kelahiran');
    const { ask, offer } = open(quota);
    const { remark, slots } = await ask('submit', { wish: on('2026-11-25') });
    expect(remark).toEqual({ code: 'quota', date: '2026-11-25' });
    expect(starts(slots).some((start) => start.startsWith('2026-11-25'))).toBe(false);
    expect(starts(await offer('submit'))).toEqual([
      '2026-11-23T11:00',
      '2026-11-24T08:00',
      '2026-11-26T08:00',
    ]);
  });

  it('other times when there are no others', async () => {
    const more = 'closures: [{ date: 2026-11-24, until: 2027-02-28, reason: { id: libur, en: holiday } }]';
    const { ask } = open(more);
    const first = await ask('submit');
    const second = await ask('submit', { wish: { others: true }, offered: first.slots });
    expect(second.remark).toEqual({ code: 'no-others' });
    expect(second.slots).toEqual(first.slots);
  });
});

describe('near', () => {
  const LOCATED = REMBANG.replace(
    'address: Jl. Pemuda 1',
    'address: Jl. Pemuda 1\n    location: { latitude: -6.7, longitude: 111.3 }',
  )
    .replace(
      'address: Jl. Raya Lasem',
      'address: Jl. Raya Lasem\n    district: 33.17.14\n    location: { latitude: -6.7, longitude: 111.45 }',
    )
    .replace('address: Jl. Sale', 'address: Jl. Sale\n    location: { latitude: -6.86, longitude: 111.55 }');
  const ready = { dueAt: 0, service: 'ktp', state: 'ready' };
  const near = (more = '', text = LOCATED, blankOut?: string[]) =>
    openOffering(test.store, { more, text, now: () => now, facts: ready, ...(blankOut ? { blankOut } : {}) });

  it('offers the nearest place first, with the distance', async () => {
    const { slots, remark } = await near().ask('pickup', { near: { latitude: -6.7, longitude: 111.46 } });
    expect(slots.map(({ point, distanceKm }) => [point, distanceKm])).toEqual([
      ['lasem', 1.1],
      ['lasem', 1.1],
      ['lasem', 1.1],
    ]);
    expect(remark).toBeUndefined();
  });

  const SHUT_LASEM =
    'closures: [{ date: 2026-11-23, until: 2026-12-11, reason: { id: libur, en: holiday }, points: [lasem] }]';

  it('goes on to the next place when the nearest has nothing within two weeks', async () => {
    const { slots } = await near(SHUT_LASEM).ask('pickup', { near: { latitude: -6.7, longitude: 111.46 } });
    expect(slots[0]).toMatchObject({ point: 'kantor', distanceKm: 17.7 });
  });

  it('stays at a place that was named, even where the first time there is weeks ahead', async () => {
    const { slots } = await near(SHUT_LASEM).ask('pickup', { near: { point: 'lasem' } });
    expect(slots[0]).toMatchObject({ point: 'lasem', startAt: wib('2026-12-15T09:00') });
  });

  it('keeps the place that was named and lets go of the day, and tells where that day can be had', async () => {
    for (const named of [{ point: 'lasem' }, { district: '33.17.14', name: 'Lasem' }]) {
      const wish = { from: '2026-11-27', until: '2026-11-27', after: 540, before: 600 };
      const { slots, remark } = await near().ask('pickup', { wish, near: named });
      expect(remark).toEqual({
        ...{ code: 'closed', date: '2026-11-27', main: true },
        place: { id: 'Kecamatan Lasem', en: 'Lasem district' },
      });
      expect(slots.map(({ point }) => point)).toEqual(['lasem', 'lasem', 'lasem']);
    }
  });

  it('does not send to the main office for a day on which that is closed too', async () => {
    const wish = { from: '2026-11-28', until: '2026-11-28' };
    const { remark } = await near().ask('pickup', { wish, near: { point: 'lasem' } });
    expect(remark).toMatchObject({ code: 'closed', place: { id: 'Kecamatan Lasem' } });
    expect(remark?.main).toBeUndefined();
  });

  it('leads elsewhere, with the reason, when the place that was named has no time at all', async () => {
    const shut =
      'closures: [{ date: 2026-11-23, until: 2027-03-01, reason: { id: libur, en: holiday }, points: [lasem] }]';
    for (const wish of [undefined, { from: '2026-11-27', until: '2026-11-27' }]) {
      const asked = { near: { point: 'lasem' }, ...(wish ? { wish } : {}) };
      const { slots, remark } = await near(shut).ask('pickup', asked);
      expect(remark).toMatchObject({ code: 'none-there', place: { id: 'Kecamatan Lasem' } });
      expect(slots[0]?.point).toBe('kantor');
    }
  });

  it('at a place that does other things tells so, and offers the nearest that does this', async () => {
    const { slots, remark } = await near().ask('record', { near: { point: 'kantor' } });
    expect(remark).toEqual({ code: 'not-there', place: { id: 'Kantor Dukcapil', en: 'Registry office' } });
    expect(slots[0]?.point).toBe('sale');
  });

  it('who has a visit somewhere is offered other times there first', async () => {
    const { ask, book } = near();
    const [first] = (await ask('pickup', { near: { point: 'lasem' } })).slots;
    if (!first) throw new Error('nothing was offered');
    await book(first);
    const { slots } = await ask('pickup');
    expect(slots.map(({ point }) => point)).toEqual(['lasem', 'lasem', 'lasem']);
    const other = await ask('pickup', { wish: { from: '2026-11-27', until: '2026-11-27' } });
    expect(other.slots[0]?.point).toBe('kantor');
    expect(other.remark).toMatchObject({ code: 'closed', place: { id: 'Kecamatan Lasem' } });
  });

  it('of a location goes to the next place that has the day, and says why not to the nearest', async () => {
    const wish = { from: '2026-11-27', until: '2026-11-27' };
    const here = { latitude: -6.7, longitude: 111.46 };
    const { slots, remark } = await near().ask('pickup', { wish, near: here });
    expect(remark).toEqual({
      ...{ code: 'closed', date: '2026-11-27' },
      place: { id: 'Kecamatan Lasem', en: 'Lasem district' },
    });
    expect(new Set(slots.map(({ point }) => point))).toEqual(new Set(['kantor']));
  });

  it('at a place that is out of order tells so, and offers the nearest that works', async () => {
    const { slots, remark } = await near().ask('record', { near: { district: '33.17.14', name: 'Lasem' } });
    expect(remark).toMatchObject({ code: 'broken', place: { id: 'Kecamatan Lasem' } });
    expect(new Set(slots.map(({ point }) => point))).toEqual(new Set(['sale']));
  });

  it('far from everywhere sends to the main office, and says why', async () => {
    const { slots, remark } = await near().ask('pickup', { near: { latitude: -10, longitude: 120 } });
    expect(remark).toMatchObject({ code: 'far', place: { id: 'Kantor Dukcapil' } });
    expect(slots[0]?.point).toBe('kantor');
    expect(slots[0]?.distanceKm).toBeUndefined();
  });

  it('offers no card where the blank cards have run out, and says so', async () => {
    const { slots, remark } = await near('', LOCATED, ['lasem']).ask('pickup', { near: { point: 'lasem' } });
    expect(remark).toMatchObject({ code: 'blangko', place: { id: 'Kecamatan Lasem' } });
    expect(slots.every(({ point }) => point === 'kantor')).toBe(true);
    const none = await near('', LOCATED, ['kantor', 'lasem', 'mpp']).ask('pickup');
    expect(none).toMatchObject({ slots: [], remark: { code: 'blangko' } });
  });
});
