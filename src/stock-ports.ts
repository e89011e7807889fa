/** Blank cards: what counting them, and telling who waits for one, needs of the other rooms. */
import type { Logger } from 'pino';
import { type CardWaits, endOfWait } from './applications/card-waits.ts';
import type { TellVisit } from './applications/tell-visit.ts';
import type { Clock } from './clock.ts';
import type { Leases } from './conversation/ports.ts';
import type { Watch } from './conversation/watch.ts';
import type { Flows } from './flows/schema.ts';
import type { Notices } from './notices.ts';
import type { Office } from './office.ts';
import { findGoodTimes, type GoodTimesDeps } from './pickup/offering/good-times.ts';
import { createCardsAgain } from './pickup/stock/cards-again.ts';
import { createStock, type Stock } from './pickup/stock/stock.ts';
import type { Store } from './store/open.ts';

interface StockWiring {
  store: Pick<Store, 'stock' | 'bookings' | 'hub'>;
  flows: Flows;
  clock: Clock;
  officeNow: () => Office;
  notices: Pick<Notices, 'active'>;
  /** An operator has said that a point has none. */
  isDeclaredOut(point: string): boolean;
}

/** True for a service whose document is printed on a blank card. */
export function needsBlangko({ services }: Flows): (service: string) => boolean {
  return (service) => services[service]?.needs.includes('blangko') === true;
}

/** The ledgers; operators hear of each line. */
export function openStock({ store, flows, notices, officeNow, ...deps }: StockWiring): Stock {
  return createStock({
    ...{ ...deps, stock: store.stock, bookings: store.bookings, office: officeNow },
    needsBlangko: needsBlangko(flows),
    isAnnounced: () => notices.active().some(({ kind }) => kind === 'blangko'),
    changed: () => store.hub.publish('points', null),
  });
}

interface CardsWiring {
  store: Pick<Store, 'bookings'>;
  flows: Flows;
  clock: Clock;
  log: Logger;
  leases: Leases | undefined;
  officeNow: () => Office;
  stock: Stock;
  cardWaits: Pick<CardWaits, 'list'>;
  times: GoodTimesDeps;
  tellVisit: TellVisit;
}

/** Wires the telling of who waits for a card; nothing runs by itself. */
export function openCardsAgain({ store, flows, times, tellVisit, cardWaits, ...deps }: CardsWiring): Watch {
  const { bookings } = store;
  const services = Object.keys(flows.services).filter(needsBlangko(flows));
  return createCardsAgain({
    ...{ ...deps, bookings, office: deps.officeNow },
    waiting: () => cardWaits.list(services),
    hasTime: async (application) =>
      (await findGoodTimes(times, { application, activity: 'pickup' })).slots.length > 0,
    tell: (waiting) =>
      tellVisit(waiting.number, {
        id: endOfWait(waiting),
        news: { kind: 'cards-again' },
        note: 'Blangko ada lagi, waktu mengambil ditawarkan',
      }),
  });
}
