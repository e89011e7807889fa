/** Days and times of the office as its people say them. */
import type { Language } from '../texts.ts';

const LOCALES = { id: 'id-ID', en: 'en-GB' } as const;
const DAY_MS = 24 * 3_600_000;

/** What Indonesia's zones are called; another one is told by its own name. */
const ZONES: { [timeZone: string]: string } = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
};

export function zoneName(timeZone: string): string {
  return ZONES[timeZone] ?? timeZone;
}

/** The day of the office at an instant, `2026-11-23`. */
export function dayAt(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv', { timeZone }).format(at);
}

/** So many days after a day; before it when below 0. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** `Senin, 23 November 2026`. */
export function formatLongDay(day: string, language: Language): string {
  return format(day, language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

/** `Sen, 23 Nov 2026`. */
export function formatShortDay(day: string, language: Language): string {
  return format(day, language, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
}

/** `23 Nov 08.00`, an instant in the office's zone. */
export function formatInstant(at: number, { language, timeZone }: Where): string {
  const write = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone, hourCycle: 'h23' }).format(at);
  return `${write({ day: 'numeric', month: 'short' })} ${write({ hour: '2-digit', minute: '2-digit' })}`;
}

export interface Where {
  language: Language;
  timeZone: string;
}

/** A day has no time zone any more. */
function format(day: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: 'UTC' }).format(Date.parse(day));
}
