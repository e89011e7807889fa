import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { describeWith } from '../services.ts';
import { useRedis } from '../store/redis/world.ts';
import {
  type EngineWorld,
  gate,
  message,
  openEngineWorld,
  type Process,
  type ProcessOptions,
} from './engine-world.ts';

const STATUS = 'status KL-2611-0001-7 123456';
const idOf = (phone: number) => message(phone, '', '').from.id.replace('+', 'c');
const busy = () => new AppError('REMOTE_UNAVAILABLE', { detail: 'busy' });
const soon = { timeout: 8_000, interval: 20 };

describeWith('redis', 'effects that many processes share', () => {
  const { server, open, age } = useRedis();
  let world: EngineWorld;
  let processes: Process[] = [];

  beforeEach(async () => {
    world = await openEngineWorld();
    await age();
  });
  afterEach(async () => {
    await Promise.all(processes.map(({ effects }) => effects.stop()));
    processes = [];
    await world.close();
  });

  /** One that takes messages. */
  async function web(options: ProcessOptions = {}): Promise<Process> {
    const process = world.process({ ...options, shared: await open() });
    processes.push(process);
    return process;
  }

  /** One that works effects off. */
  async function worker(options: ProcessOptions = {}): Promise<Process> {
    const process = await web(options);
    await process.effects.recover();
    return process;
  }

  const nothingLeft = () =>
    vi.waitFor(async () => expect(await world.store.jobs.pendingEffects()).toEqual([]), soon);

  it('are done by a worker, their results with what follows from them too', async () => {
    const { engine, sent } = await web();
    const unknown = { status: async () => ({ result: { ok: false, reason: 'unknown' } }) };
    const one = await worker({ handlers: unknown });
    await engine.accept(message(1, 'a', STATUS));
    await vi.waitFor(() => expect(one.sent.at(-1)).toContain('belum cocok'), soon);
    await nothingLeft();
    expect(sent).toEqual([]);
  });

  it('are done once and in order, whoever takes the messages and whoever works', async () => {
    const webs = [await web(), await web()];
    const order: string[] = [];
    const say = async ({ params }: { params: { entry?: unknown } }) => {
      order.push(String(params.entry));
      return { sent: { entry: String(params.entry), status: 'sent' as const } };
    };
    for (let i = 0; i < 2; i++) await worker({ handlers: { say } });
    const phones = [1, 2, 3];
    for (let i = 0; i < 6; i++)
      await Promise.all(phones.map((phone) => webs[i % 2]?.engine.accept(message(phone, `m${i}`, 'MENU'))));
    await nothingLeft();
    expect(new Set(order).size).toBe(18);
    for (const phone of phones) {
      const versions = order.filter((id) => id.startsWith(idOf(phone))).map((id) => Number(id.split('.')[1]));
      expect(versions).toEqual([1, 2, 3, 4, 5, 6]);
    }
  });

  it('that come while a conversation is in hand wait for it, and are not forgotten', async () => {
    const held = gate();
    let running = 0;
    let most = 0;
    const say = async () => {
      most = Math.max(most, ++running);
      await held.promise;
      running--;
      return {};
    };
    const shared = await open();
    const { engine } = await web();
    // It has one thing in hand, so that the others come to the second one.
    await worker({ handlers: { say }, concurrency: 1 });
    await engine.accept(message(1, 'a', 'halo'));
    await vi.waitFor(() => expect(running).toBe(1), soon);
    await worker({ handlers: { say } });
    await engine.accept(message(1, 'b', 'MENU'));
    await engine.accept(message(1, 'c', 'MENU'));
    await vi.waitFor(async () => expect(await shared.queue.size()).toBe(1), soon);
    held.resolve();
    // Sooner than it would be found left.
    await vi.waitFor(async () => expect(await world.store.jobs.pendingEffects()).toEqual([]), {
      timeout: 4_000,
    });
    expect(most).toBe(1);
  });

  it('that fail are tried again when it is time, as a repeat, and buried at the end', async () => {
    const { engine, effects } = await web();
    const tries: boolean[] = [];
    await worker({
      maxTries: 2,
      handlers: {
        status: async (_effect, { isRepeat }) => {
          tries.push(isRepeat);
          throw busy();
        },
      },
    });
    await engine.accept(message(1, 'a', STATUS));
    await vi.waitFor(() => expect(tries).toEqual([false]), soon);
    await vi.waitFor(
      async () => expect(await world.store.jobs.pendingEffects()).toMatchObject([{ tries: 1 }]),
      soon,
    );
    world.clock.pass(500);
    await vi.waitFor(async () => expect(await world.store.jobs.buried(5)).toHaveLength(1), soon);
    expect(tries).toEqual([false, true]);
    expect(await world.store.jobs.buried(5)).toMatchObject([
      { conversation: idOf(1), type: 'status', reason: 'REMOTE_UNAVAILABLE', tries: 2 },
    ]);
    expect((await world.store.conversations.load(idOf(1)))?.attention).toMatchObject({
      reason: 'remote-trouble',
    });
    await nothingLeft();
    const [buried] = await world.store.jobs.buried(5);
    await world.store.jobs.revive(buried?.effect ?? '');
    await effects.takeAgain(buried?.effect ?? '');
    await vi.waitFor(() => expect(tries).toHaveLength(3), soon);
  });

  it('that could not be noted are looked at first by the next one', async () => {
    const { engine } = await web();
    const { jobs } = world.store;
    let isDown = true;
    const effectDone: typeof jobs.effectDone = async (...args) => {
      if (isDown) throw new AppError('STORE_UNAVAILABLE', { detail: 'down' });
      return jobs.effectDone(...args);
    };
    const effectRetry: typeof jobs.effectRetry = async () => {
      throw new AppError('STORE_UNAVAILABLE', { detail: 'down' });
    };
    const repeats: boolean[] = [];
    await worker({
      store: { jobs: { ...jobs, effectDone, effectRetry } },
      handlers: {
        say: async (_effect, { isRepeat }) => {
          repeats.push(isRepeat);
          return {};
        },
      },
    });
    await engine.accept(message(1, 'a', 'halo'));
    await vi.waitFor(() => expect(repeats).toEqual([false]), soon);
    isDown = false;
    await nothingLeft();
    expect(repeats).toEqual([false, true]);
  });

  it('in the hands of a worker that died are found and taken over, as a repeat', async () => {
    const { engine } = await web();
    await engine.accept(message(1, 'a', 'halo'));
    // As after kill -9: it took the conversation, and neither renews it nor lets go.
    const dead = await open();
    await dead.locks.take(idOf(1));
    await dead.close();
    const [lock = ''] = (await server().command('KEYS', `*:{lock*}:${idOf(1)}`)) as string[];
    const repeats: boolean[] = [];
    const next = await worker({
      machineAheadMs: 10_000,
      handlers: {
        say: async (_effect, { isRepeat }) => {
          repeats.push(isRepeat);
          return {};
        },
      },
    });
    await server().command('HSET', lock, 'ends', '1');
    await next.relay?.look();
    await nothingLeft();
    expect(repeats).toEqual([true]);
  });

  it('of messages that were taken while Redis was away are found when it is back', async () => {
    const { engine } = await web();
    await server().kill();
    expect(await engine.accept(message(1, 'a', 'halo'))).toBe('accepted');
    await server().start();
    await age();
    const next = await worker({ machineAheadMs: 10_000 });
    await vi.waitFor(async () => {
      await next.relay?.look();
      expect(next.sent).toHaveLength(1);
    }, soon);
    await nothingLeft();
  });

  it('a flood at several processes is one flood, told once', async () => {
    const webs = [await web(), await web()];
    const one = await worker();
    const flood = Array.from({ length: 220 }, (_, i) =>
      webs[i % 2]?.engine.accept(message(1, `m${i}`, 'MENU')),
    );
    await Promise.all(flood);
    await nothingLeft();
    expect(one.sent.filter((text) => text.includes('cepat sekali'))).toHaveLength(1);
    expect(one.sent.length).toBeLessThan(190);
    expect((await world.store.conversations.load(idOf(1)))?.version).toBe(220);
  });

  it('that a stopping worker has not begun are left to the others', async () => {
    const held = gate();
    const { engine } = await web();
    const begun: string[] = [];
    const stopping = await worker({
      handlers: {
        say: async () => {
          begun.push('say');
          await held.promise;
          return {};
        },
      },
    });
    await engine.accept(message(1, 'a', 'halo'));
    await vi.waitFor(() => expect(begun).toHaveLength(1), soon);
    await engine.accept(message(1, 'b', 'MENU'));
    const stopped = stopping.effects.stop();
    held.resolve();
    await stopped;
    expect(begun).toHaveLength(1);
    expect(await world.store.jobs.pendingEffects()).toHaveLength(1);
    const next = await worker();
    await vi.waitFor(() => expect(next.sent).toHaveLength(1), soon);
    await nothingLeft();
  });
});
