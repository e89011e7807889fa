/**
 * Runs effects where many processes share the work. A commit wakes a conversation; one worker takes its lock, reads
 * what is left of it from the store, and does it in order. Who finds the lock taken has knocked: the holder looks once
 * more before it lets go. Lost wakes are found by the relay.
 */
import { AppError } from '../errors.ts';
import { createEffectTry, type EffectTryDeps, untilDue } from './effect-try.ts';
import type { EffectRunner } from './effects.ts';
import type { Lock, Locks, WorkQueue } from './ports.ts';
import type { Watch } from './watch.ts';

export interface EffectWorkerDeps extends EffectTryDeps {
  queue: WorkQueue;
  locks: Locks;
  relay: Pick<Watch, 'start' | 'stop'>;
  /** Conversations in hand at once; default 64. */
  concurrency?: number;
  /** Told of each conversation that another worker had in hand. */
  countKnock?: () => void;
}

const DEFAULT_CONCURRENCY = 64;
/** Store or Redis could not be reached: looked at again after this. */
const TROUBLE_PAUSE_MS = 1_000;

interface Hand {
  /** Something was added while it was in hand. */
  again: boolean;
}

/** Wires the worker. Before `recover` it only wakes others: a process that takes no effects itself never calls it. */
export function createEffectWorker(deps: EffectWorkerDeps): EffectRunner {
  const { queue, locks, jobs, clock, log } = deps;
  const tryEffect = createEffectTry(deps);
  const inHand = new Map<string, Hand>();
  let whenQuiet: (() => void)[] = [];
  let isStopped = false;
  let endWork: () => Promise<void> = async () => {};

  /** Milliseconds until the next look; undefined: when it is woken. */
  async function look(id: string): Promise<number | undefined> {
    const mine = inHand.get(id);
    if (mine) {
      mine.again = true;
      return undefined;
    }
    const hand: Hand = { again: false };
    inHand.set(id, hand);
    const pauseMs = await underLock(id, hand).catch((err: unknown) => {
      log.warn(
        { conversation: id, err },
        'what is left of a conversation could not be worked off; trying again',
      );
      return TROUBLE_PAUSE_MS;
    });
    inHand.delete(id);
    settle();
    if (!hand.again) return pauseMs;
    return isStopped ? 0 : look(id);
  }

  async function underLock(id: string, hand: Hand): Promise<number | undefined> {
    const lock = await locks.take(id);
    if (!lock) {
      deps.countKnock?.();
      return undefined;
    }
    try {
      for (;;) {
        hand.again = false;
        const pauseMs = await workOff(id, lock);
        if (hand.again && mayGoOn(lock)) continue;
        if (await lock.leave()) return pauseMs;
        if (mayGoOn(lock)) continue;
        await lock.release();
        return pauseMs ?? 0;
      }
    } catch (error) {
      // An effect may have been done and not noted: the next one must look first.
      await lock.abandon();
      throw error;
    }
  }

  async function workOff(id: string, lock: Lock): Promise<number | undefined> {
    const { conversation, effects } = await jobs.effectsOf(id);
    if (!conversation) return undefined;
    const assertOurs = () => assertHeld(lock, id);
    for (const { effect, tries, dueAt, committedAt, entry } of effects) {
      if (!mayGoOn(lock)) return 0;
      const { isRepeat, waitMs } = lock.trust(committedAt);
      const pauseMs = Math.max(waitMs, untilDue(dueAt, clock.now()));
      if (pauseMs > 0) return pauseMs;
      const task = { effect, tries, dueAt, isRepeat, conversation, assertOurs, ...(entry ? { entry } : {}) };
      const again = await tryEffect(id, task);
      if (again) return Math.max(0, again.dueAt - clock.now());
    }
    return undefined;
  }

  function mayGoOn(lock: Lock): boolean {
    return !isStopped && lock.isHeld();
  }

  function settle(): void {
    if (inHand.size > 0) return;
    for (const resolve of whenQuiet) resolve();
    whenQuiet = [];
  }

  return {
    take({ conversation, effects }) {
      if (effects.length === 0) return;
      const hand = inHand.get(conversation.id);
      if (hand) hand.again = true;
      else queue.wake(conversation.id, conversation.version);
    },
    async recover() {
      endWork = queue.work(look, deps.concurrency ?? DEFAULT_CONCURRENCY);
      deps.relay.start();
    },
    takeAgain: (effect) => queue.wakeLeft(effect.split('.').slice(0, 1)),
    async stop() {
      isStopped = true;
      await deps.relay.stop();
      await endWork();
    },
    idle: () => (inHand.size === 0 ? Promise.resolve() : new Promise((resolve) => whenQuiet.push(resolve))),
    size: () => inHand.size,
  };
}

/** For what cannot be undone: a process that stood still may have been replaced meanwhile. */
function assertHeld(lock: Lock, conversation: string): void {
  if (lock.isHeld()) return;
  throw new AppError('STORE_CONFLICT', {
    detail: `${conversation}: its lock was lost; another process goes on`,
  });
}
