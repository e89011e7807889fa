import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCounts } from '../../src/conversation/counts.ts';
import type { CountStore } from '../../src/conversation/ports.ts';
import { openStore, quiet } from '../channels/twilio/world.ts';

let store: ReturnType<typeof openStore>;
let now: number;
let isDown: boolean;

beforeEach(() => {
  store = openStore();
  now = Date.parse('2026-03-10T15:59:00Z');
  isDown = false;
});

afterEach(() => store.close());

function open(everyMs?: number) {
  const breakable: Pick<CountStore, 'add'> = {
    add: async (counts) => {
      if (isDown) throw new Error('down');
      await store.counts.add(counts);
    },
  };
  return createCounts({
    store: breakable,
    clock: { now: () => now },
    timeZone: 'Asia/Makassar',
    log: quiet,
    ...(everyMs === undefined ? {} : { everyMs }),
  });
}

const stored = () => store.counts.list('2026-01-01', '2026-12-31');

describe('what the statistics count', () => {
  it('is added up by name and by the day of the office', async () => {
    const counts = open();
    counts.count(['begun:ktp', 'asked:ktp:nama']);
    counts.count(['begun:ktp']);
    now += 60_000; // midnight in WITA
    counts.count(['begun:ktp']);
    await counts.stop();
    expect(await stored()).toEqual([
      { day: '2026-03-10', name: 'asked:ktp:nama', count: 1 },
      { day: '2026-03-10', name: 'begun:ktp', count: 2 },
      { day: '2026-03-11', name: 'begun:ktp', count: 1 },
    ]);
  });

  it('follows a clock that is set back', async () => {
    const counts = open();
    now += 60_000;
    counts.count(['resolved']);
    now -= 60_000;
    counts.count(['resolved']);
    await counts.stop();
    expect((await stored()).map(({ day }) => day)).toEqual(['2026-03-10', '2026-03-11']);
  });

  it('is written by itself after a while', async () => {
    open(5).count(['resolved']);
    await vi.waitFor(async () => expect(await stored()).toHaveLength(1));
  });

  it('is kept, and written once, when the store is away', async () => {
    const counts = open(5);
    isDown = true;
    counts.count(['resolved']);
    await counts.flush();
    counts.count(['resolved']);
    isDown = false;
    await vi.waitFor(async () => expect(await stored()).toMatchObject([{ count: 2 }]));
    await counts.stop();
    expect(await stored()).toMatchObject([{ count: 2 }]);
  });

  it('takes no more memory than for a bounded number of names while the store is away', async () => {
    const counts = open();
    isDown = true;
    counts.count(Array.from({ length: 30_000 }, (_, i) => `asked:x:${i}`));
    await counts.flush();
    counts.count(['asked:x:1', 'asked:x:29999']);
    isDown = false;
    await counts.stop();
    const all = await stored();
    expect(all).toHaveLength(20_000);
    expect(all.find(({ name }) => name === 'asked:x:1')?.count).toBe(2);
  });

  it('costs the store nothing when there is nothing', async () => {
    const add = vi.fn();
    const counts = createCounts({
      store: { add },
      clock: { now: () => now },
      timeZone: 'Asia/Jakarta',
      log: quiet,
    });
    counts.count([]);
    await counts.stop();
    expect(add).not.toHaveBeenCalled();
  });
});
