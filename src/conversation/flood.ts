/** Someone's phone, or a script, may send hundreds of messages: told once, then quiet, and nobody else notices. */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';

/** A person typing without pause stays far below. */
const BURST_MESSAGES = 150;
const REFILL_A_SECOND = 5;

interface Bucket {
  left: number;
  at: number;
  isTold: boolean;
}

/** `undefined`: fine. `told`: over the limit for the first time. `quiet`: still over it. */
export type FloodState = 'told' | 'quiet' | undefined;

/** Counts per conversation, in memory: a restart forgives. */
export function createFloodGate(clock: Clock): (conversation: string) => FloodState {
  const buckets = new LRUCache<string, Bucket>({ max: 10_000 });
  return (conversation) => {
    const now = clock.now();
    const bucket = buckets.get(conversation) ?? { left: BURST_MESSAGES, at: now, isTold: false };
    const earned = Math.max(0, ((now - bucket.at) / 1000) * REFILL_A_SECOND);
    const left = Math.min(BURST_MESSAGES, bucket.left + earned);
    const isOver = left < 1;
    const isTold = isOver ? true : left < BURST_MESSAGES / 2 && bucket.isTold;
    buckets.set(conversation, { left: isOver ? left : left - 1, at: now, isTold });
    if (!isOver) return undefined;
    return bucket.isTold ? 'quiet' : 'told';
  };
}
