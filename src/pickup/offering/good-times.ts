/** Which times are offered: the soonest that are free, spread over half-days, or those nearest to what was wished for. */
import { AppError } from '../../errors.ts';
import type { Near, Wish } from '../../flows/talk.ts';
import { mainPoint } from '../../office.ts';
import type { Calendar } from '../calendar/calendar.ts';
import { dateAt } from '../calendar/openings.ts';
import type { Slot } from '../ports.ts';
import { choose, type GoodTimes } from './choices.ts';
import { isChosen, type TimesDeps } from './free-times.ts';
import { orderPoints } from './point-order.ts';
import type { Visit } from './search.ts';

/** Counters need this much open time to see who is coming. */
const NOTICE_MS = 2 * 3_600_000;

/** What offering a time needs. */
export interface GoodTimesDeps extends TimesDeps {
  calendar: Pick<Calendar, 'addOpenTime'>;
  /** What the office promised for an application; undefined when there is no such application. */
  applicationFacts(application: string): Promise<Facts | undefined>;
  /** True for a service whose document is printed on a blank card. */
  needsBlangko(service: string): boolean;
  /** True when a point has no blank cards left. */
  isBlankOut(point: string): Promise<boolean>;
}

interface Facts {
  dueAt: number;
  service: string;
  state?: string;
}

/** What was asked for beside the visit itself. */
export interface Asked {
  wish?: Wish | undefined;
  near?: Near | undefined;
  /** What was offered already, for a wish for other times. */
  offered?: readonly Slot[] | undefined;
  /** Not before this instant, whatever else holds; milliseconds since the epoch. */
  notBefore?: number | undefined;
}

/**
 * The next three good times, all at one point; fewer, or none, when the next 60 days have no more.
 *
 * The point is that of the visit they have, or else the main office, if it has any within two weeks, else the next of
 * `office.yaml`; for `near` the nearest. Without a wish they are spread over half-days. A wish is met by the first point that
 * has such times, soonest first; if none has, a remark says why, and what is nearest in time is offered. Who names a place is
 * offered times there, whatever the wish, as long as it has any. Pick-ups are not before the document is due or ready, other
 * visits not before two open hours from now; the visit that the application has already is left out.
 * Throws AppError NOT_FOUND for a pick-up of an application that does not exist.
 */
export async function findGoodTimes(
  deps: GoodTimesDeps,
  visit: Visit,
  asked: Asked = {},
): Promise<GoodTimes> {
  const { application, activity } = visit;
  const office = deps.office();
  const now = deps.clock.now();
  const facts = await deps.applicationFacts(application);
  if (activity === 'pickup' && !facts)
    throw new AppError('NOT_FOUND', { detail: `there is no application ${application} to pick up` });
  const service = facts?.service ?? '';
  const needsCard = activity === 'pickup' && deps.needsBlangko(service);
  const mine = await deps.bookings.findByApplication(application, now);
  const ahead = mine.filter(({ endAt }) => endAt > now);
  const chosen = ahead.find((one) => one.activity === activity && isChosen(one))?.point;
  const order = await orderPoints({
    ...{ office, activity, near: asked.near, chosen },
    today: dateAt(now, office.timeZone),
    isBlankOut: needsCard ? deps.isBlankOut : undefined,
  });
  const found = await choose({
    ...{ deps, office, now, visit, service, points: order.points, named: order.named },
    isNear: asked.near !== undefined || (chosen !== undefined && chosen !== mainPoint(office).id),
    ahead,
    wish: asked.wish ?? {},
    offered: asked.offered ?? [],
    notBefore: (point) => Math.max(asked.notBefore ?? 0, earliest(deps, { activity, point, now, facts })),
  });
  const remark = found.remark ?? order.remark;
  return { slots: found.slots, ...(remark ? { remark } : {}) };
}

function earliest(
  deps: Pick<GoodTimesDeps, 'calendar'>,
  visit: { activity: Visit['activity']; point: string; now: number; facts: Facts | undefined },
): number {
  const { activity, point, now, facts } = visit;
  if (activity !== 'pickup')
    return deps.calendar.addOpenTime(point, activity, now, NOTICE_MS) ?? Number.POSITIVE_INFINITY;
  return facts?.state === 'ready' ? now + 1 : Math.max(now + 1, facts?.dueAt ?? 0);
}
