/** How long people waited: gathered one by one, told as a median and a ninetieth percentile. */
import type { Statistics } from '../schemas/supervision.ts';

export type Waits = Statistics['days'][number]['waits'];

/** By nearest rank: a time that somebody really waited. Null where nobody did. */
export function describeWaits(waitsMs: readonly number[]): Waits {
  const sorted = waitsMs.toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? null;
  return { count: sorted.length, medianMs: rank(0.5), p90Ms: rank(0.9) };
}
