/** Why nobody is served at a desk on a date, in words for citizens; GSM-7. */
import { formatDate } from '../../flows/format.ts';
import type { Office, PointStatus, Standing } from '../../office.ts';
import { closureOn, openingsOn, outOfOrder, type PointDesk, specialOn } from './openings.ts';
import { findPoint, stopOn } from './place-on.ts';

/** The same in each language of citizens. */
export type Reason = { id: string; en: string };

/** What is said of a status for which nobody wrote a reason. */
export const OUT: Record<Exclude<PointStatus, 'active'>, Reason> = {
  planned: { id: 'belum dibuka', en: 'not open yet' },
  suspended: { id: 'tutup sementara', en: 'closed for a while' },
  broken: { id: 'sedang ada gangguan', en: 'out of order' },
};
const NO_STOP: Reason = {
  id: 'layanan keliling tidak datang hari itu',
  en: 'the mobile service does not come that day',
};
const NO_STOP_TODAY: Reason = {
  id: 'layanan keliling tidak datang hari ini',
  en: 'the mobile service does not come today',
};
/** Nothing keeps it shut: it is never open on such a day. */
export const NO_HOURS: Reason = { id: 'tidak ada jam layanan hari itu', en: 'no opening hours that day' };
const NO_HOURS_TODAY: Reason = { id: 'tidak ada jam layanan hari ini', en: 'no opening hours today' };

/**
 * A closure's reason; else that of what is out of order, with its last day where it is known (`alat perekaman rusak, s.d.
 * Jumat 27 November 2026`); else that of the special hours that leave none of the usual ones; else that there are no hours on
 * that day (`today`: it is spoken of on that day itself). Undefined when the desk is open on it.
 */
export function reasonClosed(
  office: Office,
  desk: PointDesk,
  date: Temporal.PlainDate,
  today?: Temporal.PlainDate,
): Reason | undefined {
  if (openingsOn(office, desk, date).length > 0) return undefined;
  const closure = closureOn(office, desk, date);
  if (closure) return closure.reason;
  const standing = outOfOrder(office, desk, date);
  if (standing) return describeStanding(standing, office.timeZone);
  const point = findPoint(office, desk.point);
  const isToday = today?.equals(date) === true;
  if (point?.route && !stopOn(point, date)) return isToday ? NO_STOP_TODAY : NO_STOP;
  const isUsual = (point?.activities[desk.activity]?.hours[date.dayOfWeek - 1] ?? []).length > 0;
  return (
    (isUsual ? specialOn(office, desk, date)?.reason : undefined) ?? (isToday ? NO_HOURS_TODAY : NO_HOURS)
  );
}

/** The reason of a whole office's day off; undefined on every other day. */
export function dayOff(office: Office, date: Temporal.PlainDate): Reason | undefined {
  return closureOn(office, 'chat', date)?.reason;
}

function describeStanding({ status, reason, until }: Standing, timeZone: string): Reason {
  const { id, en } = reason ?? (status === 'active' ? NO_HOURS : OUT[status]);
  if (until === undefined) return { id, en };
  const last = Temporal.PlainDate.from(until).toZonedDateTime(timeZone).epochMilliseconds;
  return {
    id: `${id}, s.d. ${formatDate(last, 'id', timeZone)}`,
    en: `${en}, until ${formatDate(last, 'en', timeZone)}`,
  };
}
