/** What every ApplicationStore promises. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Application, ApplicationQuery, NewApplication } from '../../src/applications/ports.ts';
import type { Store } from '../../src/store/types.ts';
import { RINA, seedDraft, seedWorked } from './seeds.ts';

type Opened = Pick<Store, 'applications' | 'eraseOwner' | 'close'>;

const draft = (changes: Partial<NewApplication> & { series?: string } = {}) => ({
  ...seedDraft(),
  ...changes,
});

export function describeApplications(name: string, open: () => Promise<Opened>): void {
  describe(`ApplicationStore of ${name}`, () => {
    let store: Opened;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    const file = (...args: Parameters<typeof draft>) => store.applications.create(draft(...args));

    it('allots numbers in a row, each series for itself', async () => {
      const numbers = [
        (await file({ filedBy: 'a' })).number,
        (await file({ filedBy: 'b' })).number,
        (await file({ filedBy: 'c', series: 'KM-2611', ...{ numberFor: (n: number) => `KM-2611-${n}` } }))
          .number,
        (await file({ filedBy: 'd' })).number,
      ];
      expect(numbers).toEqual(['KL-2611-1', 'KL-2611-2', 'KM-2611-1', 'KL-2611-3']);
    });

    it('never gives a number twice, however many file at once', async () => {
      const filed = await Promise.all(Array.from({ length: 100 }, (_, i) => file({ filedBy: `e${i}` })));
      expect(new Set(filed.map(({ number }) => number)).size).toBe(100);
    });

    it('gives back the application exactly as it was filed', async () => {
      const filed = await file();
      const { series, numberFor, ...rest } = draft();
      const begun = { marks: [], verdicts: {}, history: [], result: [], untold: [] };
      expect(filed).toEqual({ ...rest, ...begun, number: numberFor(1), version: 1 });
      expect(await store.applications.find('KL-2611-1')).toEqual(filed);
      expect(series).toBe('KL-2611');
    });

    it('filing the same again returns the first, unchanged, and uses up no number', async () => {
      const [first, second] = await Promise.all([file(), file({ pin: '000000' })]);
      expect(second).toEqual(first);
      expect((await file({ filedBy: 'next' })).number).toBe('KL-2611-2');
    });

    it('gives one number to one filing, however often it is filed at once', async () => {
      const filed = await Promise.all(Array.from({ length: 20 }, () => file()));
      expect(new Set(filed.map(({ number }) => number))).toEqual(new Set(['KL-2611-1']));
      expect(await store.applications.findByConversation('siti')).toHaveLength(1);
    });

    it('a number that cannot be made refuses that application only', async () => {
      const numberFor = () => {
        throw new RangeError('no such series');
      };
      const [bad, good] = await Promise.allSettled([
        store.applications.create({ ...draft({ filedBy: 'bad' }), numberFor }),
        file({ filedBy: 'good' }),
      ]);
      expect(bad).toMatchObject({ status: 'rejected', reason: { message: 'no such series' } });
      expect(good).toMatchObject({ status: 'fulfilled', value: { number: 'KL-2611-1' } });
    });

    it('finds those of a conversation, oldest first, and none of others', async () => {
      await file({ filedBy: 'a' });
      await file({ filedBy: 'x', conversation: 'budi' });
      await file({ filedBy: 'b' });
      const numbers = (await store.applications.findByConversation('siti')).map(({ number }) => number);
      expect(numbers).toEqual(['KL-2611-1', 'KL-2611-3']);
      expect(await store.applications.find('KL-2611-9')).toBeUndefined();
    });

    it('updates what may change', async () => {
      const filed = await file();
      const changed: Application = {
        ...filed,
        version: 2,
        state: 'ready',
        answers: { nik: { v: '3273014107900002' } },
        dueAt: 300,
        pinFailures: 2,
        pinLockedUntil: 400,
      };
      expect(await store.applications.update(changed)).toBe('updated');
      expect(await store.applications.find(filed.number)).toEqual(changed);
    });

    it('lets one of two that change the same version win', async () => {
      const filed = await file();
      const change = (state: Application['state']) =>
        store.applications.update({ ...filed, version: 2, state });
      const answers = await Promise.all([change('approved'), change('rejected')]);
      expect(answers.toSorted()).toEqual(['conflict', 'updated']);
      const winner = answers[0] === 'updated' ? 'approved' : 'rejected';
      expect((await store.applications.find(filed.number))?.state).toBe(winner);
    });

    it('answers conflict to one who read it long ago, whatever version comes next for them', async () => {
      const filed = await file();
      for (const version of [2, 3, 4]) await store.applications.update({ ...filed, version });
      for (const version of [1, 2, 3, 4, 6])
        expect(await store.applications.update({ ...filed, version, state: 'expired' })).toBe('conflict');
      expect(await store.applications.find(filed.number)).toMatchObject({ version: 4, state: 'submitted' });
      expect(await store.applications.findByConversation('siti')).toHaveLength(1);
    });

    it('keeps who filed, from where and when, whatever an update says', async () => {
      const filed = await file();
      const other = { filedBy: 'x', conversation: 'budi', submittedAt: 9 };
      await store.applications.update({ ...filed, ...other, version: 2 });
      expect(await store.applications.find(filed.number)).toEqual({ ...filed, version: 2 });
    });

    it('answers conflict for an application that does not exist', async () => {
      const filed = await file();
      expect(await store.applications.update({ ...filed, number: 'KL-2611-9', version: 2 })).toBe('conflict');
    });

    it('keeps who checks it, the verdicts, what happened, the result and what is untold', async () => {
      const history = [{ at: 1, event: 'submit', by: 'citizen', state: 'submitted' } as const];
      const filed = await file({ marks: ['m1', 'm2'], history });
      expect(filed).toMatchObject({ marks: ['m1', 'm2'], history });
      const changed = seedWorked(filed);
      expect(await store.applications.update(changed)).toBe('updated');
      expect(await store.applications.find(filed.number)).toEqual(changed);
      const { assignee: _, ...released } = { ...changed, version: 3, untold: [], marks: [] };
      expect(await store.applications.update(released)).toBe('updated');
      expect(await store.applications.find(filed.number)).toEqual(released);
      expect(await store.applications.find(filed.number)).not.toHaveProperty('assignee');
    });

    const numbersOf = (found: Application[]) => found.map(({ number }) => Number(number.slice(8)));

    it('finds by the marks that it carries now, latest filed first', async () => {
      const first = await file({ filedBy: 'a', marks: ['m1', 'm2'] });
      await file({ filedBy: 'b', conversation: 'budi', marks: ['m2'] });
      const byMark = async (mark: string) => numbersOf(await store.applications.findByMark(mark));
      expect(await Promise.all(['m1', 'm2', 'm3'].map(byMark))).toEqual([[1], [2, 1], []]);
      await store.applications.update(seedWorked(first));
      expect(await Promise.all(['m1', 'm2', 'm3'].map(byMark))).toEqual([[], [2, 1], [1]]);
      expect((await store.applications.findByMark('m3'))[0]).toEqual(seedWorked(first));
    });

    it('finds at most fifty by a mark, those filed last', async () => {
      for (let n = 1; n <= 52; n++) await file({ filedBy: `f${n}`, marks: ['m1'] });
      const found = numbersOf(await store.applications.findByMark('m1'));
      expect(found).toEqual(Array.from({ length: 50 }, (_, i) => 52 - i));
    });

    describe('lists', () => {
      const list = async (query: Partial<ApplicationQuery> = {}) =>
        numbersOf(await store.applications.list({ limit: 99, ...query }));

      /** 1 to 6: three states, two services, due 200 each but the fourth, which is due first. */
      beforeEach(async () => {
        for (let n = 1; n <= 6; n++) {
          const service = n % 2 ? 'akta-kelahiran' : 'ktp-hilang-rusak';
          const filed = await file({
            ...{ filedBy: `f${n}`, service, submittedAt: n * 10, dueAt: n === 4 ? 150 : 200 },
          });
          if (n === 5) await store.applications.update({ ...seedWorked(filed), state: 'verification' });
          if (n === 6) await store.applications.update({ ...filed, version: 2, state: 'ready' });
        }
      });

      it('all, due soonest first and then by number, over all states', async () => {
        expect(await list()).toEqual([4, 1, 2, 3, 5, 6]);
        expect(await list({ limit: 2 })).toEqual([4, 1]);
        expect((await store.applications.list({ states: ['verification'], limit: 1 }))[0]).toMatchObject({
          ...{ assignee: RINA, result: [{ file: 'abcd' }] },
        });
      });

      it('page by page, without a gap where many are due together', async () => {
        const pages: number[][] = [];
        for (let after: { dueAt: number; number: string } | undefined; ; ) {
          const page = await store.applications.list({ limit: 2, ...(after ? { after } : {}) });
          if (page.length === 0) break;
          pages.push(numbersOf(page));
          after = page.at(-1);
        }
        expect(pages).toEqual([
          [4, 1],
          [2, 3],
          [5, 6],
        ]);
      });

      it('those in some states, of a service, of an operator or nobody, and by when they were filed', async () => {
        expect(await list({ states: ['ready', 'submitted', 'ready'] })).toEqual([4, 1, 2, 3, 6]);
        expect(await list({ states: [] })).toEqual([]);
        expect(await list({ service: 'akta-kelahiran' })).toEqual([1, 3, 5]);
        expect(await list({ assignee: 'o1' })).toEqual([5]);
        expect(await list({ assignee: 'o2' })).toEqual([]);
        expect(await list({ assignee: null })).toEqual([4, 1, 2, 3, 6]);
        expect(await list({ submittedFrom: 20, submittedUntil: 50 })).toEqual([4, 2, 3]);
        const both = { states: ['submitted'], service: 'ktp-hilang-rusak', submittedFrom: 30 } as const;
        expect(await list(both)).toEqual([4]);
      });

      it('how many are in each state, and how many of those are late', async () => {
        const counts = await store.applications.countStates(200);
        expect(counts.toSorted((a, b) => (a.state < b.state ? -1 : 1))).toEqual([
          { state: 'ready', count: 1, late: 0 },
          { state: 'submitted', count: 4, late: 1 },
          { state: 'verification', count: 1, late: 0 },
        ]);
      });

      it('those with untold news', async () => {
        expect(numbersOf(await store.applications.listUntold(9))).toEqual([5]);
        const [told] = await store.applications.listUntold(9);
        if (told) await store.applications.update({ ...told, version: 3, untold: [] });
        expect(await store.applications.listUntold(9)).toEqual([]);
      });
    });

    it('leaves of an erased case a skeleton that nothing finds, and that no late change brings back', async () => {
      const filed = await file({ marks: ['m1'] });
      const changed = seedWorked(filed);
      await store.applications.update(changed);
      await store.eraseOwner('siti');
      expect(await store.applications.update({ ...changed, version: 3 })).toBe('conflict');
      const skeleton = await store.applications.find(filed.number);
      expect(skeleton).toMatchObject({
        ...{ state: 'correction', dueAt: 200, assignee: RINA },
        ...{ answers: {}, marks: [], verdicts: {}, history: [], result: [], untold: [] },
      });
      expect(skeleton?.pin).not.toMatch(/^\d{6}$/);
      for (const mark of ['m1', 'm2', 'm3']) expect(await store.applications.findByMark(mark)).toEqual([]);
      expect(await store.applications.listUntold(9)).toEqual([]);
      expect(numbersOf(await store.applications.list({ limit: 9 }))).toEqual([1]);
      expect(await store.applications.countStates(0)).toEqual([{ state: 'correction', count: 1, late: 0 }]);
    });
  });
}
