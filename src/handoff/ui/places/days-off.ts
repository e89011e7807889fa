/** The days off that were entered here, as the whole list that the server takes. */
import type { DayOff, NewDayOff } from './place-types.ts';

/** As the server takes it. */
function toNew({ date, until, reason, points }: Omit<DayOff, 'by' | 'isFixed'>): NewDayOff {
  return {
    ...{ date, reason: reason.id },
    ...(until === null ? {} : { until }),
    ...(points === null ? {} : { points }),
  };
}

/**
 * The list with `before` taken out and `after` put in; either may be absent. What a colleague has entered meanwhile stays: `days`
 * are those of a moment ago.
 */
export function replaceDay(
  days: readonly DayOff[],
  before: DayOff | undefined,
  after: NewDayOff | undefined,
): NewDayOff[] {
  const own = days.filter(({ isFixed }) => !isFixed).map(toNew);
  const gone = before && JSON.stringify(toNew(before));
  const rest = own.filter((day) => JSON.stringify(day) !== gone);
  return after ? [...rest, after] : rest;
}

/** Those that touch a year, in order. */
export function daysOfYear(days: readonly DayOff[], year: number): DayOff[] {
  const touched = days.filter(
    ({ date, until }) => Number(date.slice(0, 4)) <= year && Number((until ?? date).slice(0, 4)) >= year,
  );
  return [...touched].sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0));
}
