/** Limits of what one caller may ask, and how often one link: they slow guessing and flooding down. */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../clock.ts';
import type { Limits } from '../../conversation/ports.ts';

const WINDOW_MS = 60_000;

export interface RateLimit {
  /** `true` while a caller (an IP address) has had its fill for this minute. */
  isReached(caller: string): boolean;
  count(caller: string): void;
}

/** In memory, and survives no restart; it forgets the callers longest silent when there are more than 10,000. */
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

/** Counts one for `key`, and tells whether that is too much. */
export type Turnstile = (key: string) => Promise<boolean>;

/**
 * So many a minute, for all processes together where they share limits; each for itself where not, or while these cannot
 * be asked. Keys must tell nothing of persons: they are seen in Redis.
 */
export function createTurnstile(
  { clock, limits }: { clock: Clock; limits?: Limits | undefined },
  { name, perMinute }: { name: string; perMinute: number },
): Turnstile {
  const here = createRateLimit(clock, perMinute);
  const bucket = { burst: perMinute, perSecond: perMinute / 60 };
  return async (key) => {
    const isOver = here.isReached(key);
    here.count(key);
    const everywhere = await limits?.take(`page:${name}:${key}`, bucket);
    return everywhere === undefined ? isOver : everywhere !== 'fine';
  };
}
