/**
 * Blank cards (blangko KTP-el), counted for each point that keeps a ledger: blank ones, and printed ones that nobody has
 * fetched yet. Where none is left nobody is asked to come for a card.
 */

import type { Clock } from '../../clock.ts';
import type { OperatorRef } from '../../conversation/types.ts';
import { mainPoint, type Office } from '../../office.ts';
import { activityOf, dateAt, HORIZON_DAYS } from '../calendar/openings.ts';
import { findPoint } from '../calendar/place-on.ts';
import type { BookingStore, StockEntry, StockStore } from '../ports.ts';
import { isLow, type StockState, stockWarnings } from './warnings.ts';

/** What somebody enters; `count` is how many, for `counted` how many there are now. */
export interface StockLine {
  id: string;
  point: string;
  kind: StockEntry['kind'];
  count: number;
  reference?: string | undefined;
}

export interface Stock {
  /** True where no card can be had: the ledger says so, or an outage. Throws AppError of the store. */
  isOut(point: string): Promise<boolean>;
  /** How many cards are left where a ledger is kept; never below 0, which only the ledger knows. */
  summary(): Promise<Map<string, { count: number; isOut: boolean }>>;
  view(point: string): Promise<{ count: number; isOut: boolean; lines: StockEntry[] }>;
  /** Durable when resolved; the same `id` again adds nothing. What it added. */
  add(line: StockLine, by: OperatorRef): Promise<number>;
  /**
   * The card of an application was handed over: at the point of its pick-up, else at the main office, and only where a
   * ledger is kept. Again adds nothing.
   */
  use(application: string, by: OperatorRef): Promise<void>;
  /** How many more people can be asked to come: cards that are not spoken for; infinite where nobody counts them. */
  free(): Promise<number>;
  /** What the office should see to, as sentences in Indonesian. */
  warnings(): Promise<string[]>;
}

export interface StockDeps {
  stock: StockStore;
  bookings: Pick<BookingStore, 'list' | 'findByApplication'>;
  office: () => Office;
  clock: Clock;
  needsBlangko(service: string): boolean;
  /** An operator has said that there are none. */
  isDeclaredOut(point: string): boolean;
  /** The office has announced it to everybody. */
  isAnnounced(): boolean;
  /** Called after each line. */
  changed(): void;
}

const SHOWN_LINES = 100;
const DAY_MS = 86_400_000;
/** Offering a time asks for each point: for so long (ms of the machine) one reading of the store serves all. */
const FRESH_MS = 1_000;

/** Builds it over the ledger. */
export function createStock(deps: StockDeps): Stock {
  const { stock, bookings, clock } = deps;
  const counts = createCounts(stock);

  async function add(entry: StockEntry): Promise<void> {
    await stock.add(entry);
    counts.forget();
    deps.changed();
  }

  const isOutAt = (point: string, count: number | undefined) =>
    deps.isDeclaredOut(point) || (count !== undefined && count <= 0);

  /** Where documents are handed out today. */
  function pickupPoints(): string[] {
    const office = deps.office();
    const today = dateAt(clock.now(), office.timeZone);
    return Object.keys(office.points).filter((point) =>
      activityOf(office, { point, activity: 'pickup' }, today),
    );
  }

  /** Who comes for a card, by point. */
  async function spokenFor(): Promise<Map<string, number>> {
    const now = clock.now();
    const ahead = await bookings.list({ from: now, to: now + HORIZON_DAYS * DAY_MS }, now);
    const cards = ahead.filter(
      ({ activity, service }) => activity === 'pickup' && deps.needsBlangko(service),
    );
    return new Map([...Map.groupBy(cards, ({ point }) => point)].map(([point, all]) => [point, all.length]));
  }

  async function stateOf([point, count]: [string, number], spoken: Map<string, number>): Promise<StockState> {
    const name = findPoint(deps.office(), point)?.name.id ?? point;
    const state = { name, count, isOut: isOutAt(point, count), booked: spoken.get(point) ?? 0 };
    const lines = await stock.list(point, 2000);
    return { ...state, isLow: isLow(count, lines, clock.now()) };
  }

  return {
    isOut: async (point) => isOutAt(point, (await counts.read()).get(point)),
    async summary() {
      const all = await counts.read();
      return new Map(
        [...all].map(([point, count]) => [
          point,
          { count: Math.max(0, count), isOut: isOutAt(point, count) },
        ]),
      );
    },
    async view(point) {
      const lines = await stock.list(point, SHOWN_LINES);
      const count = (await stock.counts()).get(point);
      return { count: Math.max(0, count ?? 0), isOut: isOutAt(point, count), lines };
    },
    async add({ count, reference, ...line }, by) {
      const change =
        line.kind === 'counted'
          ? // What others enter in this moment stands in the ledger, and the next count puts it right.
            count - ((await stock.counts()).get(line.point) ?? 0)
          : line.kind === 'received'
            ? count
            : -count;
      await add({ ...line, at: clock.now(), by, change, ...(reference === undefined ? {} : { reference }) });
      return change;
    },
    async use(application, by) {
      const now = clock.now();
      const visits = await bookings.findByApplication(application, now);
      const pickup = visits
        .filter(({ activity, heldUntil }) => activity === 'pickup' && heldUntil === undefined)
        .toSorted((a, b) => Math.abs(a.startAt - now) - Math.abs(b.startAt - now))[0];
      const point = pickup?.point ?? mainPoint(deps.office()).id;
      if (!(await stock.counts()).has(point)) return;
      const entry = { point, at: now, by, kind: 'used' as const, change: -1, reference: application };
      await add({ id: `used:${application}`, ...entry });
    },
    async free() {
      const all = await counts.read();
      const open = pickupPoints().filter((point) => !isOutAt(point, all.get(point)));
      if (open.some((point) => !all.has(point))) return Number.POSITIVE_INFINITY;
      if (open.length === 0) return 0;
      const spoken = await spokenFor();
      const left = open.map((point) => Math.max(0, (all.get(point) ?? 0) - (spoken.get(point) ?? 0)));
      return left.reduce((sum, one) => sum + one, 0);
    },
    async warnings() {
      const [all, spoken] = [await counts.read(), await spokenFor()];
      if (all.size === 0) return [];
      const states = await Promise.all([...all].map((one) => stateOf(one, spoken)));
      return stockWarnings(states, deps.isAnnounced());
    },
  };
}

function createCounts(stock: StockStore) {
  let known: { at: number; counts: Promise<Map<string, number>> } | undefined;
  return {
    forget() {
      known = undefined;
    },
    read(): Promise<Map<string, number>> {
      const at = performance.now();
      if (known && at - known.at < FRESH_MS) return known.counts;
      const read = { at, counts: stock.counts() };
      known = read;
      read.counts.catch(() => {
        if (known === read) known = undefined;
      });
      return read.counts;
    },
  };
}
