import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spread } from '../../src/pickup/offering/spread.ts';
import { fill, openOffering, slotAt, starts } from './offering.ts';
import { openTestStore, REMBANG, toWib, wib } from './world.ts';

let test: Awaited<ReturnType<typeof openTestStore>>;
let now: number;

beforeEach(async () => {
  test = await openTestStore();
  now = wib('2026-11-23T09:00');
});
afterEach(() => test.close());

const open = (more = '', text = REMBANG) => openOffering(test.store, { more, text, now: () => now });

describe('offered times', () => {
  it('are the next three half-days from two open hours on, at the main office', async () => {
    const slots = await open().offer('submit');
    expect(starts(slots)).toEqual(['2026-11-23T11:00', '2026-11-24T08:00', '2026-11-25T08:00']);
    expect(slots[0]).toEqual({
      ...slotAt('submit', '2026-11-23T11:00'),
      place: { id: 'Kantor Dukcapil, Jl. Pemuda 1', en: 'Registry office, Jl. Pemuda 1' },
    });
  });

  it('count the two hours while the counter is open only', async () => {
    now = wib('2026-11-26T11:00');
    expect(starts(await open().offer('submit'))[0]).toBe('2026-11-27T09:00');
    now = wib('2026-11-26T23:00');
    expect(starts(await open().offer('submit'))[0]).toBe('2026-11-30T08:00');
  });

  it('are not before the document is due when it is picked up', async () => {
    expect(starts(await open().offer('pickup'))).toEqual([
      '2026-11-25T08:00',
      '2026-11-25T12:00',
      '2026-11-26T08:00',
    ]);
  });

  it('are ahead even when the document has been due for long', async () => {
    now = wib('2026-12-01T09:00');
    expect(starts(await open().offer('pickup'))[0]).toBe('2026-12-01T09:30');
  });

  it('leave out what is full and what the application holds already', async () => {
    await fill(test.store, slotAt('submit', '2026-11-23T11:00'));
    const { offer, book } = open();
    expect(starts(await offer('submit'))[0]).toBe('2026-11-23T11:30');
    await book(slotAt('submit', '2026-11-23T11:30'));
    expect(starts(await offer('submit'))[0]).toBe('2026-11-24T08:00');
    expect(starts(await offer('submit', 'KL-2'))[0]).toBe('2026-11-23T11:30');
  });

  it('skip closed days', async () => {
    const more = 'closures: [{ date: 2026-11-24, until: 2026-12-10, reason: { id: libur, en: holiday } }]';
    expect(starts(await open(more).offer('submit'))).toEqual([
      '2026-11-23T11:00',
      '2026-12-11T08:00',
      '2026-12-14T08:00',
    ]);
  });

  it('are at the next point when the main office cannot, and never at one that is broken or planned', async () => {
    const record = await open().offer('record');
    expect(record.map(({ point }) => point)).toEqual(['sale', 'sale', 'sale']);
    const closed = REMBANG.replace('address: Jl. Pemuda 1', 'address: Jl. Pemuda 1\n    status: suspended');
    const pickup = await open('', closed).offer('pickup');
    expect(pickup.map(({ point }) => point)).toEqual(['lasem', 'lasem', 'lasem']);
  });

  it('are none when the next 60 days have none', async () => {
    const more = 'closures: [{ date: 2026-11-01, until: 2027-02-28, reason: { id: libur, en: holiday } }]';
    expect(await open(more).offer('submit')).toEqual([]);
  });

  it('are fewer than three when there are no more', async () => {
    const more = 'closures: [{ date: 2026-11-24, until: 2027-02-28, reason: { id: libur, en: holiday } }]';
    expect(starts(await open(more).offer('submit'))).toEqual(['2026-11-23T11:00', '2026-11-23T11:30']);
  });

  it('cannot be had for the pick-up of an application that does not exist', async () => {
    await expect(open().offer('pickup', 'XX-1')).rejects.toThrow(/NOT_FOUND/);
  });

  it('fill up with the soonest when all lie in two half-days', () => {
    const at = ['09:00', '09:30', '10:00', '13:00'].map((time) => slotAt('submit', `2026-11-24T${time}`));
    expect(spread(at, 'Asia/Jakarta').map(({ startAt }) => toWib(startAt).slice(11))).toEqual([
      '09:00',
      '09:30',
      '13:00',
    ]);
  });
});

