import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { describeWith } from '../../services.ts';
import { useRedis } from './world.ts';

const NOW_MS = () => Date.now();

describeWith('redis', 'Locks in Redis', () => {
  const { server, open } = useRedis();
  /** What `performance.now()` shows beyond the truth: a process that was stopped for so long. */
  let stoodStillMs = 0;
  beforeEach(() => {
    stoodStillMs = 0;
    const real = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => real() + stoodStillMs);
  });
  afterEach(() => vi.restoreAllMocks());

  it('are had by one at a time, and by the next when let go', async () => {
    const [a, b] = [await open(), await open()];
    const first = await a.locks.take('c1');
    expect(first?.isHeld()).toBe(true);
    expect(await b.locks.take('c1')).toBeUndefined();
    expect(await b.locks.take('c2')).toBeDefined();
    await first?.release();
    expect(first?.isHeld()).toBe(false);
    expect(await b.locks.take('c1')).toBeDefined();
  });

  it('tell the holder that somebody knocked, who then keeps it once more', async () => {
    const [a, b] = [await open(), await open()];
    const lock = await a.locks.take('c1');
    await b.locks.take('c1');
    expect(await lock?.leave()).toBe(false);
    expect(lock?.isHeld()).toBe(true);
    expect(await lock?.leave()).toBe(true);
    expect(await b.locks.take('c1')).toBeDefined();
  });

  it('that were let go leave no doubt; that were not, make the next look first', async () => {
    const [a, b] = [await open(), await open()];
    const later = NOW_MS() + 60_000;
    const clean = await a.locks.take('c1');
    expect(clean?.trust(later)).toEqual({ isRepeat: false, waitMs: 0 });
    await clean?.release();
    expect((await b.locks.take('c1'))?.trust(later).isRepeat).toBe(false);
    await a.locks.take('c2');
    await runOut('c2');
    const taken = await b.locks.take('c2');
    expect(taken?.trust(NOW_MS()).isRepeat).toBe(true);
    // What is committed after the taking nobody can have begun.
    expect(taken?.trust(later).isRepeat).toBe(false);
    await taken?.abandon();
    expect((await a.locks.take('c2'))?.trust(NOW_MS()).isRepeat).toBe(true);
  });

  it('are lost for good by a process that stood still, also when Redis has forgotten them', async () => {
    const a = await open();
    const lock = await a.locks.take('c1');
    stoodStillMs = 5_500;
    expect(lock?.isHeld()).toBe(false);
    stoodStillMs = 0;
    expect(lock?.isHeld()).toBe(false);
  });

  it('are put back by their holder when Redis was emptied; older work waits, then is looked at first', async () => {
    const [a, b] = [await open(), await open()];
    const lock = await a.locks.take('c1');
    const committedAt = NOW_MS();
    await server().command('FLUSHALL');
    const other = await b.locks.take('c2');
    expect(other?.trust(committedAt).isRepeat).toBe(true);
    expect(other?.trust(committedAt).waitMs).toBeGreaterThan(5_000);
    expect(other?.trust(committedAt + 10_000)).toEqual({ isRepeat: false, waitMs: 0 });
    stoodStillMs = 7_500;
    expect(other?.trust(committedAt)).toEqual({ isRepeat: true, waitMs: 0 });
    stoodStillMs = 0;
    stoodStillMs = 1_600;
    await vi.waitFor(async () => expect(await keysOf('c1')).toHaveLength(1), { timeout: 3_000 });
    expect(lock?.isHeld()).toBe(true);
    expect(await b.locks.take('c1')).toBeUndefined();
  });

  it('cannot be had while Redis is away, and the fault says that it may be tried again', async () => {
    const a = await open();
    await server().kill();
    await expect(a.locks.take('c1')).rejects.toMatchObject({ code: 'REMOTE_UNAVAILABLE', retry: true });
    await server().start();
    await vi.waitFor(() => a.ping(), { timeout: 5_000 });
    expect(await a.locks.take('c1')).toBeDefined();
  });

  async function keysOf(key: string): Promise<string[]> {
    return (await server().command('KEYS', `*:${key}`)) as string[];
  }

  /** As if its time were over: nobody renewed it. */
  async function runOut(key: string): Promise<void> {
    for (const name of await keysOf(key)) await server().command('HSET', name, 'ends', '1');
  }
});
