/** Looking after booked visits: what that needs of the other rooms. */
import type { Logger } from 'pino';
import type { CasesDeps } from './applications/cases.ts';
import type { TellVisit } from './applications/tell-visit.ts';
import { createVisitCases } from './applications/visit-cases.ts';
import type { Clock } from './clock.ts';
import type { Leases } from './conversation/ports.ts';
import type { MayGo } from './conversation/unasked.ts';
import type { Watch } from './conversation/watch.ts';
import type { Office } from './office.ts';
import type { Calendar } from './pickup/calendar/calendar.ts';
import { createFindSlot } from './pickup/offering/booked-slot.ts';
import type { GoodTimesDeps } from './pickup/offering/good-times.ts';
import { createMoveVisit } from './pickup/offering/move.ts';
import { createEndVisit } from './pickup/visits/ends.ts';
import { createVisits } from './pickup/visits/visits.ts';
import type { Store } from './store/open.ts';

interface VisitCareDeps {
  store: Pick<Store, 'applications' | 'bookings' | 'visits' | 'hub'>;
  clock: Clock;
  log: Logger;
  leases: Leases | undefined;
  officeNow: () => Office;
  calendar: Calendar;
  times: GoodTimesDeps;
  tellVisit: TellVisit;
  mayGo: MayGo;
}

/** The watch over the visits; the visit that a case has, and what its end does with it. */
export interface VisitCare extends Pick<CasesDeps, 'findVisit' | 'ended'> {
  watch: Watch;
}

/** Wires it; nothing runs by itself. */
export function createVisitCare(deps: VisitCareDeps): VisitCare {
  const { store, clock, log, leases, officeNow, times } = deps;
  const { applications, bookings, visits } = store;
  const shared = { bookings, visits, clock, office: officeNow };
  const endVisit = createEndVisit(shared);
  return {
    watch: createVisits({
      ...{ ...shared, log, leases },
      cases: createVisitCases({
        ...{ applications, mayGo: deps.mayGo, tell: deps.tellVisit },
      }),
      move: createMoveVisit(times),
      addWorkingDays: deps.calendar.addWorkingDays,
    }),
    findVisit: createFindSlot({ office: officeNow, bookings, clock }),
    async ended(number, how) {
      try {
        await endVisit(number, how);
        store.hub.publish('visits', null);
      } catch (err) {
        // What it leaves is freed by the watch.
        log.error({ number, err }, 'the visit of a case that has ended could not be freed');
      }
    },
  };
}
