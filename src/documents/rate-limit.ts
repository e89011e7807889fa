/** A light limit per caller, in memory: it slows guessing down and survives no restart. */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';

const WINDOW_MS = 60_000;

/** Says `true` for a caller (an IP address) who has asked more than `perMinute` times within this minute. */
export function createRateLimit(clock: Clock, perMinute: number): (caller: string) => boolean {
  const windows = new LRUCache<string, { until: number; count: number }>({ max: 10_000 });
  return (caller) => {
    const now = clock.now();
    const open = windows.get(caller);
    const window = open !== undefined && now < open.until ? open : { until: now + WINDOW_MS, count: 0 };
    window.count += 1;
    windows.set(caller, window);
    return window.count > perMinute;
  };
}
