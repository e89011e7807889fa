/** What the pages of visits and of the queue need of the other rooms. */
import type { Clock } from './clock.ts';
import { ACTIVITY_WORDS } from './documents/papers/words.ts';
import type { Flows } from './flows/schema.ts';
import type { VisitRoomDeps } from './handoff/places/visits.ts';
import { mainPoint, type Office } from './office.ts';
import type { Calendar } from './pickup/calendar/calendar.ts';
import { findPoint } from './pickup/calendar/place-on.ts';
import { placeWords } from './pickup/offering/offered-slot.ts';
import type { BookingStore, Ticket } from './pickup/ports.ts';
import { createQueue, labelOf, type Queue } from './pickup/queue/queue.ts';
import { createVisitDays } from './pickup/visits/day.ts';
import { applicantOf } from './receipt-facts.ts';
import type { Store } from './store/open.ts';

interface VisitPortsDeps {
  store: Pick<Store, 'applications' | 'bookings' | 'visits' | 'queue' | 'hub'>;
  clock: Clock;
  flows: Flows;
  officeNow: () => Office;
  calendar: Calendar;
}

/** The queue as the office is now; operators hear of each change. */
export function openQueue({ store, clock, officeNow, calendar }: Omit<VisitPortsDeps, 'flows'>): Queue {
  const changed = () => store.hub.publish('visits', null);
  return createQueue({ office: officeNow, calendar, queue: store.queue, clock, changed });
}

/** The bookings, with each change told to the operators who look at the day. */
export function announceBookings({ bookings, hub }: Pick<Store, 'bookings' | 'hub'>): BookingStore {
  const told = <Result>(result: Result): Result => {
    hub.publish('visits', null);
    return result;
  };
  return {
    ...bookings,
    reserve: async (wanted) => told(await bookings.reserve(wanted)),
    cancel: async (application, now) => told(await bookings.cancel(application, now)),
  };
}

/** The ports of the corridor of visits. */
export function createVisitPorts(deps: VisitPortsDeps): Pick<VisitRoomDeps, 'book' | 'queue' | 'facts'> {
  const { store, clock, flows, officeNow, calendar } = deps;
  const queue = openQueue(deps);
  return {
    book: createVisitDays({
      ...{ office: officeNow, calendar, clock, queue, bookings: store.bookings, visits: store.visits },
      changed: () => store.hub.publish('visits', null),
    }),
    queue: {
      take: queue.take,
      find: queue.find,
      call: queue.call,
      end: queue.end,
      labelOf,
      slip: (ticket) => drawSlip(officeNow(), ticket),
    },
    facts: {
      mainPoint: () => mainPoint(officeNow()).id,
      hasPoint: (point) => findPoint(officeNow(), point) !== undefined,
      activityName: (activity) => officeNow().activities[activity].id,
      serviceTitle: (service) => flows.services[service]?.title.id ?? service,
      applicantName: async (number) => {
        const application = await store.applications.find(number);
        return application && applicantOf(flows.services[application.service], application.answers).name;
      },
    },
  };
}

/** pdfkit and the fonts are loaded for the first of them. */
async function drawSlip(
  office: Office,
  ticket: Pick<Ticket, 'activity' | 'number' | 'point' | 'date' | 'at' | 'expectedAt'>,
) {
  const { renderTicket } = await import('./documents/papers/ticket-pdf.ts');
  const { activity, point, date, at, expectedAt } = ticket;
  return renderTicket({
    ...{ label: labelOf(ticket), at, expectedAt, office },
    purpose: ACTIVITY_WORDS[activity] ?? office.activities[activity],
    place: placeWords(office, point, Temporal.PlainDate.from(date)),
  });
}
