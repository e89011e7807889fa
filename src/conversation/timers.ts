/** Durable timers: looked for in the store, told to their conversation when due. */
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Engine, Jobs, Leases } from './ports.ts';
import { createWatch, type Watch } from './watch.ts';

const LOOK_EVERY_MS = 200;
const MOST_AT_ONCE = 200;

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
}): Watch {
  async function lookOnce(): Promise<number> {
    const due = await deps.jobs.dueTimers(deps.clock.now(), MOST_AT_ONCE);
    await Promise.all(
      due.map(({ conversation, ...timer }) =>
        deps.engine.handle(conversation, { type: 'timer.due', ...timer }),
      ),
    );
    return due.length;
  }

  return createWatch({
    name: 'timers',
    everyMs: LOOK_EVERY_MS,
    leases: deps.leases,
    lookOnce,
    failed: (err) => deps.log.error({ err }, 'due timers could not be handled; trying again'),
  });
}
