import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { createHub } from '../../../src/store/hub.ts';
import { openShared } from '../../../src/store/redis/open.ts';
import { describeHub } from '../../contract/hub.contract.ts';
import { describeWith } from '../../services.ts';
import { useRedis } from './world.ts';

describeWith('redis', 'News through Redis', () => {
  const { server, open } = useRedis();
  describeHub('Redis', open);

  it('reach listeners of other processes once, and end with the listening', async () => {
    const [a, b] = [await open(), await open()];
    const heard: unknown[] = [];
    const leave = b.hub.subscribe('inbox', (message) => heard.push(message));
    let sent = 0;
    await vi.waitFor(() => {
      a.hub.publish('inbox', ++sent);
      expect(heard).not.toHaveLength(0);
    });
    await vi.waitFor(() => expect(heard.at(-1)).toBe(sent));
    expect(new Set(heard).size).toBe(heard.length);
    leave();
    const before = heard.length;
    a.hub.publish('inbox', 'late');
    await b.ping();
    expect(heard).toHaveLength(before);
  });

  it('come again after Redis was away', async () => {
    const [a, b] = [await open(), await open()];
    const heard = vi.fn();
    b.hub.subscribe('inbox', heard);
    await server().kill();
    a.hub.publish('inbox', 'lost');
    await server().start();
    await vi.waitFor(
      () => {
        a.hub.publish('inbox', 'found');
        expect(heard).toHaveBeenCalledWith('found');
      },
      { timeout: 8_000, interval: 100 },
    );
    expect(heard).not.toHaveBeenCalledWith('lost');
  });
});

describeWith('redis', 'Leases in Redis', () => {
  const { server, open } = useRedis();

  it('are had by one, pass on when given up, and their number rises, even when Redis was emptied', async () => {
    const [a, b] = [await open(), await open()];
    const changes: (number | undefined)[] = [];
    const first = a.leases.keep('timers', (fence) => changes.push(fence));
    await vi.waitFor(() => expect(first.state()).toBe('ours'));
    const second = b.leases.keep('timers');
    await vi.waitFor(() => expect(second.state()).toBe('others'));
    expect(second.fence()).toBeUndefined();
    const before = first.fence() ?? 0;
    await first.stop();
    expect(first.state()).not.toBe('ours');
    expect(changes).toEqual([before, undefined]);
    await vi.waitFor(() => expect(second.state()).toBe('ours'), { timeout: 3_000 });
    const between = second.fence() ?? 0;
    expect(between).toBeGreaterThan(before);
    await server().command('FLUSHALL');
    await vi.waitFor(() => expect(second.fence()).toBeGreaterThan(between), { timeout: 3_000 });
    await second.stop();
  });

  it('are unknown while Redis is away', async () => {
    const a = await open();
    const lease = a.leases.keep('relay');
    await vi.waitFor(() => expect(lease.state()).toBe('ours'));
    await server().kill();
    await vi.waitFor(() => expect(lease.state()).toBe('unknown'), { timeout: 6_000, interval: 100 });
    expect(lease.fence()).toBeUndefined();
    await server().start();
    await vi.waitFor(() => expect(lease.state()).toBe('ours'), { timeout: 8_000, interval: 100 });
    await lease.stop();
  });
});

describeWith('redis', 'Limits in Redis', () => {
  const { server, open } = useRedis();
  const bucket = { burst: 4, perSecond: 0.001 };

  it('count for all processes together and tell the first time apart', async () => {
    const [a, b] = [await open(), await open()];
    const seen: unknown[] = [];
    for (const { limits } of [a, b, a, b, a, b]) seen.push(await limits.take('flood-c1', bucket));
    expect(seen).toEqual(['fine', 'fine', 'fine', 'fine', 'first', 'over']);
    expect(await a.limits.take('flood-c2', bucket)).toBe('fine');
  });

  it('let go on soon when Redis hangs', async () => {
    const a = await open();
    server().pause();
    const begun = performance.now();
    expect(await a.limits.take('flood-c1', bucket)).toBeUndefined();
    expect(performance.now() - begun).toBeLessThan(1_000);
    server().resume();
  });
});

describeWith('redis', 'The work queue', () => {
  const { server, open } = useRedis();

  it('brings each wake to one worker, and a pause brings it back', async () => {
    const [web, one, two] = [await open(), await open(), await open()];
    const seen: string[] = [];
    let isPaused = false;
    const look = (who: string) => async (conversation: string) => {
      seen.push(`${who} ${conversation}`);
      if (conversation !== 'c3' || isPaused) return undefined;
      isPaused = true;
      return 50;
    };
    const stops = [one.queue.work(look('one'), 2), two.queue.work(look('two'), 2)];
    for (const conversation of ['c1', 'c2', 'c3']) web.queue.wake(conversation, 1);
    const names = () => seen.map((line) => line.split(' ')[1]).sort();
    await vi.waitFor(() => expect(names()).toEqual(['c1', 'c2', 'c3', 'c3']), { timeout: 5_000 });
    await vi.waitFor(async () => expect(await web.queue.size()).toBe(0));
    for (const stop of stops) await stop();
  });

  it('does not double what waits for a later try', async () => {
    const [web, worker] = [await open(), await open()];
    const look = vi.fn(async () => 60_000);
    const stop = worker.queue.work(look, 2);
    await web.queue.wakeLeft(['c1']);
    await vi.waitFor(() => expect(look).toHaveBeenCalledOnce());
    await web.queue.wakeLeft(['c1']);
    await setImmediate();
    expect(await web.queue.size()).toBe(1);
    await stop();
    expect(look).toHaveBeenCalledOnce();
  });

  it('a stop waits for what is under way', async () => {
    const [web, worker] = [await open(), await open()];
    const held = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const stop = worker.queue.work(async () => {
      begun.resolve();
      await held.promise;
      return undefined;
    }, 1);
    web.queue.wake('c1', 1);
    await begun.promise;
    let isStopped = false;
    const stopped = stop().then(() => {
      isStopped = true;
    });
    await setImmediate();
    expect(isStopped).toBe(false);
    held.resolve();
    await stopped;
    expect(await web.queue.size()).toBe(0);
  });

  it('loses wakes while Redis is away, counts them, and works again when it is back', async () => {
    const [web, worker] = [await open(), await open()];
    const look = vi.fn(async () => undefined);
    const stop = worker.queue.work(look, 2);
    await server().kill();
    await vi.waitFor(() => expect(web.ping()).rejects.toThrow());
    web.queue.wake('c1', 1);
    await vi.waitFor(() => expect(web.queue.lostWakes()).toBe(1));
    await server().start();
    await vi.waitFor(() => web.ping(), { timeout: 5_000 });
    web.queue.wake('c2', 1);
    await vi.waitFor(() => expect(look).toHaveBeenCalledWith('c2'), { timeout: 8_000 });
    await server().command('FLUSHALL');
    web.queue.wake('c3', 1);
    await vi.waitFor(() => expect(look).toHaveBeenCalledWith('c3'), { timeout: 8_000 });
    await stop();
  });
});

describe('without Redis', () => {
  it('a process starts all the same, and says so when asked', async () => {
    const shared = await openShared({ redisUrl: 'redis://127.0.0.1:1', localHub: createHub() });
    await expect(shared.ping()).rejects.toMatchObject({ code: 'REMOTE_UNAVAILABLE' });
    shared.queue.wake('c1', 1);
    shared.hub.publish('inbox', 1);
    expect(shared.queue.lostWakes()).toBe(1);
    await shared.close();
  });
});
