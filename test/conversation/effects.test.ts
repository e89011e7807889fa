import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { type EngineWorld, gate, message, openEngineWorld, type Process } from './engine-world.ts';

let world: EngineWorld;

beforeEach(async () => {
  world = await openEngineWorld();
});
afterEach(() => world.close());

const idOf = (phone: number) => message(phone, '', '').from.id.replace('+', 'c');
const busy = () => new AppError('REMOTE_UNAVAILABLE', { detail: 'busy' });

/** Ends the pause that the runner waits for; returns how long it was. */
async function endPause(process: Process): Promise<number | undefined> {
  const pause = process.pauses.shift();
  if (!pause) return undefined;
  world.clock.pass(pause.ms);
  pause.run();
  await process.quiet();
  return pause.ms;
}

describe('effects', () => {
  it('of one conversation run in order, however long one takes; others go on', async () => {
    const held = gate();
    const order: string[] = [];
    const slow = world.process({
      handlers: {
        say: async (_effect, { conversation }) => {
          if (conversation.id === idOf(1)) await held.promise;
          order.push(`say ${conversation.id}`);
          return {};
        },
        'hand-off': async (_effect, { conversation }) => {
          order.push(`hand-off ${conversation.id}`);
          return {};
        },
      },
    });
    await slow.engine.accept(message(1, 'a', 'halo'));
    await slow.engine.accept(message(1, 'b', 'PETUGAS'));
    await slow.engine.accept(message(2, 'a', 'PETUGAS'));
    await slow.engine.idle();
    while (order.length === 0) await new Promise(setImmediate);
    expect(order).toEqual([`hand-off ${idOf(2)}`]);
    held.resolve();
    await slow.quiet();
    expect(order.slice(1)).toEqual([`say ${idOf(1)}`, `hand-off ${idOf(1)}`]);
    expect(await world.store.jobs.pendingEffects()).toEqual([]);
  });

  it('are never more at once than allowed', async () => {
    const held = gate();
    let running = 0;
    let most = 0;
    const narrow = world.process({
      concurrency: 2,
      handlers: {
        say: async () => {
          running++;
          most = Math.max(most, running);
          await held.promise;
          running--;
          return {};
        },
      },
    });
    for (const phone of [1, 2, 3, 4]) await narrow.engine.accept(message(phone, 'a', 'halo'));
    expect(narrow.effects.size()).toBe(4);
    held.resolve();
    await narrow.quiet();
    expect(most).toBe(2);
    expect(narrow.effects.size()).toBe(0);
  });
});

describe('a try that fails', () => {
  it('is repeated with doubled pauses, told as a repeat, and then done once', async () => {
    const tries: { isRepeat: boolean; tries: number }[] = [];
    const process = world.process({
      handlers: {
        say: async (_effect, { isRepeat, tries: count }) => {
          tries.push({ isRepeat, tries: count });
          if (tries.length < 4) throw busy();
          return {};
        },
      },
    });
    await process.engine.accept(message(1, 'a', 'halo'));
    await process.quiet();
    expect(await world.store.jobs.pendingEffects()).toMatchObject([{ tries: 1 }]);
    const pauses = [await endPause(process), await endPause(process), await endPause(process)];
    expect(pauses).toEqual([500, 1000, 2000]);
    expect(tries).toEqual([
      { isRepeat: false, tries: 0 },
      { isRepeat: true, tries: 1 },
      { isRepeat: true, tries: 2 },
      { isRepeat: true, tries: 3 },
    ]);
    expect(await world.store.jobs.pendingEffects()).toEqual([]);
  });

  it('waits as long as the remote asks, six minutes at most, and looks at the clock in between', async () => {
    const waits = [7_000, 90 * 86_400_000];
    const process = world.process({
      handlers: {
        say: async () => {
          const retryAfterMs = waits.shift();
          if (retryAfterMs) throw new AppError('TOO_MANY_REQUESTS', { detail: 'slow down', retryAfterMs });
          return {};
        },
      },
    });
    await process.engine.accept(message(1, 'a', 'halo'));
    await process.quiet();
    expect(await endPause(process)).toBe(7_000);
    const rest = [await endPause(process), await endPause(process)];
    while (process.pauses.length > 0) rest.push(await endPause(process));
    expect(rest).toEqual(Array(24).fill(15_000));
    expect(await world.store.jobs.pendingEffects()).toEqual([]);
  });

  it('is given up after the last, and a person takes over', async () => {
    const process = world.process({
      maxTries: 3,
      handlers: {
        status: async () => {
          throw busy();
        },
      },
    });
    await process.engine.accept(message(1, 'a', 'status KL-2611-0001-7 123456'));
    await process.quiet();
    expect(await endPause(process)).toBe(500);
    expect(await endPause(process)).toBe(1000);
    expect(process.pauses).toEqual([]);
    const after = await world.store.conversations.load(idOf(1));
    expect(after?.attention).toMatchObject({ status: 'waiting', reason: 'remote-trouble' });
    expect(process.sent.at(-1)).toContain('gangguan');
    expect(await world.store.jobs.pendingEffects()).toEqual([]);
  });

  it('that cannot help is not repeated: a reply that cannot be sent reaches a person', async () => {
    const process = world.process({
      handlers: {
        say: async () => {
          throw new AppError('REMOTE_REFUSED', { detail: 'no such number' });
        },
      },
    });
    await process.engine.accept(message(1, 'a', 'halo'));
    await process.quiet();
    expect(process.pauses).toEqual([]);
    const after = await world.store.conversations.load(idOf(1));
    expect(after?.attention).toMatchObject({ status: 'waiting', reason: 'delivery-failed' });
    const out = (await world.store.conversations.transcript(idOf(1))).filter(
      (one) => one.direction === 'out',
    );
    expect(out.every(({ status }) => status === 'failed')).toBe(true);
    expect(await world.store.jobs.pendingEffects()).toEqual([]);
  });

  it('that was given up can be tried once more, when somebody wants it', async () => {
    let isDown = true;
    const process = world.process({
      handlers: {
        'hand-off': async () => {
          if (isDown) throw new AppError('REMOTE_REFUSED', { detail: 'no' });
          return {};
        },
      },
    });
    await process.engine.accept(message(1, 'a', 'PETUGAS'));
    await process.quiet();
    const [buried] = await world.store.jobs.buried(5);
    expect(buried).toMatchObject({ type: 'hand-off', reason: 'REMOTE_REFUSED', tries: 1 });
    isDown = false;
    expect(await world.store.jobs.revive(buried?.effect ?? '')).toBe(true);
    await process.effects.takeAgain(buried?.effect ?? '');
    await process.quiet();
    expect(await world.store.jobs.pendingEffects()).toEqual([]);
    expect(await world.store.jobs.buried(5)).toEqual([]);
  });

  it('while the store cannot note that it is done, is tried again as a repeat', async () => {
    const repeats: boolean[] = [];
    let isDown = true;
    const { jobs } = world.store;
    const effectDone: typeof jobs.effectDone = async (...args) => {
      if (isDown) throw new AppError('STORE_UNAVAILABLE', { detail: 'disk full' });
      return jobs.effectDone(...args);
    };
    const effectRetry: typeof jobs.effectRetry = async () => {
      throw new AppError('STORE_UNAVAILABLE', { detail: 'disk full' });
    };
    const process = world.process({
      store: { jobs: { ...jobs, effectDone, effectRetry } },
      handlers: {
        say: async (_effect, { isRepeat }) => {
          repeats.push(isRepeat);
          return {};
        },
      },
    });
    await process.engine.accept(message(1, 'a', 'halo'));
    await process.quiet();
    isDown = false;
    await endPause(process);
    expect(repeats).toEqual([false, true]);
    expect(await jobs.pendingEffects()).toEqual([]);
  });
});

