/**
 * Keeps the promises of booked times: reminds of them, moves those for which the document will not be there, and notes who did
 * not come. What is told goes first, by an id that makes a repeat harmless, and is marked afterwards.
 */
import { LRUCache } from 'lru-cache';
import { intoDaytime } from '../../conversation/quiet-hours.ts';
import { createWatch, type Watch } from '../../conversation/watch.ts';
import { careForComing } from './ahead.ts';
import type { Look, VisitsDeps } from './look.ts';
import { careForPast } from './past.ts';

/** The clock may be set (simulator): asked often, it looks once a minute of that clock. */
const ASK_EVERY_MS = 5_000;
const LOOK_EVERY_MS = 60_000;
const MOST_SETTLED = 100_000;

/** Wires the watch; nothing looks before `start`, and of many processes one does. A look answers how many were told. */
export function createVisits(deps: VisitsDeps): Watch {
  const settled = new LRUCache<string, true>({ max: MOST_SETTLED });
  let lookedAt: number | undefined;

  async function lookOnce(): Promise<number> {
    const now = deps.clock.now();
    const { timeZone } = deps.office();
    if (intoDaytime(now, timeZone) !== now) return 0;
    if (lookedAt !== undefined && Math.abs(now - lookedAt) < LOOK_EVERY_MS) return 0;
    const look: Look = { ...deps, now, timeZone, settled };
    const told = (await careForComing(look)) + (await careForPast(look));
    lookedAt = now;
    return told;
  }

  return createWatch({
    name: 'visits',
    everyMs: ASK_EVERY_MS,
    leases: deps.leases,
    lookOnce,
    failed: (err) => deps.log.error({ err }, 'could not look for visits that are due; trying again'),
  });
}
