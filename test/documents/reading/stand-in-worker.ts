/** In place of the thread that reads: does what the first byte of the photo says. */
import type { PhotoTask } from '../../../src/documents/reading/photo-worker.ts';

export const DEEDS = { read: 1, hang: 2, crash: 3, throw: 4 } as const;

export async function readPhoto({ photo }: PhotoTask): Promise<unknown> {
  const [deed] = photo;
  if (deed === DEEDS.hang) return new Promise(() => setInterval(() => undefined, 1_000));
  if (deed === DEEDS.crash) process.exit(7);
  if (deed === DEEDS.throw) throw new TypeError('6408041205909901 is on it');
  return [{ element: 'name', value: 'SITI AMINAH', confidence: 0.9 }];
}
