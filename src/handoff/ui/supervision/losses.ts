/** Where citizens stopped, by how many were asked each question. */

/**
 * How many of those who were asked each question came to no later one. Forms have branches, so a question may be asked of
 * fewer than the next: whoever is asked anything later, or files, has gone on. One figure for each of `asked`.
 */
export function countLosses(asked: readonly number[], filed: number): number[] {
  return asked.map((count, at) => Math.max(0, count - Math.max(filed, ...asked.slice(at + 1))));
}

/** The place of the greatest loss; undefined where nobody was lost. */
export function findWorst(losses: readonly number[]): number | undefined {
  const worst = Math.max(0, ...losses);
  return worst === 0 ? undefined : losses.indexOf(worst);
}
