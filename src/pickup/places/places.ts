/** Effect `places`: where a citizen can go, the nearest first. */
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { EffectHandler } from '../../conversation/ports.ts';
import type { Near, NearPlace, PlacesResult } from '../../flows/talk.ts';
import type { Json } from '../../json.ts';
import { ACTIVITIES, type Office } from '../../office.ts';
import { dateAt, openingsFrom, outOfOrder } from '../calendar/openings.ts';
import { findPoint } from '../calendar/place-on.ts';
import { placeWords } from '../offering/offered-slot.ts';
import { brokenRemark } from '../offering/point-order.ts';
import type { Activity } from '../ports.ts';
import { isFar, type NearPoint, nearSchema, sortPoints } from './near.ts';

/** So many are told: they must fit into an SMS. */
const TOLD = 3;
/** What opens later than that is of no use today. */
const AHEAD_DAYS = 14;

/** A kiosk is told to those who name it: nobody books a time there. */
type Told = Activity | 'print';
const PRINT = { id: 'cetak mandiri', en: 'printing' };

const paramsSchema = z.object({
  near: nearSchema,
  activity: z.enum(ACTIVITIES).optional(),
});

/** `{ near, activity? }` -> `PlacesResult` (flows/talk.ts). Reads only the calendar; asking again tells what holds then. */
export function createPlacesHandler(deps: { office: () => Office; clock: Clock }): EffectHandler {
  return {
    type: 'places',
    run: async (effect) => {
      const { near, activity } = paramsSchema.parse(effect.params);
      const result = findPlaces(
        deps.office(),
        { near, activities: activity ? [activity] : ACTIVITIES },
        deps.clock.now(),
      );
      return { result: result as unknown as Json };
    },
  };
}

/** What is looked for: places that do any of these. */
export interface PlacesWanted {
  near: Near;
  activities: readonly Activity[];
}

/**
 * The nearest places that are open for any of the activities now or within two weeks, with their next hours. A remark says
 * that the nearest which has them is out of order, or that all are far away; then nothing is told but that.
 */
export function findPlaces(office: Office, { near, activities }: PlacesWanted, now: number): PlacesResult {
  const today = dateAt(now, office.timeZone);
  if (isFar(near, office, today)) return { places: [], remark: { code: 'far' } };
  const sorted = sortPoints(office, near, today);
  const able = sorted.find(({ point }) => isNamed(near, point) || doesAny(office, point, activities, today));
  const out = able && standingOf(office, able.point, activities, today);
  const places = sorted
    .flatMap((one) => {
      const isKiosk = isNamed(near, one.point) && doesAny(office, one.point, ['print'], today);
      return placeAt(office, one, isKiosk ? ['print', ...activities] : activities, now) ?? [];
    })
    .slice(0, TOLD);
  return { places, ...(able && out ? { remark: brokenRemark(office, able.point, out) } : {}) };
}

/** Who names a place that was never opened is told so. */
function isNamed(near: Near, point: string): boolean {
  return 'point' in near && near.point === point;
}

/** True where it is done, or was until something broke. */
function doesAny(office: Office, point: string, activities: readonly Told[], today: Temporal.PlainDate) {
  return activities.some(
    (activity) =>
      findPoint(office, point)?.activities[activity] &&
      outOfOrder(office, { point, activity }, today)?.status !== 'planned',
  );
}

/** How a point stands that can do none of them today because it is out of order. */
function standingOf(
  office: Office,
  point: string,
  activities: readonly Activity[],
  today: Temporal.PlainDate,
) {
  const has = activities.filter((activity) => findPoint(office, point)?.activities[activity]);
  if (has.length === 0) return outOfOrder(office, { point, activity: 'print' }, today);
  const standings = has.map((activity) => outOfOrder(office, { point, activity }, today));
  return standings.every((standing) => standing !== undefined) ? standings[0] : undefined;
}

/** The hours of the next day on which a point is open; undefined when it does not open. */
function placeAt(
  office: Office,
  { point, km }: NearPoint,
  activities: readonly Told[],
  now: number,
): NearPlace | undefined {
  const next = activities.flatMap((activity) => {
    const [opening] = openingsFrom(office, { point, activity }, now, AHEAD_DAYS).take(1);
    return opening ? [{ ...opening, what: activity === 'print' ? PRINT : office.activities[activity] }] : [];
  });
  const name = findPoint(office, point)?.name;
  if (next.length === 0 || !name) return undefined;
  const day = dateAt(Math.min(...next.map(({ startAt }) => startAt)), office.timeZone);
  const open = next.filter(({ startAt }) => dateAt(startAt, office.timeZone).equals(day));
  return {
    place: placeWords(office, point, day),
    name,
    ...(km === undefined ? {} : { distanceKm: km }),
    open: together(open),
  };
}

/** Activities with the same hours stand together. */
function together(open: NearPlace['open']): NearPlace['open'] {
  return [...Map.groupBy(open, ({ startAt, endAt }) => `${startAt}-${endAt}`).values()].flatMap((same) => {
    const [first] = same;
    const joined = (language: 'id' | 'en') => same.map(({ what }) => what[language]).join(', ');
    return first ? [{ ...first, what: { id: joined('id'), en: joined('en') } }] : [];
  });
}
