/** Someone's phone, or a script, may send hundreds of messages: told once, then quiet, and nobody else notices. */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import type { Limits } from './ports.ts';

/** A person typing without pause stays far below. */
const BURST_MESSAGES = 150;
const REFILL_A_SECOND = 5;
/** So many at once nobody else needs to be asked about: a citizen of normal pace costs no round trip. */
const UNASKED_MESSAGES = 10;

interface Bucket {
  left: number;
  at: number;
  isTold: boolean;
}

/** `undefined`: fine. `told`: over the limit for the first time. `quiet`: still over it. */
export type FloodState = 'told' | 'quiet' | undefined;

/**
 * Counts per conversation, in memory: a restart forgives. With `limits` a conversation that writes much is counted for
 * all processes together, by the machine's clock; when these cannot be asked, each counts for itself.
 */
export function createFloodGate(
  clock: Clock,
  limits?: Limits,
): (conversation: string) => FloodState | Promise<FloodState> {
  const buckets = new LRUCache<string, Bucket>({ max: 10_000 });

  function countHere(conversation: string): { state: FloodState; left: number } {
    const now = clock.now();
    const bucket = buckets.get(conversation) ?? { left: BURST_MESSAGES, at: now, isTold: false };
    const earned = Math.max(0, ((now - bucket.at) / 1000) * REFILL_A_SECOND);
    const left = Math.min(BURST_MESSAGES, bucket.left + earned);
    const isOver = left < 1;
    const isTold = isOver ? true : left < BURST_MESSAGES / 2 && bucket.isTold;
    buckets.set(conversation, { left: isOver ? left : left - 1, at: now, isTold });
    if (!isOver) return { state: undefined, left };
    return { state: bucket.isTold ? 'quiet' : 'told', left };
  }

  async function countEverywhere(of: Limits, conversation: string, here: FloodState): Promise<FloodState> {
    const answer = await of.take(conversation, { burst: BURST_MESSAGES, perSecond: REFILL_A_SECOND });
    if (answer === undefined) return here;
    return ({ fine: undefined, first: 'told', over: 'quiet' } as const)[answer];
  }

  return (conversation) => {
    const { state, left } = countHere(conversation);
    const isAsked = limits !== undefined && left < BURST_MESSAGES - UNASKED_MESSAGES;
    return isAsked ? countEverywhere(limits, conversation, state) : state;
  };
}
