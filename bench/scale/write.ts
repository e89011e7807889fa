import { writeFileSync } from 'node:fs';
import { readCosts } from './costs.ts';
import { scalePage } from './page.ts';

/** Writes docs/scale.md from the newest results. Throws when the cluster has not been measured. */
export function writeScale(): void {
  const costs = readCosts(new URL('../results/', import.meta.url));
  writeFileSync(new URL('../../docs/scale.md', import.meta.url), scalePage(costs));
}
