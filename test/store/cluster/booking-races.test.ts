/** Places under two stores and four processes on one database: no place is ever given twice. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Booking } from '../../../src/pickup/ports.ts';
import type { Store } from '../../../src/store/open.ts';
import { seedReservation } from '../../contract/seeds.ts';
import { describeEachMongo } from '../../each-mongo.ts';

const LIMIT = 60_000;
const PROCESSES = 4;

await describeEachMongo('Places under several processes', ({ freshUrl, open }) => {
  let stores: [Store, Store];
  let url: string;
  beforeEach(async () => {
    url = freshUrl();
    stores = [await open(url), await open(url)];
  });
  afterEach(() => Promise.all(stores.map((store) => store.close())));

  /** Runs `work` many times at once, in turn on either. */
  const race = <T>(times: number, work: (store: Store, n: number) => Promise<T>) =>
    Promise.all(Array.from({ length: times }, (_, n) => work(stores[n % 2 ? 1 : 0], n)));
  const reserve = (store: Store, n: number, changes: Parameters<typeof seedReservation>[0] = {}) =>
    store.bookings.reserve(seedReservation({ application: `KL-${n}`, ...changes }));
  const won = (answers: { ok: boolean }[]) => answers.filter(({ ok }) => ok).length;
  const taken = async (now = 100) => {
    const counts = await stores[0].bookings.countTaken('kantor', 'pickup', 0, 100_000, now);
    return [...counts.values()].reduce((sum, count) => sum + count, 0);
  };
  const listed = (now = 100) => stores[1].bookings.list({ from: 0, to: 100_000 }, now);

  it('are given to twenty of two hundred, holds among them', { timeout: LIMIT }, async () => {
    const answers = await race(200, (store, n) =>
      reserve(store, n, { capacity: 20, ...(n % 3 === 0 && { heldUntil: 500 }) }),
    );
    expect(won(answers)).toBe(20);
    expect(await taken()).toBe(20);
  });

  it('are given once when holds end, and some book them and others take them at that moment', {
    timeout: LIMIT,
  }, async () => {
    await race(10, (store, n) => reserve(store, n, { capacity: 10, heldUntil: 500 }));
    const answers = await race(60, (store, n) =>
      n < 10 ? reserve(store, n, { capacity: 10, now: 499 }) : reserve(store, n, { capacity: 10, now: 500 }),
    );
    expect(won(answers)).toBe(10);
    expect(await taken(501)).toBe(10);
    const had = answers.flatMap((answer) => (answer.ok ? [answer.booking.id] : []));
    expect((await listed(501)).map(({ id }) => id).sort()).toEqual(had.sort());
  });

  it('are given within the quota at three points', { timeout: LIMIT }, async () => {
    const answers = await race(100, (store, n) =>
      reserve(store, n, {
        ...{ slot: { point: `p${n % 3}` }, capacity: 50 },
        quota: { perDay: 20, from: 0, to: 9000 },
      }),
    );
    expect(won(answers)).toBe(20);
    expect(await listed()).toHaveLength(20);
  });

  it('are one for an application that both move about, and none after both cancelled it', {
    timeout: LIMIT,
  }, async () => {
    const move = (store: Store, n: number) => reserve(store, 1, { slot: { startAt: 1000 * (n + 1) } });
    await race(20, move);
    expect(await stores[0].bookings.findByApplication('KL-1', 100)).toHaveLength(1);
    expect(await taken()).toBe(1);
    await race(2, (store) => store.bookings.cancel('KL-1', 100));
    expect(await taken()).toBe(0);
  });

  it('of a queue have each number once and none left out, and are called once', {
    timeout: LIMIT,
  }, async () => {
    const day = { point: 'kantor', activity: 'submit', date: '2026-11-23' } as const;
    const take = (store: Store, n: number) =>
      store.queue.take({ ...day, holder: `h${n >> 1}`, at: 1, perDay: 25, expectedAt: () => 1 });
    const answers = await race(60, take);
    const numbers = new Set(answers.map((ticket) => (ticket === 'full' ? 0 : ticket.number)));
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 26 }, (_, n) => n));
    const called = await race(20, (store) => store.queue.callNext(day.point, day.activity, day.date, 2));
    expect(new Set(called.map((ticket) => ticket?.number)).size).toBe(20);
    expect(Math.max(...called.map((ticket) => ticket?.number ?? 99))).toBe(20);
  });

  it('are given by four processes to no more than there are', { timeout: LIMIT }, async () => {
    const children = await Promise.all(
      Array.from({ length: PROCESSES }, (_, n) => startBooker([url, String(n), '100'])),
    );
    const answers = (await Promise.all(children.map((child) => child.go()))).flat();
    const bookings = await listed(501);
    expect(overBooked(bookings)).toEqual([]);
    expect(bookings.length).toBeLessThanOrEqual(25);
    expect(new Set(bookings.map(({ application }) => application)).size).toBe(bookings.length);
    // Of those for which several asked, one of the answers holds.
    const told = new Set(answers);
    expect(bookings.filter(({ id }) => !told.has(id))).toEqual([]);
    expect(await taken(501)).toBe(bookings.length);
    expect(await stores[0].bookings.countService('kia', 0, 10_000, 501)).toBe(bookings.length);
    // None was given away: whoever comes now gets what is left, and not one more.
    const left = await race(40, (store, n) =>
      reserve(store, n, {
        ...{ slot: { startAt: 1000 * (1 + (n % 3)) }, capacity: 10, now: 501 },
        quota: { perDay: 25, from: 0, to: 10_000 },
      }),
    );
    expect(bookings.length + won(left)).toBe(25);
  });
});

function overBooked(bookings: Booking[]): [number, number][] {
  const counts = new Map<number, number>();
  for (const { startAt } of bookings) counts.set(startAt, (counts.get(startAt) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > 10);
}

/** Ready to book when this resolves. */
async function startBooker(args: string[]): Promise<{ go(): Promise<string[]> }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'booker.ts'), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => String((await lines.next()).value);
  if ((await next()) !== 'ready') throw new Error('a booker did not start');
  return {
    go: async () => {
      child.stdin.write('go\n');
      const answers = JSON.parse(await next()) as string[];
      await ended;
      return answers;
    },
  };
}
