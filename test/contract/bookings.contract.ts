/** What every BookingStore promises. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Slot } from '../../src/pickup/ports.ts';
import type { Store } from '../../src/store/types.ts';

type Opened = Pick<Store, 'bookings' | 'close'>;

const slot = (changes: Partial<Slot> = {}): Slot => ({
  point: 'kantor',
  activity: 'pickup',
  startAt: 1000,
  endAt: 1900,
  ...changes,
});

export function describeBookings(name: string, open: () => Promise<Opened>): void {
  describe(`BookingStore of ${name}`, () => {
    let store: Opened;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    const taken = async () => [...(await store.bookings.countTaken('kantor', 'pickup', 0, 10_000))];

    it('gives exactly twenty of three hundred who ask at once the twenty places', async () => {
      const answers = await Promise.all(
        Array.from({ length: 300 }, (_, i) => store.bookings.reserve(`KL-${i}`, slot(), 20)),
      );
      expect(answers.filter((answer) => answer === 'reserved')).toHaveLength(20);
      expect(answers.filter((answer) => answer === 'full')).toHaveLength(280);
      expect(await taken()).toEqual([[1000, 20]]);
    });

    it('gives the last place to one, when those who ask hold another slot already', async () => {
      const applicants = Array.from({ length: 10 }, (_, i) => `KL-${i}`);
      for (const applicant of applicants)
        await store.bookings.reserve(applicant, slot({ startAt: 2000 }), 10);
      const answers = await Promise.all(
        applicants.map((applicant) => store.bookings.reserve(applicant, slot(), 1)),
      );
      expect(answers.filter((answer) => answer === 'reserved')).toHaveLength(1);
      expect(await taken()).toEqual([
        [1000, 1],
        [2000, 9],
      ]);
    });

    it('says reserved again to whom holds the slot, even when it is full', async () => {
      await store.bookings.reserve('KL-1', slot(), 1);
      expect(await store.bookings.reserve('KL-1', slot(), 1)).toBe('reserved');
      expect(await taken()).toEqual([[1000, 1]]);
    });

    it('moves an application to another slot and frees the old place', async () => {
      await store.bookings.reserve('KL-1', slot(), 1);
      expect(await store.bookings.reserve('KL-1', slot({ startAt: 2000, endAt: 2900 }), 1)).toBe('reserved');
      expect(await store.bookings.findByApplication('KL-1')).toEqual([
        { application: 'KL-1', ...slot({ startAt: 2000, endAt: 2900 }) },
      ]);
      expect(await store.bookings.reserve('KL-2', slot(), 1)).toBe('reserved');
    });

    it('keeps the old place when the new one is full', async () => {
      await store.bookings.reserve('KL-1', slot(), 1);
      await store.bookings.reserve('KL-2', slot({ startAt: 2000 }), 1);
      expect(await store.bookings.reserve('KL-1', slot({ startAt: 2000 }), 1)).toBe('full');
      expect(await store.bookings.findByApplication('KL-1')).toMatchObject([{ startAt: 1000 }]);
    });

    it('counts each point, activity and time for itself', async () => {
      await store.bookings.reserve('KL-1', slot(), 1);
      expect(await store.bookings.reserve('KL-1', slot({ activity: 'record' }), 1)).toBe('reserved');
      expect(await store.bookings.reserve('KL-2', slot({ point: 'kecamatan' }), 1)).toBe('reserved');
      expect(await store.bookings.reserve('KL-3', slot({ startAt: 2000 }), 1)).toBe('reserved');
      expect(await store.bookings.findByApplication('KL-1')).toHaveLength(2);
      expect(await taken()).toEqual([
        [1000, 1],
        [2000, 1],
      ]);
    });

    it('counts slots from the first time up to, not at, the last', async () => {
      for (const startAt of [1000, 2000, 3000])
        await store.bookings.reserve(`KL-${startAt}`, slot({ startAt }), 1);
      expect([...(await store.bookings.countTaken('kantor', 'pickup', 1000, 3000)).keys()]).toEqual([
        1000, 2000,
      ]);
    });

    it('frees the place of a booking that is cancelled, as often as one likes', async () => {
      await store.bookings.reserve('KL-1', slot(), 1);
      await store.bookings.cancel('KL-1', 'record');
      expect(await taken()).toEqual([[1000, 1]]);
      await store.bookings.cancel('KL-1', 'pickup');
      await store.bookings.cancel('KL-1', 'pickup');
      expect(await taken()).toEqual([]);
    });

    it('gives no place while more sit in a slot than its capacity has become', async () => {
      const book = (n: number, capacity: number) => store.bookings.reserve(`KL-${n}`, slot(), capacity);
      for (let n = 0; n < 10; n++) await book(n, 10);
      expect(await book(10, 4)).toBe('full');
      for (let n = 0; n < 7; n++) await store.bookings.cancel(`KL-${n}`, 'pickup');
      const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => book(20 + n, 4)));
      expect(answers.filter((answer) => answer === 'reserved')).toHaveLength(1);
      expect(await taken()).toEqual([[1000, 4]]);
    });

    it('leaves one place to an application that is moved to many slots at once', async () => {
      await store.bookings.reserve('KL-1', slot({ startAt: 500 }), 1);
      const starts = [1000, 2000, 3000, 4000, 5000];
      await Promise.all(starts.map((startAt) => store.bookings.reserve('KL-1', slot({ startAt }), 1)));
      const held = await store.bookings.findByApplication('KL-1');
      expect(held).toHaveLength(1);
      expect(starts).toContain(held[0]?.startAt);
      expect(await taken()).toEqual([[held[0]?.startAt, 1]]);
    });

    it('takes one place for an application that asks for the same slot many times at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => store.bookings.reserve('KL-1', slot(), 5)),
      );
      expect(new Set(answers)).toEqual(new Set(['reserved']));
      expect(await taken()).toEqual([[1000, 1]]);
    });

    it('gives no place of a capacity of none', async () => {
      expect(await store.bookings.reserve('KL-1', slot(), 0)).toBe('full');
    });
  });
}
