/**
 * The chaos run as a test: some citizens, a few faults of each kind, every promise checked. The same faults each time, so
 * that a change that breaks it is the cause; CHAOS_SEED=n takes others, and `npm run chaos` is the long one.
 */
import { describe, expect, it } from 'vitest';
import { describeWith } from '../services.ts';
import { type ChaosOptions, runChaos } from './chaos.ts';
import { bestDatabase } from './servers.ts';

const SEED = Number(process.env.CHAOS_SEED ?? 51);

/** Ends by itself: the citizens after their scripts, the decks after so many faults. */
const LIMIT = { timeout: 480_000 };
const SHORT: ChaosOptions = {
  database: undefined,
  network: 'relays',
  seed: SEED,
  citizens: 40,
  arriveWithinMs: 10_000,
  thinkMs: 200,
  faults: 4,
  patienceMs: 300_000,
};

describe(`a short chaos run (CHAOS_SEED=${SEED})`, () => {
  it('breaks no promise of the embedded set', LIMIT, async () => {
    const { broken, outcome, faults } = await runChaos(SHORT);
    expect(broken).toEqual([]);
    expect(outcome.endings).toHaveLength(SHORT.citizens);
    expect(faults.size).toBeGreaterThan(4);
  });
});

describeWith(['redis', 'mongodb'], `a short chaos run of many processes (CHAOS_SEED=${SEED})`, () => {
  it('breaks no promise of the cluster set', LIMIT, async () => {
    const { broken, outcome, faults } = await runChaos({
      ...SHORT,
      database: await bestDatabase(),
      citizens: 20,
    });
    expect(broken).toEqual([]);
    expect(outcome.endings).toHaveLength(20);
    expect(faults.size).toBeGreaterThan(4);
  });
});
