/** Chance that can be had again: the same seed gives the same draws (mulberry32). */
export interface Chance {
  /** 0 <= draw < `below`, whole. */
  below(limit: number): number;
  /** True with this probability. */
  is(probability: number): boolean;
  pick<One>(all: readonly [One, ...One[]]): One;
}

export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const draw = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    below: (limit) => Math.floor(draw() * limit),
    is: (probability) => draw() < probability,
    pick: (all) => all[Math.floor(draw() * all.length)] ?? all[0],
  };
}
