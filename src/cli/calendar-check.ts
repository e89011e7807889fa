/** `loket calendar check`: which days each point is open, and what is missing in the calendar. */
import type { Clock } from '../clock.ts';
import { DAYS } from '../office/week-hours.ts';
import { ACTIVITIES, type Office } from '../office.ts';
import { closureOn, dateAt, openingsOn, outOfOrder } from '../pickup/calendar/openings.ts';
import { calendarWarnings } from '../pickup/calendar/warnings.ts';
import { type Io, print } from './io.ts';

/** From the Monday before today: 90 days at least. */
const WEEKS = 14;

interface Week {
  /** Its Monday, `YYYY-MM-DD`. */
  from: string;
  /** The days on which any activity is open, as office.yaml names them. */
  open: string[];
  /** Days off, by day. */
  closed: Record<string, string>;
}

interface PointWeeks {
  id: string;
  name: string;
  /** What is not offered today, and why. */
  outOfOrder: string[];
  weeks: Week[];
}

/**
 * Writes the next 14 weeks of each point, then what is missing; true when nothing is. As `office.yaml` has it: what operators
 * changed while the service runs is not in it.
 */
export function runCalendarCheck(
  office: Office,
  { clock, io }: { clock: Clock; io: Io },
  { json = false } = {},
): boolean {
  const now = clock.now();
  const warnings = calendarWarnings(office, now);
  const points = Object.keys(office.points).map((id) => weeksOf(office, id, dateAt(now, office.timeZone)));
  if (json) print(io.output, JSON.stringify({ points, warnings }));
  else {
    for (const point of points) for (const line of linesOf(point)) print(io.output, line);
    for (const warning of warnings) print(io.output, `! ${warning}`);
  }
  print(
    io.errors,
    warnings.length === 0
      ? 'The calendar is complete.'
      : 'The lines with ! tell what is missing; the service runs all the same.',
  );
  return warnings.length === 0;
}

function weeksOf(office: Office, id: string, today: Temporal.PlainDate): PointWeeks {
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const weeks = Array.from({ length: WEEKS }, (_, i) => weekOf(office, id, monday.add({ weeks: i })));
  return { id, name: office.points[id]?.name.id ?? id, outOfOrder: outToday(office, id, today), weeks };
}

function weekOf(office: Office, point: string, monday: Temporal.PlainDate): Week {
  const week: Week = { from: monday.toString(), open: [], closed: {} };
  DAYS.forEach((day, i) => {
    const date = monday.add({ days: i });
    const desks = [...ACTIVITIES, 'print' as const].map((activity) => ({ point, activity }));
    if (desks.some((desk) => openingsOn(office, desk, date).length > 0)) week.open.push(day);
    const closure = closureOn(office, { point, activity: 'submit' }, date);
    if (closure) week.closed[day] = closure.reason.id;
  });
  return week;
}

/** Each that has another standing than the point itself is told by its own. */
function outToday(office: Office, point: string, today: Temporal.PlainDate): string[] {
  const known = office.points[point];
  return [...ACTIVITIES, 'print' as const].flatMap((activity) => {
    const standing = known?.activities[activity] && outOfOrder(office, { point, activity }, today);
    if (!standing) return [];
    const { status, reason, until } = standing;
    return [`${activity}: ${status}${until ? ` until ${until}` : ''}${reason ? ` (${reason.id})` : ''}`];
  });
}

function linesOf({ id, name, outOfOrder: out, weeks }: PointWeeks): string[] {
  const isEverOpen = weeks.some(({ open }) => open.length > 0);
  const days = isEverOpen ? weeks.map(lineOf) : [`not open on any day of the next ${WEEKS} weeks`];
  return [`${id}: ${name}`, ...[...out, ...days].map((line) => `  ${line}`), ''];
}

function lineOf({ from, open, closed }: Week): string {
  const days = DAYS.map((day) => (open.includes(day) ? day : ' - ')).join(' ');
  const off = Object.entries(closed).map(([day, reason]) => `${day} ${reason}`);
  return `${from}  ${days}  ${off.join(', ')}`.trimEnd();
}
