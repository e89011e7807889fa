/** Effect `places`: where a citizen can go, the nearest first. */
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { EffectHandler } from '../conversation/ports.ts';
import type { Near, NearPlace, PlacesResult } from '../flows/talk.ts';
import type { Json } from '../json.ts';
import { ACTIVITIES, type Office } from '../office.ts';
import { isFar, type NearPoint, sortPoints } from './near.ts';
import { placeWords } from './offered-slot.ts';
import { dateAt, type Opening, openingsFrom, outOfOrder } from './openings.ts';
import { findPoint } from './place-on.ts';
import { brokenRemark } from './point-order.ts';
import type { Activity } from './ports.ts';

/** So many are told: they must fit into an SMS. */
const TOLD = 3;
/** What opens later than that is of no use today. */
const AHEAD_DAYS = 14;

const paramsSchema = z.object({
  near: z.union([
    z.object({ latitude: z.number(), longitude: z.number() }),
    z.object({ district: z.string(), name: z.string() }),
    z.object({ point: z.string() }),
  ]),
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
  const able = sorted.find(({ point }) => doesAny(office, point, activities, today));
  const out = able && standingOf(office, able.point, activities, today);
  const places = sorted.flatMap((one) => placeAt(office, one, activities, now) ?? []).slice(0, TOLD);
  return { places, ...(able && out ? { remark: brokenRemark(office, able.point, out) } : {}) };
}

/** True where it is done, or was until something broke. */
function doesAny(office: Office, point: string, activities: readonly Activity[], today: Temporal.PlainDate) {
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
  const standings = has.map((activity) => outOfOrder(office, { point, activity }, today));
  return standings.every((standing) => standing !== undefined) ? standings[0] : undefined;
}

/** The next hours of a point, with all that is done in them; undefined when it does not open. */
function placeAt(
  office: Office,
  { point, km }: NearPoint,
  activities: readonly Activity[],
  now: number,
): NearPlace | undefined {
  const next = activities.flatMap((activity) => {
    const [opening] = openingsFrom(office, { point, activity }, now, AHEAD_DAYS).take(1);
    return opening ? [{ activity, ...opening }] : [];
  });
  const [first] = next.toSorted((a, b) => a.startAt - b.startAt || b.endAt - a.endAt);
  const name = findPoint(office, point)?.name;
  if (!first || !name) return undefined;
  const { startAt, endAt }: Opening = first;
  const done = next.filter((one) => one.startAt < endAt).map(({ activity }) => office.activities[activity]);
  return {
    place: placeWords(office, point, dateAt(startAt, office.timeZone)),
    name,
    ...(km === undefined ? {} : { distanceKm: km }),
    startAt,
    endAt,
    what: { id: done.map(({ id }) => id).join(', '), en: done.map(({ en }) => en).join(', ') },
  };
}
