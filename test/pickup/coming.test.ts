import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ComingDeps, createComingHandler } from '../../src/pickup/visits/coming.ts';
import { freezeWorld } from '../conversation/world.ts';
import { contextOf, officeOf, openTestStore, REMBANG, wib } from './world.ts';

const NUMBER = 'KL-2611-0001-7';
const office = officeOf(REMBANG);
let test: Awaited<ReturnType<typeof openTestStore>>;
let clock: ReturnType<typeof freezeWorld>['clock'];
let deps: ComingDeps;

beforeEach(async () => {
  test = await openTestStore();
  ({ clock } = freezeWorld(wib('2026-11-24T08:00')));
  deps = { ...test.store, clock, office: () => office };
});
afterEach(() => test.close());

const slot = {
  ...{ point: 'kantor', activity: 'submit' as const },
  ...{ startAt: wib('2026-11-24T10:00'), endAt: wib('2026-11-24T10:30') },
};
const book = async (heldUntil?: number) => {
  const { reserve } = test.store.bookings;
  const wanted = { application: NUMBER, service: 'akta-kelahiran', slot, capacity: 2, now: clock.now() };
  const taken = await reserve({ ...wanted, ...(heldUntil === undefined ? {} : { heldUntil }) });
  return taken.ok ? taken.booking.id : '';
};
const say = async (how: string, isRepeat = false) => {
  const params = { application: NUMBER, how, slot };
  const effect = { id: 'e', type: 'coming', params };
  return (await createComingHandler(deps).run(effect, contextOf('c1', isRepeat))).result;
};
const marksOf = async (id: string) =>
  (await test.store.visits.marksOf([id])).map(({ mark, by }) => [mark, by]);
const bookings = () => test.store.bookings.findByApplication(NUMBER, clock.now());

describe('what a citizen says of a visit', () => {
  it('on the way is marked for the counter, once, which hears of it', async () => {
    const id = await book();
    let heard = 0;
    test.store.hub.subscribe('visits', () => heard++);
    expect(await say('on-way')).toMatchObject({
      how: 'on-way',
      slot: { place: { id: 'Kantor Dukcapil, Jl. Pemuda 1' } },
    });
    expect(await say('on-way', true)).toMatchObject({ how: 'on-way' });
    expect(await marksOf(id)).toEqual([['on-way', 'citizen']]);
    expect(heard).toBe(2);
  });

  it('days before it is told which day it is, and not marked', async () => {
    const id = await book();
    clock.set(wib('2026-11-22T08:00'));
    expect(await say('on-way')).toMatchObject({ how: 'early', slot: { startAt: slot.startAt } });
    expect(await say('late')).toMatchObject({ how: 'early' });
    expect(await marksOf(id)).toEqual([]);
  });

  it('late is told until when the counter is open, also after the time has passed', async () => {
    const id = await book();
    expect(await say('late')).toMatchObject({ how: 'late', until: wib('2026-11-24T12:00') });
    expect(await marksOf(id)).toEqual([['late', 'citizen']]);
    clock.set(wib('2026-11-24T11:30'));
    expect(await say('late')).toMatchObject({ how: 'late', until: wib('2026-11-24T12:00') });
    clock.set(wib('2026-11-24T12:00'));
    expect(await say('late')).toMatchObject({ how: 'over' });
    expect(await say('on-way')).toMatchObject({ how: 'over' });
  });

  it('cannot come frees the seat for others, and says so again after a crash', async () => {
    await book();
    expect(await say('cannot')).toMatchObject({
      how: 'cannot',
      slot: { startAt: slot.startAt },
      next: '2026-11-25',
    });
    expect(await bookings()).toEqual([]);
    expect(await say('cannot', true)).toMatchObject({ how: 'cannot' });
    expect(await say('cannot')).toEqual({ how: 'none' });
  });

  it('after it is over frees nothing: it was a visit', async () => {
    await book();
    clock.set(wib('2026-11-24T10:40'));
    expect(await say('cannot')).toMatchObject({ how: 'over' });
    expect(await bookings()).toHaveLength(1);
    clock.set(wib('2026-11-24T13:30'));
    expect(await say('late')).toEqual({ how: 'none' });
  });

  it('is about no visit while it is only held', async () => {
    await book(wib('2026-11-24T09:00'));
    expect(await say('on-way')).toEqual({ how: 'none' });
  });
});
