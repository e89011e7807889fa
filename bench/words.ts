/** Comparisons in the words of the results page. */
import type { Comparison } from './pairs.ts';

/** Both sides of a comparison on one line. */
export function detailOf({ rateRange: [least, most], cpuRatio, ours, floor, pairs }: Comparison): string {
  const side = ({ rate, cpuUs }: Comparison['ours']) =>
    `${Math.round(rate)}/s at ${Math.round(cpuUs)} us CPU`;
  return `${pairs} pairs, ${least.toFixed(2)} to ${most.toFixed(2)}; by CPU ${cpuRatio.toFixed(2)}; ${side(ours)} beside ${side(floor)}`;
}
