/** Effect `queue`: a number in today's queue for a citizen, or how far theirs is. */
import { z } from 'zod';
import type { EffectHandler } from '../../conversation/ports.ts';
import type { Near, QueueResult } from '../../flows/talk.ts';
import type { Json } from '../../json.ts';
import { mainPoint, type Office } from '../../office.ts';
import type { Calendar } from '../calendar/calendar.ts';
import { dateAt } from '../calendar/openings.ts';
import { findPoint } from '../calendar/place-on.ts';
import { placeWords, toOfferedSlot } from '../offering/offered-slot.ts';
import { nearSchema, sortPoints } from '../places/near.ts';
import type { Activity, Booking, BookingStore, Ticket } from '../ports.ts';
import { type Queue, type QueueDeps, walkInsOf } from './queue.ts';

export interface QueueEffectDeps extends Pick<QueueDeps, 'office' | 'clock'> {
  queue: Pick<Queue, 'take' | 'progressOf'>;
  calendar: Pick<Calendar, 'reasonClosed'>;
  bookings: Pick<BookingStore, 'findByApplication'>;
  /** The numbers of the applications of a conversation that are not over. */
  openApplications(conversation: string): Promise<string[]>;
}

const paramsSchema = z.object({
  isCollecting: z.boolean().default(false),
  near: nearSchema.optional(),
});

/**
 * `{ near?, isCollecting }` -> `QueueResult` (flows/talk.ts). The number is for what the conversation's case comes for next,
 * else for handing in papers; where no place is named, at the place of that visit or the first of office.yaml that takes
 * people without a time. Whoever has a time today is told that time.
 */
export function createQueueHandler(deps: QueueEffectDeps): EffectHandler {
  return {
    type: 'queue',
    run: async (effect, { conversation, isRepeat }) => {
      const params = paramsSchema.parse(effect.params);
      const result = await answer(deps, { ...params, holder: conversation.id, isRepeat });
      return { result: result as unknown as Json };
    },
  };
}

interface Asked extends z.infer<typeof paramsSchema> {
  holder: string;
  isRepeat: boolean;
}

async function answer(deps: QueueEffectDeps, asked: Asked): Promise<QueueResult> {
  const office = deps.office();
  const today = dateAt(deps.clock.now(), office.timeZone);
  const visits = await visitsOf(deps, asked.holder);
  const isToday = ({ startAt }: Booking) => dateAt(startAt, office.timeZone).equals(today);
  const ahead = visits.filter(({ endAt }) => endAt > deps.clock.now());
  const booked = ahead.find(isToday);
  if (booked) return { outcome: 'booked', slot: toOfferedSlot(office, booked) };

  // Who has missed the time of today comes for the same.
  const visit = ahead[0] ?? visits.findLast(isToday);
  const activity = visit?.activity ?? (asked.isCollecting ? 'pickup' : 'submit');
  const point = pointFor({ office, today, near: asked.near, preferred: visit?.point }, activity);
  const taken = await deps.queue.take({ point, activity, holder: asked.holder });
  if (taken.ok) return standing(deps, taken.ticket, taken.isNew || asked.isRepeat);
  const place = placeWords(office, point, today);
  if (taken.reason === 'none') return { outcome: 'none', place };
  const why = deps.calendar.reasonClosed(point, activity, today, today) ?? null;
  return { outcome: taken.reason, opensAt: taken.opensAt ?? null, why, place };
}

/** Booked, not held: soonest first. */
async function visitsOf({ openApplications, bookings, clock }: QueueEffectDeps, conversation: string) {
  const numbers = await openApplications(conversation);
  const all = await Promise.all(numbers.map((number) => bookings.findByApplication(number, clock.now())));
  return all
    .flat()
    .filter(({ heldUntil }) => heldUntil === undefined)
    .sort((a, b) => a.startAt - b.startAt);
}

async function standing(deps: QueueEffectDeps, ticket: Ticket, isNew: boolean): Promise<QueueResult> {
  const office = deps.office();
  const now = deps.clock.now();
  const today = dateAt(now, office.timeZone);
  const { label, current = null, ahead, expectedAt } = await deps.queue.progressOf(ticket);
  const place = placeWords(office, ticket.point, today);
  const isStill = ticket.calledAt === undefined && ticket.endedAt === undefined;
  // The doors were shut after the number was given: it leads to nothing any more.
  if (isStill && !dateAt(expectedAt, office.timeZone).equals(today))
    return {
      ...{ outcome: 'closed', opensAt: expectedAt, place },
      why: deps.calendar.reasonClosed(ticket.point, ticket.activity, today, today) ?? null,
    };
  return {
    outcome: isStill ? (isNew ? 'taken' : 'stands') : ticket.endedAt === undefined ? 'called' : 'ended',
    ...{ activity: ticket.activity, label, current, ahead, expectedAt, place },
  };
}

/** The place that was named, however it takes people; else the nearest, the preferred or the first with a queue. */
function pointFor({ office, today, near, preferred }: Place, activity: Activity): string {
  if (near && 'point' in near && findPoint(office, near.point)) return near.point;
  const order = near
    ? sortPoints(office, near, today).map(({ point }) => point)
    : [...(preferred === undefined ? [] : [preferred]), ...Object.keys(office.points)];
  return order.find((point) => walkInsOf(office, point, activity)) ?? mainPoint(office).id;
}

interface Place {
  office: Office;
  today: Temporal.PlainDate;
  near: Near | undefined;
  preferred: string | undefined;
}
