/** Finds in the store what no worker heard of: a wake was lost, a worker died, Redis was emptied. */
import type { Logger } from 'pino';
import type { Jobs, Leases, WorkQueue } from './ports.ts';
import { createWatch, type Watch } from './watch.ts';

const LOOK_EVERY_MS = 2_000;
/** Younger work is on its way by its own wake, ms. */
const LEFT_AFTER_MS = 5_000;
/** Conversations of one look. The next look goes on behind them, and begins anew at the end. */
const PAGE = 500;

/** Wires the relay; nothing runs before `start`. One process does it at a time; when nobody can say which, each does. */
export function createRelay(deps: {
  jobs: Pick<Jobs, 'conversationsLeft'>;
  queue: Pick<WorkQueue, 'wakeLeft'>;
  leases: Leases;
  log: Logger;
  /** Milliseconds since the epoch, by the machine's clock: commits are marked by it. */
  machineNow: () => number;
  count?: (found: number) => void;
}): Watch {
  let after = 0;

  async function lookOnce(): Promise<number> {
    const before = deps.machineNow() - LEFT_AFTER_MS;
    const left = await deps.jobs.conversationsLeft({ after, before }, PAGE);
    await deps.queue.wakeLeft(left.map(({ conversation }) => conversation));
    deps.count?.(left.length);
    const last = left.at(-1)?.committedAt ?? 0;
    // One millisecond back: others of the same one may have been cut off.
    after = left.length < PAGE ? 0 : Math.max(last - 1, after + 1);
    return left.length;
  }

  return createWatch({
    name: 'relay',
    everyMs: LOOK_EVERY_MS,
    leases: deps.leases,
    lookOnce,
    failed: (err) => deps.log.error({ err }, 'could not look for what was left; trying again'),
  });
}
