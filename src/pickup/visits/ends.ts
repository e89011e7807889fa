/** What the end of a case does with its visit: the visit that it ended at was a visit, and a seat that nobody needs is freed. */
import type { Clock } from '../../clock.ts';
import type { Office } from '../../office.ts';
import { dateAt } from '../calendar/openings.ts';
import type { BookingStore, VisitStore } from '../ports.ts';

/** `handed-over`: they were here for it. Idempotent. */
export type EndVisit = (application: string, how: 'handed-over' | 'closed') => Promise<void>;

/** A handing over marks the visit of the day as served; whatever else lies ahead is freed. */
export function createEndVisit(deps: {
  bookings: Pick<BookingStore, 'findByApplication' | 'cancel'>;
  visits: Pick<VisitStore, 'mark'>;
  office: () => Office;
  clock: Clock;
}): EndVisit {
  return async (application, how) => {
    const now = deps.clock.now();
    const today = dateAt(now, deps.office().timeZone).toString();
    const all = await deps.bookings.findByApplication(application, now);
    const isToday = (at: number) => dateAt(at, deps.office().timeZone).toString() === today;
    const visited = how === 'handed-over' ? all.filter(({ startAt }) => isToday(startAt)) : [];
    for (const { id, heldUntil } of visited)
      if (heldUntil === undefined)
        await deps.visits.mark({ booking: id, mark: 'served', at: now, by: 'system' });
    const isFreed = all.some((booking) => booking.endAt > now && !visited.includes(booking));
    if (isFreed) await deps.bookings.cancel(application, now);
  };
}
