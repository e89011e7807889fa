/** Opening hours of a week as `office.yaml` has them: `{ mon-thu: ["08:00-12:00"], fri: ["08:00-10:00"] }`. */
import { z } from 'zod';

/** A span of a day, in minutes since midnight. The start lies within, the end no more. */
export interface Window {
  startMinute: number;
  endMinute: number;
}

/** The windows of each ISO weekday: `[0]` is Monday. In order, without overlap; none = closed. */
export type WeekHours = readonly (readonly Window[])[];

/** As `office.yaml` names them; `[0]` is Monday, which is ISO weekday 1. */
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const DAY_KEY = new RegExp(`^(${DAYS.join('|')})(-(${DAYS.join('|')}))?$`);
const WINDOW = /^([01]\d|2[0-3])[:.]([0-5]\d)-(([01]\d|2[0-4])[:.]([0-5]\d))$/;

/** One span, `"08:00-12:00"` (a dot does as well); `24:00` is the end of the day. */
export const windowSchema = z.string().transform((text, context): Window => {
  const window = WINDOW.test(text) ? readWindow(text) : undefined;
  if (window && window.startMinute < window.endMinute && window.endMinute <= 24 * 60) return window;
  context.addIssue({
    code: 'custom',
    message: `${JSON.stringify(text)} is not a span of a day; write for example "08:00-12:00", the earlier time first`,
  });
  return z.NEVER;
});

/** The spans of one day, in order and without overlap. */
export const windowsSchema = z.array(windowSchema).superRefine((windows, context) => {
  const message = overlapOf(windows);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

/** Hours by weekday or span of weekdays (`mon-thu`); a day that is not named is closed, none may come twice. */
export const weekHoursSchema = z
  .record(
    z
      .string()
      .regex(DAY_KEY, { message: `is no weekday; write ${DAYS.join(', ')}, or a span such as mon-thu` }),
    z.array(windowSchema),
  )
  .transform((hours, context): WeekHours => {
    const week: Window[][] = DAYS.map(() => []);
    const named = new Set<number>();
    for (const [key, windows] of Object.entries(hours)) {
      const days = daysOf(key);
      const fault = faultOf(days, named, windows);
      if (fault) context.addIssue({ code: 'custom', path: [key], message: fault });
      for (const day of days) {
        named.add(day);
        week[day] = windows;
      }
    }
    return week;
  });

function faultOf(days: readonly number[], named: ReadonlySet<number>, windows: readonly Window[]) {
  if (days.length === 0) return 'the span of days runs backwards; write for example mon-thu';
  const twice = days.find((day) => named.has(day));
  if (twice !== undefined) return `${DAYS[twice]} has hours already; name each day once`;
  return overlapOf(windows);
}

function overlapOf(windows: readonly Window[]): string | undefined {
  const overlaps = windows.some((window, i) => window.startMinute < (windows[i - 1]?.endMinute ?? 0));
  return overlaps ? 'the spans overlap or are out of order; write the earlier one first' : undefined;
}

/** `mon-thu` -> 0 to 3; a span that runs backwards is empty. */
function daysOf(key: string): number[] {
  const [first = '', last = first] = key.split('-');
  const names: readonly string[] = DAYS;
  return names
    .map((_, day) => day)
    .filter((day) => day >= names.indexOf(first) && day <= names.indexOf(last));
}

function readWindow(text: string): Window {
  const [startMinute = 0, endMinute = 0] = text.split('-').map(minuteOf);
  return { startMinute, endMinute };
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(/[:.]/).map(Number);
  return hours * 60 + minutes;
}
