/**
 * Dates and times as citizens read them, always with the name of the zone (WIB, WITA, WIT). Every character is in
 * GSM-7, so that no text turns into a dear Unicode SMS because of a date. Instants are milliseconds since the epoch.
 */
import type { Language } from './schema.ts';

/** `long` for chats, `sms` where each character is paid for. */
export type Form = 'long' | 'sms';

const WEEKDAYS: Record<Language, readonly string[]> = {
  id: ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};

const MONTHS: Record<Language, readonly string[]> = {
  id: 'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};

/** How "at" is written between a date and a time. */
const AT: Record<Language, string> = { id: ' pukul ', en: ', ' };

const ZONE_NAMES: Record<number, string> = { 7: 'WIB', 8: 'WITA', 9: 'WIT' };

/** `Rabu 25 November 2026`, in Indonesian; `Wednesday 25 November 2026`; for SMS `Rab 25/11`. */
export function formatDate(at: number, language: Language, timeZone: string, form: Form = 'long'): string {
  const day = local(at, timeZone);
  const weekday = weekdayName(day.dayOfWeek, language, form);
  if (form === 'sms') return `${weekday} ${pad(day.day)}/${pad(day.month)}`;
  return `${weekday} ${day.day} ${MONTHS[language][day.month - 1]} ${day.year}`;
}

/** `Rabu 25 November 2026 pukul 09.00 WITA`; for SMS `Rab 25/11 09.00 WITA`. */
export function formatDateTime(
  at: number,
  language: Language,
  timeZone: string,
  form: Form = 'long',
): string {
  const date = formatDate(at, language, timeZone, form);
  return `${date}${joint(language, form)}${clockTime(at, timeZone)} ${zoneName(at, timeZone)}`;
}

/** `Rabu 25 November 2026 pukul 09.00-09.30 WITA`; for SMS `Rab 25/11 09.00-09.30 WITA`. Slots lie within a day. */
export function formatSlot(
  slot: { startAt: number; endAt: number },
  language: Language,
  timeZone: string,
  form: Form = 'long',
): string {
  const date = formatDate(slot.startAt, language, timeZone, form);
  const hours = `${clockTime(slot.startAt, timeZone)}-${clockTime(slot.endAt, timeZone)}`;
  return `${date}${joint(language, form)}${hours} ${zoneName(slot.startAt, timeZone)}`;
}

/** The time of a day that is known already, `09.00 WITA`. */
export function formatTime(at: number, timeZone: string): string {
  return `${clockTime(at, timeZone)} ${zoneName(at, timeZone)}`;
}

/** The name of an ISO weekday (1 = Monday): `Rabu`, for SMS its first three letters, `Rab`. */
export function weekdayName(weekday: number, language: Language, form: Form = 'long'): string {
  const name = WEEKDAYS[language][weekday - 1] ?? '';
  return form === 'sms' ? name.slice(0, 3) : name;
}

/** Indonesia's name of the zone at that instant; anywhere else its offset (`UTC+05:30`). */
export function zoneName(at: number, timeZone: string): string {
  const { offset, offsetNanoseconds } = local(at, timeZone);
  return ZONE_NAMES[offsetNanoseconds / 3_600_000_000_000] ?? `UTC${offset}`;
}

function joint(language: Language, form: Form): string {
  return form === 'sms' ? ' ' : AT[language];
}

/** Hours and minutes as Indonesia writes them, `09.00`. */
export function clockTime(at: number, timeZone: string): string {
  const time = local(at, timeZone);
  return `${pad(time.hour)}.${pad(time.minute)}`;
}

function local(at: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
