/** The opening hours in one line. */
import { weekdayName, zoneName } from '../../flows/format.ts';
import type { Language } from '../../flows/schema.ts';
import {
  ACTIVITIES,
  mainPoint,
  type Office,
  type ServicePoint,
  type Standing,
  type WeekHours,
  type Window,
} from '../../office.ts';
import { openingsOn, outOfOrder } from './openings.ts';
import { reasonClosed } from './reason-closed.ts';

/** The zones of office.yaml have had no change since 1988, when Pontianak went from WITA to WIB. */
const ANY_INSTANT = Date.UTC(2026, 0);

const CLOSED_TODAY: Record<Language, string> = { id: 'hari ini tutup', en: 'closed today' };

/**
 * The usual hours of a point (of the main office, unless another is given), activities with the same hours together:
 * `pengajuan, perekaman Sen-Kam 08.00-12.00, Jum 08.00-10.00; pengambilan Sen-Kam 08.00-14.00, Jum 08.00-10.00 WITA`.
 * When all are the same they are not named. Closures and special hours are not in it, nor is what is out of order until a day
 * that is known; what is out of order for longer is left out.
 */
export function describeHours(
  office: Office,
  language: Language,
  point: ServicePoint = mainPoint(office).point,
): string {
  const groups = new Map<string, string[]>();
  for (const { name, hours } of activeHours(office, point, language)) {
    const week = describeWeek(hours, language);
    if (week !== '') groups.set(week, [...(groups.get(week) ?? []), name]);
  }
  const lines = [...groups].map(([week, names]) =>
    groups.size === 1 ? week : `${names.join(', ')} ${week}`,
  );
  return `${lines.join('; ')} ${zoneName(ANY_INSTANT, office.timeZone)}`;
}

/** The hours of a week in one line, `Sen-Kam 08.00-12.00, Jum 08.00-10.00 WITA`; empty when it has none. */
export function describeWeekHours(hours: WeekHours, language: Language, timeZone: string): string {
  const week = describeWeek(hours, language);
  return week === '' ? '' : `${week} ${zoneName(ANY_INSTANT, timeZone)}`;
}

/**
 * The kiosks at which documents can be printed, a line each, with place and usual hours, and why one is closed today:
 * `Mal Pelayanan Publik, Pusat Niaga lantai 1: Sab-Min 10.00-21.00 WITA (hari ini tutup: Tahun Baru)`. Empty when none is in
 * order.
 */
export function describeKiosks(office: Office, language: Language, today: Temporal.PlainDate): string {
  const lines = Object.entries(office.points).flatMap(
    ([
      id,
      {
        name,
        address,
        activities: { print },
      },
    ]) => {
      const desk = { point: id, activity: 'print' } as const;
      const week = print ? describeWeekHours(print.hours, language, office.timeZone) : '';
      if (week === '' || outOfOrder(office, desk, today)) return [];
      const isUsual = (print?.hours[today.dayOfWeek - 1] ?? []).length > 0;
      const isShut = isUsual && openingsOn(office, desk, today).length === 0;
      const reason = isShut ? reasonClosed(office, desk, today, today)?.[language] : undefined;
      return [
        `${name[language]}, ${address}: ${week}${reason ? ` (${CLOSED_TODAY[language]}: ${reason})` : ''}`,
      ];
    },
  );
  return lines.join('\n');
}

function activeHours(
  office: Office,
  point: ServicePoint,
  language: Language,
): { name: string; hours: WeekHours }[] {
  const active = ACTIVITIES.flatMap((id) => {
    const activity = point.activities[id];
    const isOffered = activity && isUsuallyThere(point) && isUsuallyThere(activity);
    return isOffered ? [{ name: office.activities[id][language], hours: activity.hours }] : [];
  });
  return active.length > 0 ? active : [{ name: 'chat', hours: office.chat }];
}

/** The usual week goes on after a day that is known. */
function isUsuallyThere({ status, until }: Standing): boolean {
  return status === 'active' || until !== undefined;
}

/** `Sen-Kam 08.00-12.00, Jum 08.00-10.00`: neighbouring days with the same hours together. */
function describeWeek(hours: WeekHours, language: Language): string {
  const days = hours.map((windows) => windows.map(describeWindow).join(' & '));
  const parts: string[] = [];
  for (let first = 0; first < days.length; ) {
    let last = first;
    while (days[last + 1] === days[first]) last += 1;
    if (days[first] !== '') parts.push(`${describeDays(first, last, language)} ${days[first]}`);
    first = last + 1;
  }
  return parts.join(', ');
}

function describeDays(first: number, last: number, language: Language): string {
  const [from, to] = [first, last].map((day) => weekdayName(day + 1, language, 'sms'));
  return first === last ? `${from}` : `${from}-${to}`;
}

function describeWindow({ startMinute, endMinute }: Window): string {
  return `${clockTime(startMinute)}-${clockTime(endMinute)}`;
}

function clockTime(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}.${two(minute % 60)}`;
}
