/** What the office should still enter into its calendar, as sentences in Indonesian. */
import { formatDate } from '../../flows/format.ts';
import type { Office, ServicePoint, Standing } from '../../office.ts';
import { dateAt } from './openings.ts';
import { stopOn } from './place-on.ts';

/** From this month on the SKB of the next year is out, and its days are booked soon. */
const NEXT_YEAR_FROM_MONTH = 11;
/** The SKB names some sixteen days; the ones that fall on the same date each year are five. */
const FEWEST_NATIONAL_DAYS = 12;
/** So many days ahead a car should know where it goes. */
const ROUTE_DAYS = 30;

/** In no case an error: the office runs on. Empty when nothing is missing on the day of `now` (ms since the epoch). */
export function calendarWarnings(office: Office, now: number): string[] {
  const today = dateAt(now, office.timeZone);
  const year = today.month >= NEXT_YEAR_FROM_MONTH ? today.year + 1 : today.year;
  return [
    ...missingDaysOff(office, year),
    ...shortSpecials(office, today),
    ...Object.values(office.points).flatMap((point) => [
      ...overdue(point, today, office.timeZone),
      ...routeWithoutDays(point, today),
    ]),
  ];
}

/** A day off that an operator entered has no kind: its reason tells. */
function missingDaysOff({ closures }: Office, year: number): string[] {
  const days = closures
    .filter(({ points }) => points === undefined)
    .flatMap((closure) => datesOf(closure).map((date) => ({ date, isJoint: isJointLeave(closure) })))
    .filter(({ date }) => date.year === year);
  const joint = days.filter(({ isJoint }) => isJoint).length;
  const national = new Set(days.map(({ date }) => date.toString())).size - joint;
  const warnings: string[] = [];
  if (national < FEWEST_NATIONAL_DAYS)
    warnings.push(
      `Hari libur nasional ${year} belum diisi lengkap: baru ${national} hari. Cocokkan dengan SKB 3 Menteri.`,
    );
  if (joint === 0) warnings.push(`Cuti bersama ${year} belum diisi. Cocokkan dengan SKB 3 Menteri.`);
  return warnings;
}

function isJointLeave({ kind, reason }: Office['closures'][number]): boolean {
  return kind === 'joint-leave' || (kind === undefined && /cuti bersama/i.test(reason.id));
}

/** Special hours without `until` hold for one day; that is seldom what was meant. */
function shortSpecials({ special }: Office, today: Temporal.PlainDate): string[] {
  return special
    .filter(({ date, until }) => until === undefined && date >= today.toString())
    .map(
      ({ date, reason }) =>
        `Jam khusus "${reason.id}" hanya berlaku ${date}: tanggal akhirnya (until) tidak ditulis.`,
    );
}

/** It counts as open again since: somebody should have a look. */
function overdue(point: ServicePoint, today: Temporal.PlainDate, timeZone: string): string[] {
  const standings: Standing[] = [
    point,
    ...Object.values(point.activities).filter((one) => one !== undefined),
  ];
  return standings.flatMap(({ status, until }) => {
    if (status === 'active' || until === undefined || until >= today.toString()) return [];
    const last = Temporal.PlainDate.from(until).toZonedDateTime(timeZone).epochMilliseconds;
    return [
      `${point.name.id}: gangguan diperkirakan selesai ${formatDate(last, 'id', timeZone)} dan kini dianggap buka. Pastikan, lalu ubah statusnya.`,
    ];
  });
}

function routeWithoutDays(point: ServicePoint, today: Temporal.PlainDate): string[] {
  if (!point.route || point.status !== 'active') return [];
  const ahead = Array.from({ length: ROUTE_DAYS }, (_, days) => today.add({ days }));
  if (ahead.some((date) => stopOn(point, date))) return [];
  return [`${point.name.id}: rutenya tidak punya hari dalam ${ROUTE_DAYS} hari ke depan.`];
}

function datesOf({ date, until }: { date: string; until?: string | undefined }): Temporal.PlainDate[] {
  const first = Temporal.PlainDate.from(date);
  const days = first.until(until ?? date, { largestUnit: 'days' }).days;
  return Array.from({ length: days + 1 }, (_, i) => first.add({ days: i }));
}