describe('booking', () => {
  it('takes a place and tells where', async () => {
    const { book, findSlot } = open();
    const slot = slotAt('submit', '2026-11-24T08:00');
    const outcome = await book(slot);
    expect(outcome).toMatchObject({
      ok: true,
      slot: { ...slot, place: { en: 'Registry office, Jl. Pemuda 1' } },
    });
    expect(await findSlot('KL-1')).toEqual(outcome.slot);
  });

  it('offers other times when the last place has gone meanwhile', async () => {
    const slot = slotAt('submit', '2026-11-24T08:00');
    await fill(test.store, slot);
    const outcome = await open().book(slot);
    expect(outcome.ok).toBe(false);
    expect(starts(outcome.slots)).toEqual(['2026-11-23T11:00', '2026-11-24T08:30', '2026-11-25T08:00']);
  });

  it('never gives more places than there are, however many ask at once', async () => {
    const { book } = open();
    const slot = slotAt('submit', '2026-11-24T08:00');
    const outcomes = await Promise.all(Array.from({ length: 40 }, (_, i) => book(slot, `KL-${i}`)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(2);
    const taken = await test.store.bookings.countTaken('kantor', 'submit', 0, wib('2027-01-01T00:00'), now);
    expect(taken.get(slot.startAt)).toBe(2);
    expect(Math.max(...taken.values())).toBe(2);
  });

  it('keeps to the places in any order of bookings and moves', async () => {
    const { book } = open();
    const slots = ['08:00', '08:30', '09:00', '09:30'].map((time) => slotAt('submit', `2026-11-24T${time}`));
    const wish = fc.record({ application: fc.integer({ min: 1, max: 12 }), slot: fc.constantFrom(...slots) });
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { maxLength: 25 }), async (wishes) => {
        await Promise.all(wishes.map(({ application, slot }) => book(slot, `KL-${application}`)));
        const taken = await test.store.bookings.countTaken(
          'kantor',
          'submit',
          now,
          wib('2026-12-24T00:00'),
          now,
        );
        expect(Math.max(0, ...taken.values())).toBeLessThanOrEqual(2);
      }),
      { numRuns: 15 },
    );
  });

  it('has no second effect when the same effect runs again, even after the time has come', async () => {
    const { book } = open();
    const slot = slotAt('submit', '2026-11-24T08:00');
    await fill(test.store, slot, 1);
    expect((await book(slot)).ok).toBe(true);
    expect((await book(slot)).ok).toBe(true);
    now = slot.startAt + 1;
    expect((await book(slot, 'KL-1', true)).ok).toBe(true);
    expect((await test.store.bookings.countTaken('kantor', 'submit', 0, now, now)).get(slot.startAt)).toBe(2);
  });

  it.each([
    ['that is past', slotAt('submit', '2026-11-23T08:30')],
    ['that has begun this moment', slotAt('submit', '2026-11-23T09:00')],
    ['off the grid', slotAt('submit', '2026-11-24T08:10')],
    ['of another length', slotAt('submit', '2026-11-24T08:00', 60)],
    ['outside the window', slotAt('submit', '2026-11-24T12:00')],
    ['on a closed day', slotAt('submit', '2026-11-26T08:00')],
    ['at a planned point', { ...slotAt('pickup', '2026-11-28T10:00'), point: 'mpp' }],
    ['at no point of ours', { ...slotAt('submit', '2026-11-24T08:00'), point: 'elsewhere' }],
  ])('treats a time %s as full', async (_, slot) => {
    const more = 'closures: [{ date: 2026-11-26, reason: { id: libur, en: holiday } }]';
    const outcome = await open(more).book(slot);
    expect(outcome.ok).toBe(false);
    expect(outcome.slots).toHaveLength(3);
    expect(await open().findSlot('KL-1')).toBeUndefined();
  });

  it('moves the one visit that a case has, whatever it was for', async () => {
    const { book, findSlot } = open();
    await book(slotAt('pickup', '2026-11-25T08:00'));
    await book(slotAt('submit', '2026-11-24T08:00'));
    await book(slotAt('submit', '2026-11-26T08:00'));
    const bookings = await test.store.bookings.findByApplication('KL-1', now);
    expect(bookings.map(({ activity, startAt }) => `${activity} ${toWib(startAt)}`)).toEqual([
      'submit 2026-11-26T08:00',
    ]);
    expect(toWib((await findSlot('KL-1'))?.startAt ?? 0)).toBe('2026-11-26T08:00');
    now = wib('2026-11-26T08:30');
    expect(await findSlot('KL-1')).toBeUndefined();
  });

  it('stands when the clock moves backwards, and is neither doubled nor lost', async () => {
    const { offer, book, findSlot } = open();
    const visit = slotAt('submit', '2026-11-25T08:00');
    await book(visit);
    now = wib('2026-11-20T08:00');
    expect(toWib((await findSlot('KL-1'))?.startAt ?? 0)).toBe('2026-11-25T08:00');
    expect(starts(await offer('submit'))).not.toContain('2026-11-25T08:00');
    await book(slotAt('submit', '2026-11-23T08:00'));
    now = wib('2026-11-23T07:00');
    const bookings = await test.store.bookings.findByApplication('KL-1', now);
    expect(bookings.map(({ startAt }) => toWib(startAt))).toEqual(['2026-11-23T08:00']);
    expect(await test.store.bookings.countTaken('kantor', 'submit', visit.startAt, visit.endAt, now)).toEqual(
      new Map(),
    );
  });
});
