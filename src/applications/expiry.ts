/** What time alone does: reminds applicants of whom something is awaited, closes what nobody sent or fetched, owns up to broken promises. */
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Hub, Leases } from '../conversation/ports.ts';
import { intoDaytime } from '../conversation/quiet-hours.ts';
import { createWatch, type Watch } from '../conversation/watch.ts';
import { changeApplication } from './change.ts';
import { afterWaiting, WAITING_STATES, type WaitingRules } from './deadlines.ts';
import type { Application, ApplicationState, ApplicationStore } from './ports.ts';
import { afterPromise, OWING_STATES } from './promise.ts';
import type { Teller } from './tell.ts';

/** The clock may be set (simulator): asked often, it looks once an hour of that clock. */
const ASK_EVERY_MS = 5_000;
const LOOK_EVERY_MS = 3_600_000;
const PAGE = 200;

/** What the application becomes; undefined: nothing is due. */
type Due = (application: Application) => Application | undefined;

/** Those in these states that are due before `until`. */
interface Where {
  states: readonly ApplicationState[];
  until: number;
}

/**
 * Wires the watch; nothing looks before `start`, and of many processes one does. Nobody is told at night: what is due
 * then waits for the morning. A look answers how many were told something.
 */
export function createExpiry(
  deps: WaitingRules & {
    applications: Pick<ApplicationStore, 'find' | 'list' | 'update'>;
    clock: Clock;
    hub: Hub;
    teller: Pick<Teller, 'tell'>;
    /** Called after the end of a case; again is harmless. */
    ended?: ((number: string) => Promise<void>) | undefined;
    log: Logger;
    leases?: Leases | undefined;
  },
): Watch {
  const { applications, clock, hub, teller, log } = deps;
  let lookedAt: number | undefined;

  async function lookOnce(): Promise<number> {
    const now = clock.now();
    if (intoDaytime(now, deps.timeZone) !== now) return 0;
    if (lookedAt !== undefined && Math.abs(now - lookedAt) < LOOK_EVERY_MS) return 0;
    const waiting = await lookThrough({
      ...{ states: WAITING_STATES, until: Number.POSITIVE_INFINITY },
      due: (one) => afterWaiting(one, now, deps),
    });
    const owed = await lookThrough({
      ...{ states: OWING_STATES, until: now },
      due: (one) => afterPromise(one, now),
    });
    lookedAt = now;
    return waiting + owed;
  }

  async function lookThrough({ due, ...where }: Where & { due: Due }): Promise<number> {
    let found = 0;
    for await (const page of pages(applications, where)) {
      for (const application of page) if (await isMoved(application, due)) found++;
    }
    return found;
  }

  async function isMoved(seen: Application, due: Due): Promise<boolean> {
    if (!due(seen)) return false;
    const { number } = seen;
    try {
      const outcome = await changeApplication(
        applications,
        number,
        (application) => due(application) ?? NOTHING,
      );
      if (!outcome.ok) return false;
      hub.publish('requests', number);
      await teller.tell(outcome.application);
      if (outcome.application.state === 'expired') await deps.ended?.(number);
      return true;
    } catch (err) {
      // The next look finds it again; the others wait for nothing.
      log.error({ number, err }, 'an application could not be moved on by time; trying again');
      return false;
    }
  }

  return createWatch({
    name: 'expiry',
    everyMs: ASK_EVERY_MS,
    leases: deps.leases,
    lookOnce,
    failed: (err) => log.error({ err }, 'could not look for what waits too long; trying again'),
  });
}

/** Those due soonest come first. */
async function* pages(
  { list }: Pick<ApplicationStore, 'list'>,
  { states, until }: Where,
): AsyncGenerator<Application[]> {
  let last: Application | undefined;
  do {
    const after = last && { dueAt: last.dueAt, number: last.number };
    const page = await list({ states, limit: PAGE, ...(after ? { after } : {}) });
    yield page.filter(({ dueAt }) => dueAt < until);
    last = page.length === PAGE ? page.at(-1) : undefined;
  } while (last && last.dueAt < until);
}

const NOTHING = { ok: false } as const;