describe('after a crash', () => {
  it('what was committed is carried on by the next process, as a repeat, in order', async () => {
    const dead = world.process();
    await dead.effects.stop();
    await dead.engine.accept(message(1, 'a', 'halo'));
    await dead.engine.accept(message(1, 'b', 'status KL-2611-0001-7 123456'));
    await dead.engine.idle();
    expect(dead.sent).toEqual([]);
    const repeats: boolean[] = [];
    const next = world.process({
      handlers: {
        status: async (_effect, { isRepeat }) => {
          repeats.push(isRepeat);
          return { result: { ok: false, reason: 'unknown' } };
        },
      },
    });
    await next.effects.recover();
    await next.quiet();
    expect(repeats).toEqual([true]);
    expect(next.sent).toHaveLength(2);
    expect(next.sent[1]).toContain('belum cocok');
    expect(await world.store.jobs.pendingEffects()).toEqual([]);
  });

  it('a later try keeps its time and its count', async () => {
    const process = world.process({
      handlers: {
        say: async () => {
          throw busy();
        },
      },
    });
    await process.engine.accept(message(1, 'a', 'halo'));
    await process.quiet();
    await process.effects.stop();
    const next = world.process();
    await next.effects.recover();
    await next.quiet();
    expect(next.sent).toEqual([]);
    expect(await endPause(next)).toBe(500);
    expect(next.sent).toHaveLength(1);
  });

  it('a time that a wrong clock has set far ahead holds nothing back', async () => {
    const process = world.process({
      handlers: {
        say: async () => {
          throw busy();
        },
      },
    });
    world.clock.pass(40 * 60_000);
    await process.engine.accept(message(1, 'a', 'halo'));
    await process.quiet();
    await process.effects.stop();
    world.clock.pass(-40 * 60_000);
    const next = world.process();
    await next.effects.recover();
    await next.quiet();
    expect(next.sent).toHaveLength(1);
  });

  it('a stop does not begin what waited for its turn', async () => {
    const held = gate();
    const narrow = world.process({
      concurrency: 1,
      handlers: {
        say: async () => {
          await held.promise;
          return {};
        },
      },
    });
    await narrow.engine.accept(message(1, 'a', 'halo'));
    await narrow.engine.accept(message(2, 'a', 'halo'));
    const stopped = narrow.effects.stop();
    held.resolve();
    await stopped;
    expect(await world.store.jobs.pendingEffects()).toHaveLength(1);
  });

  it('a stop waits for what is under way and loses nothing of the rest', async () => {
    const held = gate();
    const begun = gate();
    const process = world.process({
      handlers: {
        say: async ({ params }) => {
          begun.resolve();
          await held.promise;
          return { sent: { entry: String(params.entry), status: 'sent' } };
        },
      },
    });
    await process.engine.accept(message(1, 'a', 'halo'));
    await process.engine.accept(message(1, 'b', 'MENU'));
    await begun.promise;
    const stopped = process.effects.stop();
    held.resolve();
    await stopped;
    expect(await world.store.jobs.pendingEffects()).toHaveLength(1);
    const next = world.process();
    await next.effects.recover();
    await next.quiet();
    expect(next.sent).toHaveLength(1);
    expect(await world.store.jobs.pendingEffects()).toEqual([]);
  });
});
