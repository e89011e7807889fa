/** Which point is near: distances as the crow flies, from what a citizen said of where they are. Pure. */
import { z } from 'zod';
import type { Near } from '../../flows/talk.ts';
import type { Office } from '../../office.ts';
import { placeOn } from '../calendar/place-on.ts';

/** What a citizen said of a place, as it travels through a conversation. */
export const nearSchema = z.union([
  z.object({ latitude: z.number(), longitude: z.number() }),
  z.object({ district: z.string(), name: z.string() }),
  z.object({ point: z.string() }),
]);

/** Coordinates in degrees. */
export interface Location {
  latitude: number;
  longitude: number;
}

/** A point of the office; `km` is absent where it is not known, and at the place itself. */
export interface NearPoint {
  point: string;
  km?: number;
}

/** Whoever is farther from every point is in another regency, at sea, or sent a wrong place. */
const FAR_KM = 200;
const EARTH_RADIUS_KM = 6371;

/** As the crow flies, in km with one decimal (haversine; within half a percent of the true distance). */
export function distanceKm(a: Location, b: Location): number {
  const [latitudeA, latitudeB] = [radians(a.latitude), radians(b.latitude)];
  const across = Math.sin((latitudeB - latitudeA) / 2) ** 2;
  const along = Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  const chord = Math.min(1, across + Math.cos(latitudeA) * Math.cos(latitudeB) * along);
  return Math.round(2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(chord)) * 10) / 10;
}

/**
 * Where that is, on a date (a mobile point goes from place to place). A kecamatan lies where a point in it lies, whatever
 * the status of that point, or else where `districts` of office.yaml says. Undefined when nobody has told us.
 */
export function placeOf(near: Near, office: Office, date: Temporal.PlainDate): Location | undefined {
  if ('latitude' in near) return near;
  const own = pointsAt(near, office, date).map((point) => placeOn(office, point, date)?.location);
  const there = own.find((location) => location !== undefined);
  if (there || 'point' in near) return there;
  return Object.hasOwn(office.districts, near.district) ? office.districts[near.district] : undefined;
}

/** The points that were named: the point itself, or those in that kecamatan; none for coordinates. In the office's order. */
export function pointsAt(near: Near, office: Office, date: Temporal.PlainDate): string[] {
  if ('latitude' in near) return [];
  return Object.keys(office.points).filter((point) =>
    'point' in near ? point === near.point : placeOn(office, point, date)?.district === near.district,
  );
}

/**
 * All points, whatever their status: the named one first, then the nearest, and last those of which the distance is not
 * known, in the office's order. In a kecamatan without coordinates the points in it come first.
 */
export function sortPoints(office: Office, near: Near, date: Temporal.PlainDate): NearPoint[] {
  const here = placeOf(near, office, date);
  const named = pointsAt(near, office, date);
  const isFirst = (point: string) => named.includes(point) && ('point' in near || here === undefined);
  const ranked = Object.keys(office.points).map((point) => {
    const there = placeOn(office, point, date)?.location;
    const km = here && there ? distanceKm(here, there) : undefined;
    const isThere = named.includes(point) && km === 0;
    return {
      point,
      rank: isFirst(point) ? -1 : (km ?? Number.POSITIVE_INFINITY),
      km: isThere ? undefined : km,
    };
  });
  return ranked
    .sort((a, b) => (a.rank === b.rank ? 0 : a.rank - b.rank))
    .map(({ point, km }) => ({ point, ...(km === undefined ? {} : { km }) }));
}

/** True for coordinates more than 200 km from every point; never where no point has any. */
export function isFar(near: Near, office: Office, date: Temporal.PlainDate): boolean {
  if (!('latitude' in near)) return false;
  const known = sortPoints(office, near, date).flatMap(({ km }) => (km === undefined ? [] : [km]));
  return known.length > 0 && known.every((km) => km > FAR_KM);
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
