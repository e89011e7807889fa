/** What the pages of service points need of the other rooms, and what moving visits needs. */
import type { Logger } from 'pino';
import { createWasTold, type TellVisit } from './applications/tell-visit.ts';
import type { Clock } from './clock.ts';
import type { Leases } from './conversation/ports.ts';
import type { Flows } from './flows/schema.ts';
import type { OutageBoard, PointBoard, PointPart, StockBoard } from './handoff/places/ports.ts';
import type { PointsView } from './handoff/schemas/places.ts';
import type { Office } from './office.ts';
import { hasEnoughDays } from './pickup/calendar/enough-days.ts';
import { dateAt } from './pickup/calendar/openings.ts';
import { findPoint } from './pickup/calendar/place-on.ts';
import { calendarWarnings } from './pickup/calendar/warnings.ts';
import { findGoodTimes, type GoodTimesDeps } from './pickup/offering/good-times.ts';
import { createMoveVisit } from './pickup/offering/move.ts';
import { createOutages, type Outages } from './pickup/outages/outages.ts';
import type { OutageSummary } from './pickup/outages/record.ts';
import { applyChanges, type DayOff } from './pickup/places/changes.ts';
import type { Points } from './pickup/places/points.ts';
import { listPoints } from './pickup/places/points-now.ts';
import type { Stock } from './pickup/stock/stock.ts';
import type { Store } from './store/open.ts';

interface OutagesWiring {
  store: Pick<Store, 'applications' | 'settings' | 'hub'>;
  flows: Flows;
  clock: Clock;
  log: Logger;
  leases: Leases | undefined;
  points: Points;
  times: GoodTimesDeps;
  tellVisit: TellVisit;
}

/** Wires the moving of visits; nothing runs by itself. */
export function openOutages({ store, flows, times, tellVisit, ...deps }: OutagesWiring): Outages {
  const { applications, settings, hub } = store;
  const { outageDevice, outageClosed, outageBlangko, outageCalendar } = flows.labels;
  return createOutages({
    ...{ ...times, ...deps, settings, hub },
    move: createMoveVisit(times),
    findOthers: async (visit, point) => (await findGoodTimes(times, visit, { near: { point } })).slots,
    tell: tellVisit,
    wasTold: createWasTold(applications),
    whyOf: (cause) =>
      ({
        ...{ device: outageDevice, closed: outageClosed },
        ...{ blangko: outageBlangko, calendar: outageCalendar },
      })[cause],
  });
}

interface PlacePortsDeps {
  /** As office.yaml has it. */
  office: Office;
  store: Pick<Store, 'bookings'>;
  clock: Clock;
  points: Points;
  outages: Outages;
  stock: Pick<Stock, 'summary' | 'view' | 'add' | 'warnings'>;
}

/** The ports of the corridor of service points. */
export function createPlacePorts(deps: PlacePortsDeps): {
  points: PointBoard;
  outages: OutageBoard;
  stock: StockBoard;
} {
  return {
    points: createPointBoard(deps),
    outages: createOutageBoard(deps),
    stock: createStockBoard(deps),
  };
}

function createPointBoard({ office, store, clock, points, outages, stock }: PlacePortsDeps): PointBoard {
  const toDayOff =
    (by: string) => (day: { date: string; until?: string; reason: string; points?: string[] }) =>
      ({ ...day, reason: { id: day.reason, en: day.reason }, by }) satisfies DayOff;
  const today = () => dateAt(clock.now(), office.timeZone);
  const isSame = (one: PointPart, other: PointPart) =>
    one.point === other.point && one.activity === other.activity;
  return {
    today: () => today().toString(),
    find(id) {
      const found = findPoint(points.office(), id);
      if (!found) return undefined;
      const { submit, pickup, record, print } = found.activities;
      const all = Object.entries({ submit, pickup, record, print }) as [
        'submit' | 'pickup' | 'record' | 'print',
        { capacity?: number } | undefined,
      ][];
      return all.flatMap(([activity, one]) =>
        one ? [{ id: activity, capacity: one.capacity ?? null }] : [],
      );
    },
    hasOwnCapacity: (of) =>
      points.changes().some((change) => isSame(change, of) && change.capacity !== undefined),
    change: (of, { standing, capacity }, by) =>
      points.change({
        ...of,
        ...(standing ? { standing: withWords(standing) } : {}),
        ...(capacity === undefined ? {} : { capacity }),
        ...{ since: clock.now(), by },
      }),
    restore: (of) => points.restore(of),
    setDaysOff: (days, by) => points.setDaysOff(days.map(toDayOff(by))),
    hasEnoughDays(days) {
      const daysOff = days.map(toDayOff(''));
      return hasEnoughDays(applyChanges(office, { changes: points.changes(), daysOff }), today(), days);
    },
    async view() {
      const [all, cards] = await Promise.all([
        listPoints({ points, bookings: store.bookings, clock }),
        stock.summary(),
      ]);
      return {
        points: all.map(({ name, activities, ...point }) => ({
          ...{ ...point, name: name.id, stock: cards.get(point.id) ?? null },
          activities: activities.map((one) => ({ ...one, name: one.name.id })),
        })),
        days: [
          ...office.closures.map((day) => viewDay(day, null)),
          ...points.daysOff().map((day) => viewDay(day, day.by)),
        ].sort((a, b) => (a.date < b.date ? -1 : 1)),
        warnings: [...(await stock.warnings()), ...calendarWarnings(points.office(), clock.now())],
        strays: await viewStrays(outages),
      };
    },
  };
}

/** Who is booked at a time that the calendar has no more. */
async function viewStrays(outages: Outages): Promise<PointsView['strays']> {
  const { visits, firstAt, lastAt } = await outages.preview({ cause: 'calendar' });
  return firstAt === null || lastAt === null ? null : { visits, firstAt, lastAt };
}

/** An operator writes in one language. */
function withWords({
  reason,
  ...standing
}: {
  status: Office['points'][string]['status'];
  reason?: string;
  until?: string;
}) {
  return { ...standing, ...(reason === undefined ? {} : { reason: { id: reason, en: reason } }) };
}

function viewDay({ date, until, reason, points }: Office['closures'][number], by: string | null) {
  return {
    ...{ date, until: until ?? null, reason, points: points ? [...points] : null },
    ...{ isFixed: by === null, by },
  };
}

function createOutageBoard({ points, outages }: PlacePortsDeps): OutageBoard {
  const view = (outage: OutageSummary) => {
    const { point = null, activity = null, reason = null, until = null, ...others } = outage;
    const pointName = point && (findPoint(points.office(), point)?.name.id ?? point);
    return { ...others, point, pointName, activity, reason, until };
  };
  return {
    preview: outages.preview,
    begin: async (wanted, by) => view(await outages.begin(wanted, by)),
    list: () => outages.list().map(view),
    async undo(id) {
      const undone = await outages.undo(id);
      return undone && view(undone);
    },
  };
}

function createStockBoard({ stock }: PlacePortsDeps): StockBoard {
  return {
    add: stock.add,
    async view(point) {
      const { lines, ...cards } = await stock.view(point);
      return {
        ...cards,
        lines: lines.map(({ id, at, by, kind, change, reference = null }) => ({
          ...{ id, at, by: by.name, kind, change, reference },
        })),
      };
    },
  };
}
