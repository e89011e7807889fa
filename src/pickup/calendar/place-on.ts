/** Where a point stands on a date: a mobile one goes from stop to stop. */

import { DAYS } from '../../office/week-hours.ts';
import type { Office, RouteStop, ServicePoint } from '../../office.ts';

/** Where citizens go to; coordinates in degrees, the kecamatan by its code. */
export type Place = Pick<ServicePoint, 'address' | 'location' | 'district'>;

/**
 * The place of a point on a date. On a day without a stop a mobile point is at its own address; undefined for a point
 * that is not in `office.yaml`.
 */
export function placeOn(office: Office, point: string, date: Temporal.PlainDate): Place | undefined {
  const found = findPoint(office, point);
  return found && (stopOn(found, date) ?? found);
}

/** The stop of a mobile point on a date; one of a date goes before one of its weekday. */
export function stopOn({ route = [] }: ServicePoint, date: Temporal.PlainDate): RouteStop | undefined {
  const day = date.toString();
  const weekday = DAYS[date.dayOfWeek - 1];
  return route.find((stop) => stop.date === day) ?? route.find((stop) => stop.day === weekday);
}

/** The point of an id that comes from outside; undefined for one that is not in `office.yaml`. */
export function findPoint(office: Office, point: string): ServicePoint | undefined {
  return Object.hasOwn(office.points, point) ? office.points[point] : undefined;
}
