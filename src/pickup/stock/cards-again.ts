/**
 * Tells those who wait for a card that there are cards again, in the order in which they filed, and no more of them than
 * there are cards and times: whoever is told is offered a time at once.
 */
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Leases } from '../../conversation/ports.ts';
import { intoDaytime } from '../../conversation/quiet-hours.ts';
import { createWatch, type Watch } from '../../conversation/watch.ts';
import type { Office } from '../../office.ts';
import type { BookingStore } from '../ports.ts';
import type { Stock } from './stock.ts';

interface Waiting {
  number: string;
  since: number;
}

export interface CardsAgainDeps {
  stock: Pick<Stock, 'isOut' | 'free'>;
  bookings: Pick<BookingStore, 'findByApplication'>;
  /** Who was told that there are none, first filed first. */
  waiting(): Promise<Waiting[]>;
  /** Whether there is any time to pick it up. */
  hasTime(number: string): Promise<boolean>;
  /** Tells it once for each wait, durably. */
  tell(waiting: Waiting): Promise<unknown>;
  office: () => Office;
  clock: Clock;
  log: Logger;
  leases?: Leases | undefined;
}

const LOOK_EVERY_MS = 60_000;
/** When nothing seems to have changed: a time may have become free. */
const ANYWAY_EVERY_MS = 3_600_000;
/** [own] Each is offered a time: so many at once the counter and the provider bear. */
const MOST_AT_ONCE = 50;

/** Wires it; nothing looks before `start`, and of many processes one does. A look answers how many were told. */
export function createCardsAgain(deps: CardsAgainDeps): Watch {
  const { clock, office } = deps;
  let seen: string | undefined;
  let searchedAt: number | undefined;
  let isLeft = false;

  async function lookOnce(): Promise<number> {
    const now = clock.now();
    if (intoDaytime(now, office().timeZone) !== now) return 0;
    const free = await deps.stock.free();
    const state = `${await whereOut()} ${free > 0}`;
    const isDue = searchedAt === undefined || Math.abs(now - searchedAt) >= ANYWAY_EVERY_MS;
    if (state === seen && !isLeft && !isDue) return 0;
    const { told, left } = await tellWaiting(Math.min(MOST_AT_ONCE, free));
    [seen, searchedAt, isLeft] = [state, now, left];
    return told;
  }

  /** The points without cards, as one line to compare. */
  async function whereOut(): Promise<string> {
    const out: string[] = [];
    for (const point of Object.keys(office().points)) if (await deps.stock.isOut(point)) out.push(point);
    return out.join(' ');
  }

  async function tellWaiting(most: number): Promise<{ told: number; left: boolean }> {
    if (most <= 0) return { told: 0, left: false };
    let told = 0;
    for (const one of await deps.waiting()) {
      if (told >= most) return { told, left: true };
      if (await hasVisit(one)) continue;
      // Nobody behind them has one either.
      if (!(await deps.hasTime(one.number))) return { told, left: told > 0 };
      await deps.tell(one);
      told++;
    }
    return { told, left: false };
  }

  /** They have found a time by themselves. */
  async function hasVisit({ number }: Waiting): Promise<boolean> {
    const now = clock.now();
    return (await deps.bookings.findByApplication(number, now)).some(({ endAt }) => endAt > now);
  }

  return createWatch({
    name: 'cards-again',
    everyMs: LOOK_EVERY_MS,
    leases: deps.leases,
    lookOnce,
    failed: (err) => deps.log.error({ err }, 'could not look for who waits for a card; trying again'),
  });
}
