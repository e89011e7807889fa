/** What every CountStore and SettingStore promises. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/types.ts';

type Opened = Pick<Store, 'counts' | 'settings' | 'close'>;

export function describeOffice(name: string, open: () => Promise<Opened>): void {
  let store: Opened;
  const use = () => {
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());
  };

  describe(`CountStore of ${name}`, () => {
    use();
    const add = (day: string, name: string, count: number) => store.counts.add([{ day, name, count }]);

    /** Added up, as every reader must. */
    async function sums(from: string, until: string): Promise<{ [key: string]: number }> {
      const totals: { [key: string]: number } = {};
      for (const { day, name, count } of await store.counts.list(from, until))
        totals[`${day} ${name}`] = (totals[`${day} ${name}`] ?? 0) + count;
      return totals;
    }

    it('adds up by day and name, also what comes at once or twice in one call', async () => {
      await Promise.all(Array.from({ length: 20 }, () => add('2026-11-10', 'asked:akta:nik', 2)));
      await store.counts.add([
        { day: '2026-11-10', name: 'asked:akta:nik', count: 1 },
        { day: '2026-11-10', name: 'asked:akta:nik', count: 1 },
        { day: '2026-11-10', name: 'filed:akta', count: 3 },
      ]);
      expect(await sums('2026-11-10', '2026-11-10')).toEqual({
        '2026-11-10 asked:akta:nik': 42,
        '2026-11-10 filed:akta': 3,
      });
    });

    it('lists the days asked for, the first and last included', async () => {
      for (const day of ['2026-10-31', '2026-11-01', '2026-11-30', '2026-12-01']) await add(day, 'n', 1);
      expect(Object.keys(await sums('2026-11-01', '2026-11-30'))).toEqual(['2026-11-01 n', '2026-11-30 n']);
      expect(await sums('2027-01-01', '2027-12-31')).toEqual({});
    });

    it('takes nothing, and very much, in one call', async () => {
      await store.counts.add([]);
      await store.counts.add(
        Array.from({ length: 200 }, (_, n) => ({ day: '2026-11-10', name: `n${n}`, count: n })),
      );
      expect(Object.keys(await sums('2026-11-10', '2026-11-10'))).toHaveLength(200);
    });
  });

  describe(`SettingStore of ${name}`, () => {
    use();
    const notices = [{ kind: 'siak', since: 5, reason: 'Gangguan pusat' }];

    it('gives back what was written last, each name for itself', async () => {
      expect(await store.settings.read('notices')).toBeUndefined();
      expect(await store.settings.write('notices', 1, notices)).toBe('written');
      expect(await store.settings.write('officers', 1, { budi: { village: 'Sukamaju' } })).toBe('written');
      expect(await store.settings.read('notices')).toEqual({ version: 1, value: notices });
      expect(await store.settings.write('notices', 2, [])).toBe('written');
      expect(await store.settings.read('notices')).toEqual({ version: 2, value: [] });
      expect(await store.settings.read('officers')).toMatchObject({ version: 1 });
    });

    it('lets one of many that write the same version win', async () => {
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, n) => store.settings.write('notices', 1, n)),
      );
      expect(answers.filter((answer) => answer === 'written')).toHaveLength(1);
      expect(await store.settings.read('notices')).toEqual({
        version: 1,
        value: answers.indexOf('written'),
      });
    });

    it('answers conflict to one who read it long ago, or invents a version', async () => {
      for (const version of [1, 2, 3]) await store.settings.write('notices', version, version);
      for (const version of [0, 1, 2, 3, 5])
        expect(await store.settings.write('notices', version, 'late')).toBe('conflict');
      expect(await store.settings.read('notices')).toEqual({ version: 3, value: 3 });
      expect(await store.settings.write('officers', 2, {})).toBe('conflict');
    });
  });
}
