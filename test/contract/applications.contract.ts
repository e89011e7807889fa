/** What every ApplicationStore promises. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Application } from '../../src/applications/ports.ts';
import type { Store } from '../../src/store/types.ts';

type Opened = Pick<Store, 'applications' | 'close'>;

const draft = (changes: Partial<Application> & { series?: string } = {}) => ({
  filedBy: 'siti.4.0',
  conversation: 'siti',
  service: 'akta-kelahiran',
  state: 'submitted' as const,
  answers: { nik: { v: '3273014107900001' } },
  pin: '482913',
  submittedAt: 100,
  dueAt: 200,
  pinFailures: 0,
  pinLockedUntil: 0,
  series: 'KL-2611',
  numberFor: (serial: number) => `KL-2611-${serial}`,
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
      expect(filed).toEqual({ ...rest, number: numberFor(1), version: 1 });
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
  });
}
