/** What every BookingStore promises. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Booking, Reservation, Slot } from '../../src/pickup/ports.ts';
import type { Store } from '../../src/store/types.ts';
import { seedReservation } from './seeds.ts';

type Opened = Pick<Store, 'bookings' | 'close'>;
type Wanted = Partial<Omit<Reservation, 'slot'>> & { slot?: Partial<Slot> };

const NOW = 100;
/** A day of the office: all slots of these tests but for those of `tomorrow` begin in it. */
const quota = (perDay: number) => ({ perDay, from: 0, to: 10_000 });
const tomorrow = { startAt: 11_000, endAt: 11_900 };

const wanted = (n: number | string, changes: Wanted = {}): Reservation =>
  seedReservation({ application: `KL-${n}`, ...changes });

export function describeBookings(name: string, open: () => Promise<Opened>): void {
  describe(`BookingStore of ${name}`, () => {
    let store: Opened;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    const reserve = (n: number | string, changes?: Wanted) => store.bookings.reserve(wanted(n, changes));
    /** The booking, where there must be one. */
    const book = async (n: number | string, changes?: Wanted): Promise<Booking> => {
      const answer = await reserve(n, changes);
      if (!answer.ok) throw new Error(`not reserved: ${answer.reason}`);
      return answer.booking;
    };
    const taken = async (now = NOW) => [
      ...(await store.bookings.countTaken('kantor', 'pickup', 0, 10_000, now)),
    ];
    const found = (n: number | string, now = NOW) => store.bookings.findByApplication(`KL-${n}`, now);
    const full = { ok: false, reason: 'full' };
    const many = <T>(count: number, work: (n: number) => Promise<T>) =>
      Promise.all(Array.from({ length: count }, (_, n) => work(n)));
    const won = (answers: { ok: boolean }[]) => answers.filter(({ ok }) => ok).length;

    it('gives back what was asked for, as a booking with an id of its own', async () => {
      const booking = await book(1);
      const { slot } = wanted(1);
      expect(booking).toEqual({
        ...{ id: booking.id, application: 'KL-1', service: 'kia', bookedAt: NOW },
        ...slot,
      });
      expect(await found(1)).toEqual([booking]);
      expect((await book(2, { capacity: 2 })).id).not.toBe(booking.id);
    });

    it('finds a booking by its id, until it is freed or its hold has ended', async () => {
      const booking = await book(1);
      const held = await book(2, { slot: { startAt: 2000 }, heldUntil: NOW + 10 });
      expect(await store.bookings.find(booking.id, NOW)).toEqual(booking);
      expect(await store.bookings.find(held.id, NOW + 9)).toEqual(held);
      expect(await store.bookings.find(held.id, NOW + 10)).toBeUndefined();
      await store.bookings.cancel('KL-1', NOW);
      for (const id of [booking.id, 'nobody', 'f'.repeat(24)])
        expect(await store.bookings.find(id, NOW)).toBeUndefined();
    });

    it('gives the last place to one, when those who ask hold another slot already', async () => {
      for (let n = 0; n < 10; n++) await book(n, { slot: { startAt: 2000 }, capacity: 10 });
      expect(won(await many(10, (n) => reserve(n)))).toBe(1);
      expect(await taken()).toEqual([
        [1000, 1],
        [2000, 9],
      ]);
    });

    it('gives the same booking again to whom has the slot, even when it is full', async () => {
      const booking = await book(1);
      expect(await reserve(1, { now: NOW + 5 })).toEqual({ ok: true, booking });
      expect(await taken()).toEqual([[1000, 1]]);
    });

    it('moves an application to another slot, as another booking, and frees the old place', async () => {
      const before = await book(1);
      const after = await book(1, { slot: { startAt: 2000 } });
      expect(after.id).not.toBe(before.id);
      expect(await found(1)).toEqual([after]);
      expect(won([await reserve(2)])).toBe(1);
    });

    it('keeps the old place when the new one is full', async () => {
      const booking = await book(1);
      await book(2, { slot: { startAt: 2000 } });
      expect(await reserve(1, { slot: { startAt: 2000 } })).toEqual(full);
      expect(await found(1)).toEqual([booking]);
    });

    it('counts each point, activity and time for itself', async () => {
      await book(1);
      await book(2, { slot: { activity: 'record' } });
      await book(3, { slot: { point: 'kecamatan' } });
      await book(4, { slot: { startAt: 2000 } });
      expect(await taken()).toEqual([
        [1000, 1],
        [2000, 1],
      ]);
    });

    it('counts slots from the first time up to, not at, the last', async () => {
      for (const startAt of [1000, 2000, 3000]) await book(startAt, { slot: { startAt } });
      const counts = await store.bookings.countTaken('kantor', 'pickup', 1000, 3000, NOW);
      expect([...counts.keys()]).toEqual([1000, 2000]);
    });

    it('leaves a case one visit ahead, of whatever activity, and those that are over', async () => {
      const over = await book(1);
      const submit = await book(1, { slot: { startAt: 2000, activity: 'submit' }, now: 1900 });
      expect(await found(1)).toEqual([over, submit]);
      const pickup = await book(1, { slot: { startAt: 3000, point: 'mpp' }, now: 1900 });
      expect(await found(1)).toEqual([over, pickup]);
    });

    it('frees a visit that has begun and is not over', async () => {
      await book(1);
      const later = await book(1, { slot: { startAt: 2000 }, now: 1500 });
      expect(await found(1)).toEqual([later]);
    });

    it('frees what is not over when it is cancelled, as often as one likes', async () => {
      const over = await book(1);
      await book(1, { slot: { startAt: 2000 }, now: 1900 });
      await store.bookings.cancel('KL-2', 1900);
      expect(await found(1)).toHaveLength(2);
      await store.bookings.cancel('KL-1', 1900);
      await store.bookings.cancel('KL-1', 1900);
      expect(await found(1)).toEqual([over]);
      expect(won([await reserve(3, { slot: { startAt: 2000 } })])).toBe(1);
    });

    it('gives no place while more sit in a slot than its capacity has become', async () => {
      await many(10, (n) => book(n, { capacity: 10 }));
      expect(await reserve(10, { capacity: 4 })).toEqual(full);
      for (let n = 0; n < 7; n++) await store.bookings.cancel(`KL-${n}`, NOW);
      expect(won(await many(20, (n) => reserve(20 + n, { capacity: 4 })))).toBe(1);
      expect(await taken()).toEqual([[1000, 4]]);
    });

    it('gives no place of a capacity of none', async () => {
      expect(await reserve(1, { capacity: 0 })).toEqual(full);
    });

    it('lists what begins in a span, of one point or of all, by start', async () => {
      const third = await book(1, { slot: { startAt: 3000 } });
      const second = await book(2, { slot: { startAt: 2000, point: 'mpp', activity: 'record' } });
      const first = await book(3, { heldUntil: 500 });
      const span = { from: 1000, to: 3001 };
      expect(await store.bookings.list(span, NOW)).toEqual([first, second, third]);
      expect(await store.bookings.list({ ...span, point: 'mpp' }, NOW)).toEqual([second]);
      expect(await store.bookings.list({ from: 1001, to: 3000 }, NOW)).toEqual([second]);
      expect(await store.bookings.list(span, 500)).toEqual([second, third]);
    });

    describe('holds', () => {
      it('keep a place until they end, and not from that moment on', async () => {
        const hold = await book(1, { heldUntil: 500 });
        expect(hold.heldUntil).toBe(500);
        expect(await reserve(2, { now: 499 })).toEqual(full);
        expect(await taken(499)).toEqual([[1000, 1]]);
        expect(await found(1, 499)).toEqual([hold]);
        expect(await taken(500)).toEqual([]);
        expect(await found(1, 500)).toEqual([]);
        expect(won([await reserve(2, { now: 500 })])).toBe(1);
      });

      it('are booked by reserving the same slot, and then do not end', async () => {
        const hold = await book(1, { heldUntil: 500 });
        const { heldUntil: _, ...booked } = hold;
        expect(await book(1, { now: 499 })).toEqual(booked);
        expect(await found(1, 501)).toEqual([booked]);
        expect(await taken(501)).toEqual([[1000, 1]]);
        expect(await reserve(2, { now: 501 })).toEqual(full);
      });

      it('are held on by another hold, any number of times, and end when the last says', async () => {
        const hold = await book(1, { heldUntil: 500 });
        expect(await book(1, { heldUntil: 600 })).toEqual({ ...hold, heldUntil: 600 });
        expect(await book(1, { heldUntil: 700, now: 550 })).toEqual({ ...hold, heldUntil: 700 });
        expect(await taken(699)).toEqual([[1000, 1]]);
        expect(await reserve(2, { now: 699 })).toEqual(full);
        expect(await taken(700)).toEqual([]);
        expect(won([await reserve(2, { now: 700 })])).toBe(1);
      });

      it('never make a hold of what is booked', async () => {
        const booking = await book(1);
        expect(await book(1, { heldUntil: 500 })).toEqual(booking);
        expect(await found(1, 501)).toEqual([booking]);
      });

      it('that ended are asked for like any other: by whom had it, when it is still free', async () => {
        const hold = await book(1, { heldUntil: 500 });
        const booking = await book(1, { now: 500 });
        expect(booking.id).not.toBe(hold.id);
        expect(await found(1, 501)).toEqual([booking]);
        await book(2, { slot: { startAt: 2000 }, heldUntil: 500 });
        await book(3, { slot: { startAt: 2000 }, now: 500 });
        expect(await reserve(2, { slot: { startAt: 2000 }, now: 501 })).toEqual(full);
      });

      it('are freed by booking another time, and by cancelling', async () => {
        await book(1, { heldUntil: 500 });
        await book(1, { slot: { startAt: 2000 } });
        await book(2, { heldUntil: 500 });
        await store.bookings.cancel('KL-2', NOW);
        expect(await taken()).toEqual([[2000, 1]]);
        expect(won([await reserve(3)])).toBe(1);
      });

      it('that ended take no place of a visit that is over', async () => {
        await book(1, { heldUntil: 500 });
        await book(1, { slot: tomorrow, now: 5000 });
        expect(await found(1, 5000)).toMatchObject([tomorrow]);
      });
    });

    describe('what an outage moved', () => {
      it('says so until the applicant chooses it', async () => {
        await book(1);
        const moved = await book(1, { slot: { startAt: 2000 }, movedBy: 'o1' });
        expect(moved.movedBy).toBe('o1');
        expect(await book(1, { slot: { startAt: 2000 }, movedBy: 'o1' })).toEqual(moved);
        const { movedBy: _, ...chosen } = moved;
        expect(await book(1, { slot: { startAt: 2000 } })).toEqual(chosen);
        expect(await found(1)).toEqual([chosen]);
      });

      it('stays chosen when the outage asks for the same again', async () => {
        await book(1, { movedBy: 'o1' });
        const chosen = await book(1);
        expect(await book(1, { movedBy: 'o1' })).toEqual(chosen);
        expect(await found(1)).toEqual([chosen]);
      });
    });

    describe('a quota', () => {
      it('of a service counts its visits of the day at all points and of all activities', async () => {
        const points: Partial<Slot>[] = [{ point: 'kantor' }, { point: 'mpp' }, { activity: 'record' }];
        const answers = [];
        for (const [n, slot] of points.entries()) answers.push(await reserve(n, { slot, quota: quota(2) }));
        expect(answers.map((answer) => answer.ok || answer.reason)).toEqual([true, true, 'quota']);
        expect(await store.bookings.countService('kia', 0, 10_000, NOW)).toBe(2);
        expect(won([await reserve(4, { slot: { point: 'desa' }, service: 'ktp', quota: quota(2) })])).toBe(1);
        const next = { perDay: 2, from: 10_000, to: 20_000 };
        expect(won([await reserve(5, { slot: tomorrow, quota: next })])).toBe(1);
        expect(await store.bookings.countService('kia', 0, 20_000, NOW)).toBe(3);
        expect(await store.bookings.countService('kia', 1001, 10_000, NOW)).toBe(0);
      });

      it('is kept by a move within the day, and freed by one to another day and by cancelling', async () => {
        const day = quota(1);
        await book(1, { quota: day });
        await book(1, { slot: { startAt: 2000 }, quota: day });
        expect(await reserve(2, { quota: day })).toEqual({ ok: false, reason: 'quota' });
        await book(1, { slot: tomorrow, quota: { perDay: 1, from: 10_000, to: 20_000 } });
        await book(2, { quota: day });
        await store.bookings.cancel('KL-2', NOW);
        expect(won([await reserve(3, { quota: day })])).toBe(1);
      });

      it('is not used up by a time that was full', async () => {
        await book(1);
        expect(await reserve(2, { quota: quota(2) })).toMatchObject({ ok: false });
        expect(won([await reserve(3, { slot: { startAt: 2000 }, quota: quota(2) })])).toBe(1);
      });

      it('counts holds until they end', async () => {
        await book(1, { quota: quota(1), heldUntil: 500 });
        const other = { slot: { startAt: 2000 }, quota: quota(1) };
        expect(await reserve(2, { ...other, now: 499 })).toEqual({ ok: false, reason: 'quota' });
        expect(await store.bookings.countService('kia', 0, 10_000, 499)).toBe(1);
        expect(await store.bookings.countService('kia', 0, 10_000, 500)).toBe(0);
        expect(won([await reserve(2, { ...other, now: 500 })])).toBe(1);
      });

      it('counts what was booked before there was one, and visits that are over', async () => {
        await book(1);
        await book(1, { slot: { startAt: 3000 }, now: 1900 });
        await book(2, { slot: { startAt: 2000 } });
        const fourth = { slot: { startAt: 4000 }, now: 1900 };
        expect(await reserve(3, { ...fourth, quota: quota(3) })).toEqual({ ok: false, reason: 'quota' });
        expect(won([await reserve(3, { ...fourth, quota: quota(4) })])).toBe(1);
        // One who moves within the day takes no more of it, also when it had none of the quota.
        expect(won([await reserve(2, { slot: { startAt: 5000 }, now: 1900, quota: quota(4) })])).toBe(1);
      });

      it('gives none while more were booked than it has become', async () => {
        await many(4, (n) => book(n, { slot: { point: `p${n}` }, quota: quota(4) }));
        await store.bookings.cancel('KL-0', NOW);
        expect(won([await reserve(5, { quota: quota(2) })])).toBe(0);
        for (const n of [1, 2]) await store.bookings.cancel(`KL-${n}`, NOW);
        expect(
          won(await many(5, (n) => reserve(10 + n, { slot: { point: `q${n}` }, quota: quota(2) }))),
        ).toBe(1);
      });
    });

    describe('when many ask at once', () => {
      it('gives exactly twenty of three hundred the twenty places, holds among them', async () => {
        const answers = await many(300, (n) =>
          reserve(n, { capacity: 20, ...(n % 3 === 0 && { heldUntil: 500 }) }),
        );
        expect(won(answers)).toBe(20);
        expect(answers.filter((answer) => !answer.ok && answer.reason === 'full')).toHaveLength(280);
        expect(await taken()).toEqual([[1000, 20]]);
      });

      it('gives each place to one when holds end, some are booked and others take them at that moment', async () => {
        await many(20, (n) => book(n, { capacity: 20, heldUntil: 500 }));
        const answers = await many(120, (n) =>
          n % 6 === 0
            ? reserve(n / 6, { capacity: 20, now: 499 })
            : reserve(1000 + n, { capacity: 20, now: 500 }),
        );
        expect(won(answers)).toBe(20);
        expect(await taken(501)).toEqual([[1000, 20]]);
        const had = answers.flatMap((answer) => (answer.ok ? [answer.booking] : []));
        const listed = await store.bookings.list({ from: 0, to: 10_000 }, 501);
        expect(listed).toEqual(had.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
      });

      it('gives exactly fifty of three hundred at three points the quota of fifty', async () => {
        const points = ['kantor', 'mpp', 'desa'];
        const answers = await many(300, (n) =>
          reserve(n, { slot: { point: points[n % 3] ?? '' }, capacity: 100, quota: quota(50) }),
        );
        expect(won(answers)).toBe(50);
        expect(answers.filter((answer) => !answer.ok && answer.reason === 'quota')).toHaveLength(250);
        expect(await store.bookings.countService('kia', 0, 10_000, NOW)).toBe(50);
        expect(await store.bookings.list({ from: 0, to: 10_000 }, NOW)).toHaveLength(50);
      });

      it('leaves one place to an application that is moved to many slots at once', async () => {
        await book(1, { slot: { startAt: 500 }, quota: quota(1) });
        const starts = [1000, 2000, 3000, 4000, 5000];
        await Promise.all(starts.map((startAt) => reserve(1, { slot: { startAt }, quota: quota(1) })));
        const held = await found(1);
        expect(held).toHaveLength(1);
        expect(starts).toContain(held[0]?.startAt);
        expect(await taken()).toEqual([[held[0]?.startAt, 1]]);
        await store.bookings.cancel('KL-1', NOW);
        expect(won([await reserve(2, { quota: quota(1) })])).toBe(1);
      });

      it('takes one place for an application that asks for the same slot many times at once', async () => {
        const answers = await many(10, () => reserve(1, { capacity: 5, quota: quota(1) }));
        expect(won(answers)).toBe(10);
        expect(new Set(answers.map((answer) => answer.ok && answer.booking.id)).size).toBe(1);
        expect(await taken()).toEqual([[1000, 1]]);
      });

      it('leaves all or nothing of what is cancelled while it is reserved', async () => {
        await many(20, (n) => book(n, { slot: { startAt: 2000 }, capacity: 20 }));
        await many<unknown>(40, (n) =>
          n % 2 === 0
            ? reserve(n / 2, { capacity: 20, quota: quota(20) })
            : store.bookings.cancel(`KL-${(n - 1) / 2}`, NOW),
        );
        const had = await Promise.all(Array.from({ length: 20 }, (_, n) => found(n)));
        const count = had.flat().filter(({ startAt }) => startAt === 1000).length;
        expect(had.flat()).toHaveLength(count);
        expect(await taken()).toEqual(count === 0 ? [] : [[1000, count]]);
        expect(await store.bookings.countService('kia', 0, 10_000, NOW)).toBe(count);
        expect(won(await many(30, (n) => reserve(100 + n, { capacity: 30, quota: quota(20) })))).toBe(
          20 - count,
        );
      });
    });
  });
}
