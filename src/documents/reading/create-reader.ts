/** The reader: one thread that is there while there are photos to read, and nothing before or long after. */
import type { Logger } from 'pino';
import type { Piscina } from 'piscina';
import type { Clock } from '../../clock.ts';
import type { Reading } from '../../flows/talk.ts';
import type { PhotoTask } from './photo-worker.ts';
import type { Reader } from './reader.ts';

interface ReaderDeps {
  clock: Clock;
  /** The office's. */
  timeZone: string;
  log: Logger;
  /** For one photo, from when its turn comes; 10,000 by default. */
  limitMs?: number;
  /** The file of the thread; tests have others. */
  worker?: URL;
}

/** Photos that may wait. What comes then is kept without being read: nobody waits for a proposal. */
const MOST_WAITING = 8;
/** Who has waited so long is answered without a reading. */
const PATIENCE_MS = 10_000;
const LIMIT_MS = 10_000;
/** The thread holds some 200 MB: it goes when nobody has sent a photo for so long. */
const IDLE_MS = 180_000;

/** Switched off (`OCR=off`): reads nothing. */
export const blindReader: Reader = { read: async () => [], close: async () => undefined };

/** Starts nothing until the first photo. A thread that ends, by itself or at its limit, is replaced at the next photo. */
export function createReader({
  clock,
  timeZone,
  log,
  limitMs = LIMIT_MS,
  worker = WORKER,
}: ReaderDeps): Reader {
  let pool: Promise<Piscina> | undefined;
  let line: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let isClosed = false;

  const readNow = async (task: PhotoTask): Promise<Reading[]> => {
    pool ??= openPool(worker);
    try {
      return await (await pool).run(task, { signal: AbortSignal.timeout(limitMs) });
    } catch (error) {
      // What the picture is must not matter to who sends it; the error's text may hold what was read.
      if (!isClosed)
        log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'a photo was not read');
      return [];
    }
  };

  return {
    async read(photo, kind) {
      if (isClosed || waiting >= MOST_WAITING) return [];
      waiting += 1;
      const since = performance.now();
      const turn = line.then(() => {
        waiting -= 1;
        if (isClosed || performance.now() - since > PATIENCE_MS) return [];
        return readNow({ photo, kind, now: clock.now(), timeZone });
      });
      line = turn;
      return turn;
    },
    async close() {
      isClosed = true;
      await (await pool)?.destroy();
    },
  };
}

const WORKER = new URL('./photo-worker.ts', import.meta.url);

/** Loaded with the first photo. One thread: more would take the processors from the talk. */
async function openPool(worker: URL): Promise<Piscina> {
  const piscina = await import('piscina');
  return new piscina.Piscina({
    filename: worker.href,
    name: 'readPhoto',
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
  });
}
