/** Durable timers: looked for in the store, told to their conversation when due. */
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Engine, Jobs, Lease, Leases } from './ports.ts';

const LOOK_EVERY_MS = 200;
const MOST_AT_ONCE = 200;

export interface Timers {
  start(): void;
  stop(): Promise<void>;
  /** Looks once; returns how many were due. */
  look(): Promise<number>;
}

/**
 * Wires the timers; nothing runs before `start`. Of many processes one looks; when nobody can say which, each does: a
 * timer that was taken already is refused by the store.
 */
export function createTimers(deps: {
  jobs: Jobs;
  engine: Pick<Engine, 'handle'>;
  clock: Clock;
  log: Logger;
  /** Where several processes look at one store. */
  leases?: Leases | undefined;
}): Timers {
  let lease: Lease | undefined;
  let handle: NodeJS.Timeout | undefined;
  let looking: Promise<number> | undefined;

  async function lookOnce(): Promise<number> {
    const due = await deps.jobs.dueTimers(deps.clock.now(), MOST_AT_ONCE);
    await Promise.all(
      due.map(({ conversation, ...timer }) =>
        deps.engine.handle(conversation, { type: 'timer.due', ...timer }),
      ),
    );
    return due.length;
  }

  function look(): Promise<number> {
    looking ??= lookOnce().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  return {
    look,
    start() {
      lease = deps.leases?.keep('timers');
      handle = setInterval(() => {
        if (lease?.state() === 'others') return;
        look().catch((error: unknown) =>
          deps.log.error({ err: error }, 'due timers could not be handled; trying again'),
        );
      }, LOOK_EVERY_MS).unref();
    },
    async stop() {
      clearInterval(handle);
      await looking?.catch(() => {});
      await lease?.stop();
    },
  };
}
