/** The reader: one thread that is there while there are photos to read, and nothing before or long after. */
import { once } from 'node:events';
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
  /** How long who sent a photo waits for it to be read, from asking on; 5,000 by default. */
  patienceMs?: number;
  /** For the thread and one photo: then it is broken off; 20,000 by default. */
  limitMs?: number;
  /** The file of the thread; tests have others. */
  worker?: URL;
}

/** Photos that may wait: what comes then is kept without being read. One takes about two seconds on an idle machine. */
const MOST_WAITING = 2;
/** The citizen's next question waits for this, so it is short: what would be read later is not proposed at all. */
const PATIENCE_MS = 5_000;
const LIMIT_MS = 20_000;
/** The thread holds some 200 MB: it goes when nobody has sent a photo for so long. */
const IDLE_MS = 180_000;

/** Switched off (`OCR=off`): reads nothing. */
export const blindReader: Reader = { read: async () => [], close: async () => undefined };

/** Starts nothing until the first photo. A thread that ends, by itself or at its limit, is replaced at the next photo. */
export function createReader({
  clock,
  timeZone,
  log,
  patienceMs = PATIENCE_MS,
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
      const patience = AbortSignal.timeout(patienceMs);
      const turn = line.then(() => {
        waiting -= 1;
        if (isClosed || patience.aborted) return [];
        return readNow({ photo, kind, now: clock.now(), timeZone });
      });
      // The thread goes on when patience is over: broken off, it would have to be started anew for the next photo.
      line = turn;
      return Promise.race([turn, once(patience, 'abort').then((): Reading[] => [])]);
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
