/** Effect `coming`: what a citizen says of the visit that is booked. */
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { EffectHandler, Hub } from '../../conversation/ports.ts';
import type { Json } from '../../json.ts';
import type { Office } from '../../office.ts';
import { dateAt, openingsOn } from '../calendar/openings.ts';
import { toOfferedSlot } from '../offering/offered-slot.ts';
import type { Booking, BookingStore, VisitStore } from '../ports.ts';

export interface ComingDeps {
  bookings: Pick<BookingStore, 'findByApplication' | 'cancel'>;
  visits: Pick<VisitStore, 'mark'>;
  hub: Hub;
  office: () => Office;
  clock: Clock;
}

const paramsSchema = z.object({
  application: z.string(),
  how: z.enum(['on-way', 'late', 'cannot']),
  /** The visit that they were told of last. */
  slot: z.custom<Json>(),
});

/** Who comes this late after the end of a visit still means it. */
const MEANT_AFTER_MS = 3 * 3_600_000;
/** Nobody sets out earlier than the evening before; who says so has the wrong day. */
const MEANT_BEFORE_MS = 36 * 3_600_000;

/**
 * `{ application, how, slot }` -> `{ how, slot }`: `on-way` and `late` (with `until`, when the counter closes) are marked for
 * the counter, `cannot` frees the seat (`next`: the day after it). `early`: the visit is on another day; `over`: the counter has closed for that visit; `none`: there is no such visit.
 */
export function createComingHandler(deps: ComingDeps): EffectHandler {
  return {
    type: 'coming',
    run: async (effect, { isRepeat }) => {
      const { application, how, slot } = paramsSchema.parse(effect.params);
      const booking = await meant(deps, application);
      // An earlier try has freed it.
      if (!booking && isRepeat && how === 'cannot') return { result: { how, slot } };
      return { result: booking ? await take(deps, booking, how) : { how: 'none' } };
    },
  };
}

/** The visit that is to come, or else the one that is just over. */
async function meant({ bookings, clock }: ComingDeps, application: string): Promise<Booking | undefined> {
  const now = clock.now();
  const all = await bookings.findByApplication(application, now);
  const booked = all.filter(({ heldUntil }) => heldUntil === undefined);
  return (
    booked.find(({ endAt }) => endAt > now) ?? booked.findLast(({ endAt }) => endAt + MEANT_AFTER_MS > now)
  );
}

async function take(deps: ComingDeps, booking: Booking, how: 'on-way' | 'late' | 'cannot'): Promise<Json> {
  const { bookings, visits, hub, clock } = deps;
  const now = clock.now();
  const slot = toOfferedSlot(deps.office(), booking);
  const until = closingTime(deps.office(), booking);
  if (how === 'cannot' && booking.endAt > now) {
    await bookings.cancel(booking.application, now);
    hub.publish('visits', null);
    // Not that day: it would be the first that is offered.
    const next = dateAt(booking.startAt, deps.office().timeZone).add({ days: 1 }).toString();
    return { how, slot, next };
  }
  if (now < booking.startAt - MEANT_BEFORE_MS) return { how: 'early', slot };
  // Too late to free a seat: whoever could not come gets another time.
  if (now >= until || how === 'cannot') return { how: 'over', slot };
  await visits.mark({ booking: booking.id, mark: how, at: now, by: 'citizen' });
  hub.publish('visits', null);
  return how === 'late' ? { how, slot, until } : { how, slot };
}

/** When the counter of the visit closes on that day; it may have been closed since: then the visit's own end counts. */
function closingTime(office: Office, booking: Booking): number {
  const openings = openingsOn(office, booking, dateAt(booking.startAt, office.timeZone));
  return Math.max(booking.endAt, ...openings.map(({ endAt }) => endAt));
}
