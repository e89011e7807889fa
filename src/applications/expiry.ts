/** Reminds applicants of whom something is awaited, and closes what nobody sent or fetched. */
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Hub, Leases } from '../conversation/ports.ts';
import { intoDaytime } from '../conversation/quiet-hours.ts';
import { createWatch, type Watch } from '../conversation/watch.ts';
import { changeApplication } from './change.ts';
import { afterWaiting, WAITING_STATES, type WaitingRules } from './deadlines.ts';
import type { Application, ApplicationStore } from './ports.ts';
import type { Teller } from './tell.ts';

/** The clock may be set (simulator): asked often, it looks once an hour of that clock. */
const ASK_EVERY_MS = 5_000;
const LOOK_EVERY_MS = 3_600_000;
const PAGE = 200;

/**
 * Wires the watch; nothing looks before `start`, and of many processes one does. Nobody is told at night: what is due
 * then waits for the morning. A look answers how many were reminded or closed.
 */
export function createExpiry(
  deps: WaitingRules & {
    applications: Pick<ApplicationStore, 'find' | 'list' | 'update'>;
    clock: Clock;
    hub: Hub;
    teller: Pick<Teller, 'tell'>;
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
    let found = 0;
    for await (const page of pages(applications)) {
      for (const application of page) if (await isMoved(application, now)) found++;
    }
    lookedAt = now;
    return found;
  }

  async function isMoved(seen: Application, now: number): Promise<boolean> {
    if (!afterWaiting(seen, now, deps)) return false;
    const { number } = seen;
    try {
      const outcome = await changeApplication(
        applications,
        number,
        (application) => afterWaiting(application, now, deps) ?? NOTHING,
      );
      if (!outcome.ok) return false;
      hub.publish('requests', number);
      await teller.tell(outcome.application);
      return true;
    } catch (err) {
      // The next look finds it again; the others wait for nothing.
      log.error({ number, err }, 'an application that waits could not be moved on');
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

async function* pages({ list }: Pick<ApplicationStore, 'list'>): AsyncGenerator<Application[]> {
  let last: Application | undefined;
  do {
    const after = last && { dueAt: last.dueAt, number: last.number };
    const page = await list({ states: WAITING_STATES, limit: PAGE, ...(after ? { after } : {}) });
    yield page;
    last = page.length === PAGE ? page.at(-1) : undefined;
  } while (last);
}

const NOTHING = { ok: false } as const;
