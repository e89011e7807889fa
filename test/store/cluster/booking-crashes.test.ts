/** What a process leaves that dies while it books, and bookings of a program before agendas. */
import mongoose, { type Connection } from 'mongoose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CollectionSpec, collectionOf } from '../../../src/store/cluster/collections.ts';
import { connect } from '../../../src/store/cluster/connection.ts';
import { AGENDAS, BOOKINGS, QUOTAS } from '../../../src/store/cluster/schema-bookings.ts';
import { META } from '../../../src/store/cluster/schema-meta.ts';
import type { Store } from '../../../src/store/open.ts';
import { seedDraft, seedReservation } from '../../contract/seeds.ts';
import { describeEachMongo } from '../../each-mongo.ts';

const { ObjectId } = mongoose.mongo;
interface Raw {
  _id: string | mongoose.mongo.ObjectId;
  [field: string]: unknown;
}

const day = (perDay: number) => ({ perDay, from: 0, to: 10_000 });

await describeEachMongo('Bookings', ({ freshUrl, open }) => {
  let store: Store;
  let connection: Connection;
  let url: string;
  beforeEach(async () => {
    url = freshUrl();
    store = await open(url);
    connection = await connect(url);
  });
  afterEach(async () => {
    await store.close();
    await connection.close();
  });

  // biome-ignore lint/suspicious/noExplicitAny: a document of long ago has no type.
  const raw = (spec: CollectionSpec<any>) => collectionOf<Raw>(connection, spec);
  const reserve = async (changes: Parameters<typeof seedReservation>[0]) => {
    const answer = await store.bookings.reserve(seedReservation(changes));
    return answer.ok || answer.reason;
  };
  const taken = async () => [...(await store.bookings.countTaken('kantor', 'pickup', 0, 10_000, 100))];
  const found = async (application = 'KL-1') =>
    (await store.bookings.findByApplication(application, 100)).map(({ startAt }) => startAt);

  describe('after a process died', () => {
    const claim = (turn: number) => ({ _id: new ObjectId(), application: 'KL-1', seat: 0, turn });
    const seat = (startAt: number, turn: number) => ({
      ...{
        ...claim(turn),
        service: 'kia',
        point: 'kantor',
        activity: 'pickup',
        startAt,
        endAt: startAt + 900,
      },
    });
    const quota = (turn: number) => ({
      ...{ ...claim(turn), service: 'kia', from: 0 },
    });

    it('uses the places it had claimed when the same is asked for again', async () => {
      await raw(QUOTAS).insertOne(quota(1));
      await raw(BOOKINGS).insertOne(seat(1000, 1));
      expect(await found()).toEqual([]);
      expect(await reserve({ application: 'KL-2', quota: day(9) })).toBe('full');
      expect(await reserve({ application: 'KL-2', slot: { startAt: 2000 }, quota: day(1) })).toBe('quota');
      expect(await reserve({ quota: day(1) })).toBe(true);
      expect(await found()).toEqual([1000]);
      expect(await taken()).toEqual([[1000, 1]]);
    });

    it('frees them when another time is had', async () => {
      await raw(QUOTAS).insertOne(quota(1));
      await raw(BOOKINGS).insertOne(seat(1000, 1));
      expect(await reserve({ slot: { startAt: 2000 } })).toBe(true);
      expect(await taken()).toEqual([[2000, 1]]);
      expect(await raw(QUOTAS).countDocuments({})).toBe(0);
    });

    it('frees them when it is cancelled, and when another time is full', async () => {
      for (const startAt of [1000, 2000]) {
        await raw(QUOTAS).insertOne(quota(startAt / 1000));
        await raw(BOOKINGS).insertOne(seat(startAt, startAt / 1000));
        if (startAt === 1000) await store.bookings.cancel('KL-1', 100);
        else expect(await reserve({ slot: { startAt: 3000 }, capacity: 0, quota: day(9) })).toBe('full');
        expect(await taken()).toEqual([]);
        expect(await raw(QUOTAS).countDocuments({})).toBe(0);
      }
    });

    it('shows where it was moved to, and gives the place that was not freed to whoever asks for it', async () => {
      expect(await reserve({})).toBe(true);
      const [old] = await raw(BOOKINGS).find().toArray();
      expect(await reserve({ slot: { startAt: 2000 } })).toBe(true);
      if (old) await raw(BOOKINGS).insertOne(old);
      expect(await found()).toEqual([2000]);
      expect(await reserve({ application: 'KL-2' })).toBe(true);
      expect(await found('KL-2')).toEqual([1000]);
      expect(await taken()).toEqual([
        [1000, 1],
        [2000, 1],
      ]);
    });

    it('reads the newest of two agendas, and empties the other at the next change', async () => {
      await reserve({});
      const [first] = await raw(AGENDAS).find().toArray();
      await reserve({ slot: { startAt: 2000 } });
      if (first) await raw(AGENDAS).replaceOne({ _id: first._id }, first);
      expect(await found()).toEqual([2000]);
      expect(await store.bookings.list({ from: 0, to: 9000 }, 100)).toMatchObject([{ startAt: 2000 }]);
      await reserve({ slot: { startAt: 3000 } });
      expect(await raw(AGENDAS).countDocuments({ visits: { $exists: true } })).toBe(1);
      expect(await raw(AGENDAS).countDocuments({})).toBe(3);
    });
  });

  it('of a program before go on, each with its service, until the applicant chooses anew', async () => {
    const { number } = await store.applications.create(seedDraft({ filedBy: 'siti.1.1' }));
    const old = { application: number, point: 'kantor', seat: 0 };
    const at = (startAt: number) => ({ _id: new ObjectId(), startAt, endAt: startAt + 900 });
    await raw(BOOKINGS).insertMany([
      { ...old, ...at(500), activity: 'pickup', turn: 1 },
      { ...old, ...at(1000), activity: 'pickup', turn: 2 },
      { ...old, ...at(2000), activity: 'submit', turn: 1 },
    ]);
    await raw(META).updateOne({ _id: 'schema' }, { $set: { version: 3 } });
    await store.close();
    store = await open(url);
    const bookings = await store.bookings.findByApplication(number, 100);
    expect(bookings).toMatchObject([
      { startAt: 1000, activity: 'pickup', service: 'akta-kelahiran' },
      { startAt: 2000, activity: 'submit', service: 'akta-kelahiran' },
    ]);
    expect(bookings[0]?.bookedAt).toBeGreaterThan(1_700_000_000_000);
    expect(await store.bookings.countService('akta-kelahiran', 900, 9000, 100)).toBe(2);
    expect(await reserve({ application: 'KL-2' })).toBe('full');
    expect(await reserve({ application: number, slot: { startAt: 3000 } })).toBe(true);
    expect(await found(number)).toEqual([3000]);
    expect(await raw(BOOKINGS).countDocuments({ application: number })).toBe(1);
    expect(await raw(META).findOne({ _id: 'schema' })).toMatchObject({ version: 4 });
  });
});
