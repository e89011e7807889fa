import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fill, HOLD_MS, openOffering, slotAt, starts } from './offering.ts';
import { openTestStore, REMBANG, wib } from './world.ts';

let test: Awaited<ReturnType<typeof openTestStore>>;
let now: number;

beforeEach(async () => {
  test = await openTestStore();
  now = wib('2026-11-23T09:00');
});
afterEach(() => test.close());

const open = (more = '', text = REMBANG) => openOffering(test.store, { more, text, now: () => now });
const first = slotAt('submit', '2026-11-23T11:00');
const ofCase = (application = 'KL-1') => test.store.bookings.findByApplication(application, now);

describe('the first of the offered times', () => {
  it('is held while an answer is waited for: nobody else is offered it, and silence books it', async () => {
    await fill(test.store, first, 1);
    const { ask, book } = open();
    expect(starts((await ask('submit')).slots)[0]).toBe('2026-11-23T11:00');
    expect(starts((await ask('submit', {}, 'KL-2')).slots)[0]).toBe('2026-11-23T11:30');
    now += HOLD_MS - 1;
    expect((await book(first)).ok).toBe(true);
    expect(await ofCase()).toMatchObject([{ ...first, service: 'akta-kelahiran' }]);
    expect((await ofCase())[0]?.heldUntil).toBeUndefined();
  });

  it('is free again when the hold has ended, and booked all the same while nobody has taken it', async () => {
    await fill(test.store, first, 1);
    const { ask, book } = open();
    await ask('submit');
    now += HOLD_MS;
    expect(await ofCase()).toEqual([]);
    expect((await book(first, 'KL-2')).ok).toBe(true);
    const late = await book(first);
    expect(late.ok).toBe(false);
    expect(late.remark).toBeUndefined();
    expect(starts(late.slots)).not.toContain('2026-11-23T11:00');
  });

  it('is let go for the first of other times', async () => {
    const { ask } = open();
    await ask('submit');
    await ask('submit', { wish: { from: '2026-11-25', until: '2026-11-25' } });
    expect(starts((await ofCase()) as never)).toEqual(['2026-11-25T08:00']);
  });

  it('is offered again when the same is asked again, and the effect runs twice', async () => {
    const { ask } = open();
    expect(await ask('submit')).toEqual(await ask('submit'));
    expect(await ofCase()).toHaveLength(1);
  });

  it('is not held for somebody who has a visit: that stays until another is chosen', async () => {
    const { ask, book } = open();
    await book(slotAt('submit', '2026-11-25T09:00'));
    const { slots, current } = await ask('submit');
    expect(current).toMatchObject(slotAt('submit', '2026-11-25T09:00'));
    expect(starts(slots)).not.toContain('2026-11-25T09:00');
    expect(starts((await ofCase()) as never)).toEqual(['2026-11-25T09:00']);
    await book(slotAt('submit', '2026-11-24T08:00'));
    expect(starts((await ofCase()) as never)).toEqual(['2026-11-24T08:00']);
  });

  it('is the one that an outage gave, until something else is asked for', async () => {
    const slot = slotAt('submit', '2026-11-26T10:00');
    const wanted = { application: 'KL-1', service: 'akta-kelahiran', slot, capacity: 2, now };
    await test.store.bookings.reserve({ ...wanted, movedBy: 'outage-1' });
    const { ask, book } = open();
    const offer = await ask('submit');
    expect(starts(offer.slots)).toEqual(['2026-11-26T10:00', '2026-11-23T11:00', '2026-11-24T08:00']);
    expect((await book(slot)).ok).toBe(true);
    expect((await ofCase())[0]?.movedBy).toBeUndefined();
  });
});

describe('a time that cannot be booked any more', () => {
  const slot = slotAt('submit', '2026-11-25T10:00');

  it('because the office has closed that day is told with the reason', async () => {
    const { change, book } = open();
    change('closures: [{ date: 2026-11-25, reason: { id: Pemilu, en: election } }]');
    const { ok, remark, slots } = await book(slot);
    expect({ ok, remark }).toEqual({
      ok: false,
      remark: { code: 'closed', date: '2026-11-25', why: { id: 'Pemilu', en: 'election' } },
    });
    expect(slots).toHaveLength(3);
  });

  it('because the place has broken down is told with what is known of it', async () => {
    const { change, book } = open();
    change(
      '',
      REMBANG.replace(
        'address: Jl. Pemuda 1',
        'address: Jl. Pemuda 1\n    status: broken\n    until: 2026-11-27',
      ),
    );
    expect((await book(slot)).remark).toMatchObject({ code: 'broken', until: '2026-11-27' });
  });

  it('because it is over is told, also when the clock has been moved', async () => {
    const { book } = open();
    now = slot.startAt + 1;
    expect((await book(slot)).remark).toMatchObject({ code: 'past', date: '2026-11-25' });
    now = wib('2026-11-23T09:00');
    expect((await book(slot)).ok).toBe(true);
  });

  it('leaves the visit that there is as it was', async () => {
    const { book, findSlot } = open();
    await book(slot);
    const full = slotAt('submit', '2026-11-26T08:00');
    await fill(test.store, full);
    const outcome = await book(full);
    expect(outcome.ok).toBe(false);
    expect(outcome.current).toMatchObject(slot);
    expect(await findSlot('KL-1')).toMatchObject(slot);
  });

  it('because the day has as many visits of the service as it may is told', async () => {
    await fill(test.store, slotAt('submit', '2026-11-25T08:00'), 1, 'akta-kelahiran');
    const { book } = open('quotas: { akta-kelahiran: { perDay: 1 } }');
    expect((await book(slot)).remark).toMatchObject({ code: 'quota', date: '2026-11-25' });
  });
});
