/** One point on one day, as the web app shows and prints it. */
import type { Visit, VisitDay } from '../schemas/places.ts';
import { maskName } from './mask-name.ts';
import type { DayVisitRecord, PointDayRecord, TicketRecord, VisitFacts } from './visit-ports.ts';

export interface DayViewDeps {
  facts: VisitFacts;
  labelOf(ticket: TicketRecord): string;
}

/** Names are masked; the number of a visit leads to its request, where a look is audited. */
export async function viewDay(deps: DayViewDeps, day: PointDayRecord): Promise<VisitDay> {
  const { facts } = deps;
  const names = await namesOf(deps, day);
  return {
    point: day.point,
    pointName: day.name.id,
    address: day.address,
    date: day.date,
    closed: day.closed?.id ?? null,
    activities: day.activities.map(({ activity, slots, queue }) => ({
      id: activity,
      name: facts.activityName(activity),
      slots: slots.map(({ visits, ...slot }) => ({
        ...slot,
        visits: visits.map((visit) => viewVisit(deps, visit, names)),
      })),
      queue: queue
        ? { perDay: queue.perDay, tickets: queue.tickets.map((ticket) => viewLine(deps, ticket)) }
        : null,
    })),
    totals: totalsOf(day),
  };
}

/** A number as it is given and called. */
export function viewTicket({ labelOf }: Pick<DayViewDeps, 'labelOf'>, ticket: TicketRecord) {
  const { id, number, expectedAt, calledAt, outcome } = ticket;
  const label = labelOf(ticket);
  return { id, label, number, expectedAt, calledAt: calledAt ?? null, outcome: outcome ?? null };
}

function viewLine(deps: DayViewDeps, ticket: TicketRecord) {
  return { ...viewTicket(deps, ticket), at: ticket.at, endedAt: ticket.endedAt ?? null };
}

async function namesOf({ facts }: DayViewDeps, day: PointDayRecord): Promise<Map<string, string>> {
  const numbers = new Set(visitsOf(day).map(({ application }) => application));
  const named = await Promise.all(
    [...numbers].map(async (number) => [number, await facts.applicantName(number)] as const),
  );
  return new Map(named.flatMap(([number, name]) => (name === undefined ? [] : [[number, maskName(name)]])));
}

function viewVisit({ facts }: DayViewDeps, visit: DayVisitRecord, names: ReadonlyMap<string, string>): Visit {
  const { id, application, service, startAt, endAt, heldUntil, marks } = visit;
  return {
    booking: id,
    number: application,
    service: facts.serviceTitle(service),
    name: names.get(application) ?? null,
    ...{ startAt, endAt, isHeld: heldUntil !== undefined },
    marks: marks.map(({ mark, at }) => ({ mark, at })),
  };
}

/** Held times are no visits yet. */
function totalsOf(day: PointDayRecord): VisitDay['totals'] {
  const booked = visitsOf(day).filter(({ heldUntil }) => heldUntil === undefined);
  const count = (kind: DayVisitRecord['marks'][number]['mark']) =>
    booked.filter(({ marks }) => marks.some(({ mark }) => mark === kind)).length;
  const capacity = day.activities.flatMap(({ slots }) => slots).reduce((sum, slot) => sum + slot.capacity, 0);
  return {
    ...{ capacity, booked: booked.length },
    ...{ arrived: count('arrived'), served: count('served'), missed: count('missed') },
  };
}

function visitsOf({ activities }: PointDayRecord): DayVisitRecord[] {
  return activities.flatMap(({ slots }) => slots.flatMap(({ visits }) => visits));
}
