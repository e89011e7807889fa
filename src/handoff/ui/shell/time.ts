/** Times as people say them, in the office's time zone. */
import { useEffect, useState } from 'preact/hooks';
import type { Language } from '../texts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS = { id: ['mnt', 'jam', 'hari'], en: ['min', 'h', 'd'] } as const;
const LOCALES = { id: 'id-ID', en: 'en-GB' } as const;

/** `12 mnt`, `1 jam 05`, `2 hari`; under a minute `< 1 mnt`. */
export function formatWait(ms: number, language: Language): string {
  const [minute, hour, day] = UNITS[language];
  if (ms < MINUTE) return `< 1 ${minute}`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} ${minute}`;
  if (ms < DAY)
    return `${Math.floor(ms / HOUR)} ${hour} ${String(Math.floor((ms % HOUR) / MINUTE)).padStart(2, '0')}`;
  return `${Math.floor(ms / DAY)} ${day}`;
}

/** What is left of a time: `23 jam 12 mnt`, `12 mnt`. */
export function formatLeft(ms: number, language: Language): string {
  const [minute, hour] = UNITS[language];
  const minutes = `${Math.floor((ms % HOUR) / MINUTE)} ${minute}`;
  return ms < HOUR ? minutes : `${Math.floor(ms / HOUR)} ${hour} ${minutes}`;
}

/** How long is long: the colour of a waiting time. */
export function gradeWait(ms: number): 'fresh' | 'late' | 'overdue' {
  if (ms < 10 * MINUTE) return 'fresh';
  return ms < 30 * MINUTE ? 'late' : 'overdue';
}

/** `14.05`. */
export function formatTime(at: number, where: { language: Language; timeZone: string }): string {
  return format(at, where, { hour: '2-digit', minute: '2-digit' });
}

/** `Senin, 23 November`. */
export function formatDay(at: number, where: { language: Language; timeZone: string }): string {
  return format(at, where, { weekday: 'long', day: 'numeric', month: 'long' });
}

/** The service's clock, a little more than once a minute; it may differ from this computer's. */
export function useNow(serviceNow: number | undefined): number {
  const [offset, setOffset] = useState(0);
  const [, tick] = useState(0);
  useEffect(() => {
    if (serviceNow !== undefined) setOffset(serviceNow - Date.now());
  }, [serviceNow]);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 20_000);
    return () => clearInterval(timer);
  }, []);
  return Date.now() + offset;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(
  at: number,
  { language, timeZone }: { language: Language; timeZone: string },
  options: Intl.DateTimeFormatOptions,
): string {
  const key = `${language} ${timeZone} ${Object.keys(options).join()}`;
  const known =
    formats.get(key) ??
    new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone, hourCycle: 'h23' });
  formats.set(key, known);
  return known.format(at);
}
