/** What stands in the calendar file of a visit, gathered from the case, its booking, flows.yaml and the office. */
import type { Application, ApplicationStore } from './applications/ports.ts';
import type { Clock } from './clock.ts';
import type { CalendarFacts } from './documents/papers/calendar-file.ts';
import type { Flows } from './flows/schema.ts';
import type { Office } from './office.ts';
import { dateAt } from './pickup/calendar/openings.ts';
import { placeOn } from './pickup/calendar/place-on.ts';
import { visitsAhead } from './pickup/offering/booked-slot.ts';
import { toOfferedSlot } from './pickup/offering/offered-slot.ts';
import type { Booking, BookingStore } from './pickup/ports.ts';

interface Deps {
  flows: Flows;
  officeNow: () => Office;
  applications: Pick<ApplicationStore, 'findByConversation'>;
  bookings: Pick<BookingStore, 'findByApplication'>;
  clock: Clock;
}

/**
 * Builds the look-up: the soonest visit ahead of an application of this conversation, or of all of them where none is named.
 * An application of somebody else gives nothing.
 */
export function createCalendarFacts({ flows, officeNow, applications, bookings, clock }: Deps) {
  return async (conversation: string, number?: string): Promise<CalendarFacts | undefined> => {
    const now = clock.now();
    const mine = await applications.findByConversation(conversation);
    const asked = mine.filter((one) => number === undefined || one.number === number);
    const visits = await Promise.all(
      asked.map(async (one) =>
        visitsAhead(await bookings.findByApplication(one.number, now), now).map((booking) => ({
          one,
          booking,
        })),
      ),
    );
    const [next] = visits.flat().toSorted((a, b) => a.booking.startAt - b.booking.startAt);
    return next && factsOf({ flows, office: officeNow() }, next.one, next.booking);
  };
}

function factsOf(
  { flows, office }: { flows: Flows; office: Office },
  { number, service }: Application,
  booking: Booking,
): CalendarFacts {
  const { startAt, endAt, place } = toOfferedSlot(office, booking);
  const known = flows.services[service];
  const title = known?.title ?? { id: service, en: service };
  const what = office.activities[booking.activity];
  return {
    application: number,
    visit: { startAt, endAt, changedAt: booking.bookedAt, place },
    location: placeOn(office, booking.point, dateAt(startAt, office.timeZone))?.location,
    purpose: { id: `${title.id} (${what.id})`, en: `${title.en} (${what.en})` },
    bring: known?.bring ?? flows.labels.none,
    office: { id: office.shortName, en: office.shortName },
    timeZone: office.timeZone,
  };
}
