/** A light limit per caller, in memory: it slows guessing down and survives no restart. */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../clock.ts';

const WINDOW_MS = 60_000;

export interface RateLimit {
  /** `true` while a caller (an IP address) has had its fill for this minute. */
  isReached(caller: string): boolean;
  count(caller: string): void;
}

/** Creates the limit; it forgets the callers longest silent when there are more than 10,000. */
export function createRateLimit(clock: Clock, perMinute: number): RateLimit {
  const windows = new LRUCache<string, { until: number; count: number }>({ max: 10_000 });
  const current = (caller: string) => {
    const window = windows.get(caller);
    return window !== undefined && clock.now() < window.until ? window : undefined;
  };
  return {
    isReached: (caller) => (current(caller)?.count ?? 0) >= perMinute,
    count: (caller) => {
      const window = current(caller) ?? { until: clock.now() + WINDOW_MS, count: 0 };
      windows.set(caller, { ...window, count: window.count + 1 });
    },
  };
}
