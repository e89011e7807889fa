/** What every VisitStore, QueueStore and StockStore promises. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StockEntry, Ticket, VisitMark } from '../../src/pickup/ports.ts';
import type { Store } from '../../src/store/types.ts';

type Opened = Pick<Store, 'visits' | 'queue' | 'stock' | 'close'>;

const RINA = { id: 'o1', name: 'Rina Wati' };
const DAY = { point: 'kantor', activity: 'submit', date: '2026-11-23' } as const;
const mark = (changes: Partial<VisitMark> = {}): VisitMark => ({
  ...{ booking: 'b1', mark: 'arrived', at: 5, by: RINA },
  ...changes,
});
const entry = (id: string, changes: Partial<StockEntry> = {}): StockEntry => ({
  ...{ id, point: 'kantor', at: 5, by: RINA, kind: 'used', change: -1 },
  ...changes,
});

export function describeVisits(name: string, open: () => Promise<Opened>): void {
  describe(`The counter in ${name}`, () => {
    let store: Opened;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    describe(`VisitStore of ${name}`, () => {
      it('gives back the marks of the bookings asked for, oldest first', async () => {
        const marks = [
          mark({ at: 7, booking: 'b2', mark: 'late', by: 'citizen' }),
          mark({ at: 6, mark: 'reminded-soon', by: 'system' }),
          mark({ at: 8, mark: 'served' }),
        ];
        for (const one of [...marks, mark({ booking: 'b3' })])
          expect(await store.visits.mark(one)).toBe(true);
        const [late, reminded, served] = marks;
        expect(await store.visits.marksOf(['b1', 'b2', 'b9'])).toEqual([reminded, late, served]);
        expect(await store.visits.marksOf([])).toEqual([]);
      });

      it('puts a mark once, and leaves it as it was when it is put again', async () => {
        expect(await store.visits.mark(mark())).toBe(true);
        expect(await store.visits.mark(mark({ at: 9, by: 'citizen' }))).toBe(false);
        expect(await store.visits.marksOf(['b1'])).toEqual([mark()]);
        const others = Array.from({ length: 20 }, (_, at) => store.visits.mark(mark({ mark: 'served', at })));
        expect((await Promise.all(others)).filter(Boolean)).toHaveLength(1);
      });

      it('takes a mark off, as often as one likes, and no other', async () => {
        await store.visits.mark(mark());
        await store.visits.mark(mark({ mark: 'served' }));
        await store.visits.unmark('b1', 'served');
        await store.visits.unmark('b1', 'served');
        expect(await store.visits.marksOf(['b1'])).toEqual([mark()]);
        expect(await store.visits.mark(mark({ mark: 'served', at: 9 }))).toBe(true);
      });
    });

    describe(`QueueStore of ${name}`, () => {
      const take = (holder: string, changes: Partial<Parameters<Opened['queue']['take']>[0]> = {}) =>
        store.queue.take({
          ...{ ...DAY, holder, at: 1, perDay: 200, expectedAt: (number) => 100 * number },
          ...changes,
        });
      const taken = async (holder: string, changes: Parameters<typeof take>[1] = {}): Promise<Ticket> => {
        const ticket = await take(holder, changes);
        if (ticket === 'full') throw new Error('no number was given');
        return ticket;
      };
      const callNext = (at = 5) => store.queue.callNext(DAY.point, DAY.activity, DAY.date, at);

      it('gives numbers from one on, for each point, activity and date', async () => {
        const first = await taken('siti');
        expect(first).toEqual({ id: first.id, ...DAY, number: 1, holder: 'siti', at: 1, expectedAt: 100 });
        const second = await taken('budi');
        expect(second.number).toBe(2);
        for (const other of [{ point: 'mpp' }, { activity: 'pickup' as const }, { date: '2026-11-24' }])
          expect((await taken('agus', other)).number).toBe(1);
        const pickup = await taken('agus', { activity: 'pickup' });
        expect(await store.queue.list('kantor', DAY.date)).toEqual([pickup, first, second]);
        expect(await store.queue.find(first.id)).toEqual(first);
        expect(await store.queue.find('x')).toBeUndefined();
      });

      it('gives a holder one number, whenever they ask, and finds it by them', async () => {
        const ticket = await taken('siti');
        expect(await taken('siti', { at: 9 })).toEqual(ticket);
        const called = await callNext();
        expect(await taken('siti')).toEqual(called);
        const there = await taken('siti', { point: 'mpp' });
        await taken('siti', { date: '2026-11-24' });
        expect(await store.queue.findByHolder('siti', DAY.date)).toEqual([called, there]);
      });

      it('tells the number and how many are before it when it asks when it will be', async () => {
        const asked: number[][] = [];
        const expectedAt = (number: number, waiting: number) => {
          asked.push([number, waiting]);
          return number;
        };
        const first = await taken('a', { expectedAt });
        await taken('b', { expectedAt });
        await callNext();
        await taken('c', { expectedAt });
        await store.queue.end(first.id, 'served', 6);
        await taken('d', { expectedAt });
        expect(asked).toEqual([
          [1, 0],
          [2, 1],
          [3, 2],
          [4, 2],
        ]);
      });

      it('gives no more numbers than there are in a day', async () => {
        const first = await taken('a', { perDay: 2 });
        await taken('b', { perDay: 2 });
        await store.queue.end(first.id, 'gone', 6);
        expect(await take('c', { perDay: 2 })).toBe('full');
        expect(await taken('a', { perDay: 2 })).toMatchObject({ number: 1 });
        expect(await take('c', { perDay: 0, point: 'mpp' })).toBe('full');
      });

      it('gives a hundred who ask at once, each of them twice, one to a hundred', async () => {
        const asked = Array.from({ length: 200 }, (_, n) => taken(`holder-${n % 100}`));
        const tickets = await Promise.all(asked);
        const all = Array.from({ length: 100 }, (_, n) => n + 1);
        expect(new Set(tickets.map(({ number }) => number))).toEqual(new Set(all));
        expect((await store.queue.list('kantor', DAY.date)).map(({ number }) => number)).toEqual(all);
      });

      it('calls the first who waits, and nobody when nobody does', async () => {
        const first = await taken('a');
        const second = await taken('b');
        await taken('c', { activity: 'pickup' });
        await store.queue.end(first.id, 'gone', 4);
        expect(await callNext(5)).toEqual({ ...second, calledAt: 5 });
        expect(await store.queue.find(second.id)).toEqual({ ...second, calledAt: 5 });
        expect(await callNext(6)).toBeUndefined();
      });

      it('calls each of them once when twenty call at once', async () => {
        for (let n = 0; n < 15; n++) await taken(`holder-${n}`);
        const called = await Promise.all(Array.from({ length: 20 }, () => callNext()));
        const numbers = called.flatMap((ticket) => ticket?.number ?? []).sort((a, b) => a - b);
        expect(numbers).toEqual(Array.from({ length: 15 }, (_, n) => n + 1));
        expect(called.filter((ticket) => ticket === undefined)).toHaveLength(5);
      });

      it('ends a ticket, another way when that was wrong, and takes it back', async () => {
        const ticket = await taken('a');
        const called = { ...ticket, calledAt: 5 };
        await callNext();
        const served = { ...called, outcome: 'served', endedAt: 7 };
        expect(await store.queue.end(ticket.id, 'served', 7)).toEqual(served);
        expect(await store.queue.end(ticket.id, 'served', 8)).toEqual(served);
        expect(await store.queue.end(ticket.id, 'gone', 9)).toEqual({
          ...called,
          outcome: 'gone',
          endedAt: 9,
        });
        expect(await store.queue.end(ticket.id, null, 10)).toEqual(called);
        expect(await store.queue.find(ticket.id)).toEqual(called);
        expect(await store.queue.end('x', 'served', 7)).toBeUndefined();
      });
    });

    describe(`StockStore of ${name}`, () => {
      it('adds up the ledger of each point, and lists it from the newest line on', async () => {
        const lines = [
          entry('1', { kind: 'received', change: 500, reference: 'BAST/470/11/2026' }),
          entry('2', { at: 6, reference: 'KL-1' }),
          entry('3', { at: 7, kind: 'counted', change: -9 }),
        ];
        for (const line of [...lines, entry('4', { point: 'mpp', at: 1 })]) await store.stock.add(line);
        expect(await store.stock.counts()).toEqual(
          new Map([
            ['kantor', 490],
            ['mpp', -1],
          ]),
        );
        expect(await store.stock.list('kantor', 9)).toEqual(lines.toReversed());
        expect(await store.stock.list('kantor', 1)).toEqual(lines.slice(2));
        expect(await store.stock.list('desa', 9)).toEqual([]);
      });

      it('takes a line once, and loses none of many', async () => {
        await Promise.all(Array.from({ length: 40 }, (_, n) => store.stock.add(entry(`${n % 20}`))));
        await store.stock.add(entry('1', { change: 900 }));
        expect(await store.stock.counts()).toEqual(new Map([['kantor', -20]]));
      });
    });
  });
}
