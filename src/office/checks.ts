/** What the schema of `office.yaml` cannot say: rules between its parts. */
import { checkPoint, type Report } from './point-checks.ts';
import type { Office } from './schema.ts';
import type { WeekHours, Window } from './week-hours.ts';
import { subtract } from './windows.ts';

/** Reports every mistake of an office whose keys are all right. */
export function checkOffice(office: Office, report: Report): void {
  checkMainPoint(office, report);
  for (const [id, point] of Object.entries(office.points))
    checkPoint(point, point.breaks ?? office.breaks, (path, message) =>
      report(['points', id, ...path], message),
    );
  checkPeriods(office, report);
}

/** Without any working day no promise could be given a date. */
function checkMainPoint(office: Office, report: Report): void {
  const [main] = Object.values(office.points);
  if (main === undefined) {
    report(['points'], 'needs at least one point, the main office');
    return;
  }
  const submit = main.route ? undefined : main.activities.submit?.hours;
  const days = [
    ...afterBreaks(office.chat, office.breaks),
    ...afterBreaks(submit, main.breaks ?? office.breaks),
  ];
  if (days.every((windows) => windows.length === 0))
    report(
      ['chat'],
      'has no hours outside breaks, nor has submit at the main office; the office needs a working day',
    );
}

function afterBreaks(hours: WeekHours = [], breaks: WeekHours = []): Window[][] {
  return hours.map((windows, day) => subtract(windows, breaks[day] ?? []));
}

function checkPeriods(office: Office, report: Report): void {
  const known = Object.keys(office.points);
  for (const key of ['closures', 'special'] as const) {
    office[key].forEach(({ date: from, until, points = [] }, i) => {
      if (until !== undefined && until < from) report([key, i, 'until'], `lies before date (${from})`);
      const named = Array.isArray(points)
        ? [...points.entries()]
        : Object.keys(points).map((id) => [id, id] as const);
      for (const [at, id] of named)
        if (!known.includes(id))
          report([key, i, 'points', at], `there is no point "${id}"; points are ${known.join(', ')}`);
    });
  }
}
