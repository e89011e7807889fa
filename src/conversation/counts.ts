/** What the statistics count, gathered in memory: a step must not wait for figures, and a crash may cost some seconds of them. */
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { CountStore } from './ports.ts';

export interface Counts {
  /** Adds one to each name, today; returns at once and never throws. */
  count(names: readonly string[]): void;
  /** Writes what there is; never throws. What could not be written is kept for the next time. */
  flush(): Promise<void>;
  /** Writes for the last time; later counts are lost. */
  stop(): Promise<void>;
}

export interface CountsDeps {
  store: Pick<CountStore, 'add'>;
  clock: Clock;
  /** The office's: its days are counted. */
  timeZone: string;
  log: Logger;
  /** From the first count to the writing; default 10 s. */
  everyMs?: number;
}

/** Names of a day that are kept while the store is away; flows have some hundreds. More are left out. */
const MOST_NAMES = 20_000;

/** Starts nothing by itself: the first count sets the time of the first writing. */
export function createCounts({ store, clock, timeZone, log, everyMs = 10_000 }: CountsDeps): Counts {
  /** By day and name. */
  let gathered = new Map<string, Map<string, number>>();
  let size = 0;
  let handle: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;
  let isStopped = false;
  const dayAt = createDays(timeZone);

  function add(day: string, name: string, count: number): void {
    const names = gathered.get(day) ?? new Map<string, number>();
    const before = names.get(name);
    if (before === undefined && size >= MOST_NAMES) return;
    if (before === undefined) size += 1;
    gathered.set(day, names.set(name, (before ?? 0) + count));
  }

  async function write(): Promise<void> {
    const taken = [...gathered].flatMap(([day, names]) =>
      [...names].map(([name, count]) => ({ day, name, count })),
    );
    if (taken.length === 0) return;
    gathered = new Map();
    size = 0;
    try {
      await store.add(taken);
    } catch (err) {
      log.warn({ err, counts: taken.length }, 'figures could not be written; tried again later');
      for (const { day, name, count } of taken) add(day, name, count);
      schedule();
    }
  }

  function flush(): Promise<void> {
    clearTimeout(handle);
    handle = undefined;
    writing = (writing ?? Promise.resolve()).then(write);
    return writing;
  }

  function schedule(): void {
    if (!isStopped) handle ??= setTimeout(flush, everyMs).unref();
  }

  return {
    count(names) {
      if (names.length === 0 || isStopped) return;
      const day = dayAt(clock.now());
      for (const name of names) add(day, name, 1);
      schedule();
    },
    flush,
    async stop() {
      isStopped = true;
      await flush();
    },
  };
}

/** The day of a time as `YYYY-MM-DD`; asked often within one day, it is looked up once. */
function createDays(timeZone: string): (at: number) => string {
  let known = { from: 0, until: 0, day: '' };
  return (at) => {
    if (at < known.from || at >= known.until) {
      const start = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).startOfDay();
      known = {
        from: start.epochMilliseconds,
        until: start.add({ days: 1 }).epochMilliseconds,
        day: start.toPlainDate().toString(),
      };
    }
    return known.day;
  };
}
