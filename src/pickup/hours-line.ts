/** The opening hours in one line. */
import { weekdayName, zoneName } from '../flows/format.ts';
import type { Language } from '../flows/schema.ts';
import {
  ACTIVITIES,
  mainPoint,
  type Office,
  type ServicePoint,
  type WeekHours,
  type Window,
} from '../office.ts';

/** The zones of office.yaml have had no change since 1988, when Pontianak went from WITA to WIB. */
const ANY_INSTANT = Date.UTC(2026, 0);

/**
 * The usual hours of a point (of the main office, unless another is given), activities with the same hours together:
 * `pengajuan, perekaman Sen-Kam 08.00-12.00, Jum 08.00-10.00; pengambilan Sen-Kam 08.00-14.00, Jum 08.00-10.00 WITA`.
 * When all are the same they are not named. Closures and special hours are not in it.
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

/**
 * The kiosks at which documents can be printed, a line each, with place and usual hours:
 * `Mal Pelayanan Publik, Pusat Niaga lantai 1: Sab-Min 10.00-21.00 WITA`. Empty when none is active.
 */
export function describeKiosks(office: Office, language: Language): string {
  const zone = zoneName(ANY_INSTANT, office.timeZone);
  const lines = Object.values(office.points).flatMap(({ name, address, status, activities: { print } }) => {
    const week = status === 'active' && print?.status === 'active' ? describeWeek(print.hours, language) : '';
    return week === '' ? [] : [`${name[language]}, ${address}: ${week} ${zone}`];
  });
  return lines.join('\n');
}

function activeHours(
  office: Office,
  point: ServicePoint,
  language: Language,
): { name: string; hours: WeekHours }[] {
  const active = ACTIVITIES.flatMap((id) => {
    const activity = point.activities[id];
    const isOffered = point.status === 'active' && activity?.status === 'active';
    return isOffered ? [{ name: office.activities[id][language], hours: activity.hours }] : [];
  });
  return active.length > 0 ? active : [{ name: 'chat', hours: office.chat }];
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
