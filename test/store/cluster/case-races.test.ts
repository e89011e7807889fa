/** Two processes on one database: what one of them may not do twice, both together may not do twice either. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../../src/store/open.ts';
import { seedDraft } from '../../contract/seeds.ts';
import { describeEachMongo } from '../../each-mongo.ts';
import { whole } from '../whole.ts';

const draft = (filedBy: string) => seedDraft({ filedBy, marks: ['m1'] });

await describeEachMongo('Cases, papers and the log under two processes', ({ freshUrl, open }) => {
  let stores: [Store, Store];
  beforeEach(async () => {
    const url = freshUrl();
    stores = [await open(url), await open(url)];
  });
  afterEach(() => Promise.all(stores.map((store) => store.close())));

  /** Runs `work` many times at once, in turn on either. */
  const race = <T>(times: number, work: (store: Store, n: number) => Promise<T>) =>
    Promise.all(Array.from({ length: times }, (_, n) => work(stores[n % 2 ? 1 : 0], n)));
  it('give one number to one filing, and never a number twice', async () => {
    const filed = await race(40, (store, n) => store.applications.create(draft(`siti:${n >> 1}`)));
    expect(new Set(filed.map(({ number }) => number)).size).toBe(20);
    expect(new Set(filed.map(({ filedBy, number }) => `${filedBy} ${number}`)).size).toBe(20);
  });

  it('let one of many that change the same version win', async () => {
    const filed = await stores[0].applications.create(draft('siti:1'));
    for (let version = 2; version <= 6; version++) {
      const answers = await race(10, (store, n) =>
        store.applications.update({ ...filed, version, dueAt: n }),
      );
      expect(answers.filter((answer) => answer === 'updated')).toHaveLength(1);
      const stored = await stores[1].applications.find(filed.number);
      expect(stored).toMatchObject({ version, dueAt: answers.indexOf('updated') });
    }
  });

  it('list and find each application once, as it stands, while both change it', async () => {
    const filed = await race(4, (store, n) => store.applications.create(draft(`siti:${n}`)));
    const found: number[] = [];
    await race(4, async (store, n) => {
      const application = filed[n];
      for (let version = 2; application && version <= 6; version++) {
        await store.applications.update({ ...application, version, untold: [] });
        found.push((await store.applications.findByMark('m1')).length);
      }
    });
    expect(Math.max(...found)).toBeLessThanOrEqual(4);
    const now = await stores[0].applications.list({ limit: 9 });
    expect(now.map(({ version }) => version)).toEqual([6, 6, 6, 6]);
    expect(await stores[1].applications.countStates(0)).toEqual([{ state: 'submitted', count: 4, late: 0 }]);
  });

  it('lose no count, and let one of many that write a setting win', async () => {
    await race(40, (store) => store.counts.add([{ day: '2026-11-10', name: 'filed', count: 1 }]));
    const counts = await stores[0].counts.list('2026-11-10', '2026-11-10');
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(40);
    for (let version = 1; version <= 4; version++) {
      const answers = await race(10, (store, n) => store.settings.write('notices', version, n));
      expect(answers.filter((answer) => answer === 'written')).toHaveLength(1);
      const value = answers.indexOf('written');
      expect(await stores[1].settings.read('notices')).toEqual({ version, value });
    }
  });

  it('use a link once, and count every wrong PIN', async () => {
    const facts = { kind: 'download' as const, conversation: 'siti', expiresAt: 9 };
    const link = { tokenHash: 'h1', ...facts, failures: 0 };
    await stores[0].links.create(link);
    const counts = await race(20, (store) => store.links.fail('h1'));
    expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    const answers = await race(20, (store, n) => store.links.use('h1', n));
    expect(answers.filter(Boolean)).toHaveLength(1);
    const used = { ...link, failures: 20, usedAt: answers.indexOf(true) };
    expect(await stores[1].links.find('h1')).toEqual(used);
  });

  it('write one audit log, without a gap and no line twice', async () => {
    await race(100, (store, n) =>
      store.audit.append({ at: n, actor: 'o1', action: 'case.view', subject: `s${n}`, details: { n } }),
    );
    for (const { audit } of stores) expect(await audit.verify()).toEqual({ ok: true, entries: 100 });
    const subjects = (await stores[0].audit.list({ limit: 200 })).map(({ subject }) => subject);
    expect(new Set(subjects).size).toBe(100);
  });

  it('open one file whole, whichever wrote it last', async () => {
    await race(6, (store, n) =>
      store.files.put({
        ...{ id: 'abcd', owner: 'siti', contentType: 'image/jpeg', sizeBytes: 1, at: 5 },
        sealed: [Buffer.alloc(100_000 + n, n)],
      }),
    );
    const [one, other] = await race(2, (store) => store.files.get('abcd'));
    const [first, second] = [await whole(one?.sealed), await whole(other?.sealed)];
    const mark = first[0] ?? 99;
    expect(first.equals(Buffer.alloc(100_000 + mark, mark))).toBe(true);
    expect(second.equals(first)).toBe(true);
  });
});
