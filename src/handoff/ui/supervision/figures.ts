/** Figures and days as people read them. */
import type { Language } from '../texts.ts';

const LOCALES = { id: 'id-ID', en: 'en-GB' } as const;

/** `1.234` in Indonesian, `1,234` in English. */
export function formatCount(count: number, language: Language): string {
  return count.toLocaleString(LOCALES[language]);
}

/** `93%` of a part of a whole; `-` of nothing. */
export function formatShare(part: number, whole: number, language: Language): string {
  if (whole === 0) return '-';
  return (part / whole).toLocaleString(LOCALES[language], { style: 'percent' });
}

/** A day of the office, `2026-11-23`, as `23 Nov 2026`; it has no time zone any more. */
export function formatDate(day: string, language: Language): string {
  const format = new Intl.DateTimeFormat(LOCALES[language], {
    ...{ day: 'numeric', month: 'short', year: 'numeric' },
    timeZone: 'UTC',
  });
  return format.format(Date.parse(day));
}

/** So many days before another one. */
export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 24 * 3_600_000).toISOString().slice(0, 10);
}
