/** Rules between the keys of one service point. */
import { ACTIVITIES, type OfficeActivity, type ServicePoint, type Standing } from './points.ts';
import type { WeekHours } from './week-hours.ts';
import { subtract } from './windows.ts';

/** Tells one mistake, by the path of the value it is about. */
export type Report = (path: PropertyKey[], message: string) => void;

/** Reports the mistakes of a point, by paths within it; `breaks` are those that hold there. */
export function checkPoint(point: ServicePoint, breaks: WeekHours | undefined, report: Report): void {
  checkStanding(point, [], report);
  for (const id of [...ACTIVITIES, 'print'] as const) {
    const activity = point.activities[id];
    if (activity) checkStanding(activity, ['activities', id], report);
  }
  for (const id of ACTIVITIES) {
    const activity = point.activities[id];
    if (activity)
      checkActivity({ activity, breaks, isMobile: point.kind === 'mobile' }, (path, text) =>
        report(['activities', id, ...path], text),
      );
  }
  checkRoute(point, report);
}

/** A reason or an end without a status that they could belong to is a status that was forgotten. */
function checkStanding({ status, reason, until }: Standing, path: PropertyKey[], report: Report): void {
  if (status !== 'active') return;
  for (const key of ['reason', 'until'] as const)
    if ((key === 'reason' ? reason : until) !== undefined)
      report(
        [...path, key],
        `means nothing while status is active; write status: broken (or suspended, planned) or take ${key} away`,
      );
}

interface Desk {
  activity: OfficeActivity;
  breaks: WeekHours | undefined;
  isMobile: boolean;
}

function checkActivity({ activity, breaks, isMobile }: Desk, report: Report): void {
  const { hours, slotMinutes, walkIns } = activity;
  const fits = (window: { startMinute: number; endMinute: number }) =>
    window.endMinute - window.startMinute >= slotMinutes;
  const isOpen = hours.some((windows) => windows.length > 0);
  if (hours.flat().some((window) => !fits(window)))
    report(['slotMinutes'], 'is longer than one of the spans in hours');
  else if (isOpen && !hours.some((windows, day) => subtract(windows, breaks?.[day] ?? []).some(fits)))
    report(['slotMinutes'], 'is longer than all that breaks leave of the hours');
  // A mobile point may have its hours at each stop.
  if (walkIns && !isOpen && !isMobile)
    report(['walkIns'], 'has no hours in which anybody could come; write hours');
}

/** A day has one stop: whoever is told of a time is told of one place. */
function checkRoute({ kind, route }: ServicePoint, report: Report): void {
  if (kind === 'mobile' && !route)
    report(['kind'], 'is mobile, so it needs a route: where it stands, and when');
  if (kind !== 'mobile' && route) report(['route'], `belongs to kind: mobile only, not to ${kind}`);
  const taken = new Set<string>();
  route?.forEach(({ date, day }, i) => {
    const when = date ?? day;
    if (when === undefined || (date !== undefined && day !== undefined))
      report(['route', i], 'needs either date (one day) or day (each such weekday)');
    else if (taken.has(when))
      report(['route', i, date ? 'date' : 'day'], `there is a stop on ${when} already`);
    else taken.add(when);
  });
}
