/** The same line acted out, to see that the formulas hold. */
import type { Line } from './queueing.ts';

export interface Seen {
  /** Arrivals a second, as they came. */
  rate: number;
  meanWait: number;
  /** Mean time from arrival to the end of service. */
  meanStay: number;
  /** Mean number in the system over time, counted by the clock and not from the times above. */
  meanInside: number;
  waited: number;
}

/** `customers` arrive one after the other; first come, first served. The same seed gives the same run. */
export function simulate(line: Line, { customers, seed }: { customers: number; seed: number }): Seen {
  const random = randomFrom(seed);
  const exponential = (mean: number) => -Math.log(1 - random()) * mean;
  const freeAt = new Array<number>(line.servers).fill(0);
  const changes: { at: number; by: 1 | -1 }[] = [];
  let now = 0;
  let waits = 0;
  let stays = 0;
  let waited = 0;
  for (let customer = 0; customer < customers; customer += 1) {
    now += exponential(1 / line.rate);
    const server = freeAt.indexOf(Math.min(...freeAt));
    const begin = Math.max(now, freeAt[server] ?? 0);
    const end = begin + exponential(line.service);
    freeAt[server] = end;
    waits += begin - now;
    stays += end - now;
    waited += begin > now ? 1 : 0;
    changes.push({ at: now, by: 1 }, { at: end, by: -1 });
  }
  const meanInside = insideOverTime(changes);
  return {
    rate: customers / now,
    meanWait: waits / customers,
    meanStay: stays / customers,
    meanInside,
    waited: waited / customers,
  };
}

function insideOverTime(changes: { at: number; by: number }[]): number {
  changes.sort((a, b) => a.at - b.at);
  let area = 0;
  let inside = 0;
  let last = 0;
  for (const { at, by } of changes) {
    area += inside * (at - last);
    inside += by;
    last = at;
  }
  return area / last;
}

/** mulberry32 (public domain, Tommy Ettinger): small, and good enough for waiting lines. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
