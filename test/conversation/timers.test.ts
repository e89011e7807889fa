import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/conversation/ports.ts';
import { createTimers } from '../../src/conversation/timers.ts';
import { type EngineWorld, gate, message, openEngineWorld, type Process } from './engine-world.ts';

const HOUR_MS = 3_600_000;
let world: EngineWorld;
let process: Process;

beforeEach(async () => {
  world = await openEngineWorld();
  process = world.process();
  await tell('1', 'SETUJU', '1');
});
afterEach(() => world.close());

let count = 0;
/** Each text, answered, at the time that the clock shows. */
async function tell(...texts: string[]): Promise<void> {
  for (const text of texts) {
    await process.engine.accept(message(1, `m${++count}`, text, world.clock.now()));
    await process.quiet();
  }
}

describe('timers', () => {
  it('come when they are due, not before, and once', async () => {
    world.clock.pass(2 * HOUR_MS);
    await process.timers.look();
    await process.quiet();
    expect(process.sent.at(-1)).toContain('Nama lengkap');
    expect(process.sent.join()).not.toContain('belum selesai diisi');
    world.clock.pass(2 * HOUR_MS);
    expect(await process.timers.look()).toBe(1);
    await process.quiet();
    expect(process.sent.at(-1)).toContain('belum selesai diisi');
    expect(await process.timers.look()).toBe(0);
  });

  it('outlive the process', async () => {
    world.clock.pass(4 * HOUR_MS);
    const next = world.process();
    expect(await next.timers.look()).toBe(1);
    await next.quiet();
    expect(next.sent).toHaveLength(1);
    expect(next.sent[0]).toContain('belum selesai diisi');
  });

  it('begin anew with each answer', async () => {
    world.clock.pass(2 * HOUR_MS);
    await tell('Siti Aminah Putri');
    world.clock.pass(2 * HOUR_MS);
    expect(await process.timers.look()).toBe(0);
    world.clock.pass(2 * HOUR_MS);
    expect(await process.timers.look()).toBe(1);
  });

  it('end the wait for the rest of a burst', async () => {
    await tell('Siti Aminah Putri');
    const before = process.sent.length;
    await tell('bla');
    expect(process.sent).toHaveLength(before);
    world.clock.pass(1_500);
    await process.timers.look();
    await process.quiet();
    expect(process.sent.at(-1)).toContain('16 angka');
  });

  it('that cannot be told now stay, and hold up no other', async () => {
    const told: string[] = [];
    const engine: Pick<Engine, 'handle'> = {
      handle: async (conversation, event) => {
        if (told.length === 0) {
          told.push('failed');
          throw new Error('the store is busy');
        }
        told.push(conversation);
        return process.engine.handle(conversation, event);
      },
    };
    world.clock.pass(4 * HOUR_MS);
    const timers = createTimers({
      jobs: world.store.jobs,
      engine,
      clock: world.clock,
      log: pino({ level: 'silent' }),
    });
    await expect(timers.look()).rejects.toThrow('busy');
    expect(await timers.look()).toBe(1);
    expect(told).toHaveLength(2);
  });

  it('a stop waits for those that are being told', async () => {
    const held = gate();
    const engine: Pick<Engine, 'handle'> = {
      handle: async () => {
        await held.promise;
        return undefined;
      },
    };
    world.clock.pass(4 * HOUR_MS);
    const timers = createTimers({
      jobs: world.store.jobs,
      engine,
      clock: world.clock,
      log: pino({ level: 'silent' }),
    });
    const looked = timers.look();
    let isStopped = false;
    const stopped = timers.stop().then(() => {
      isStopped = true;
    });
    await new Promise(setImmediate);
    expect(isStopped).toBe(false);
    held.resolve();
    await stopped;
    expect(await looked).toBe(1);
  });
});
