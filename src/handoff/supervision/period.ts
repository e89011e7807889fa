/** A span of days of the office, as a supervisor asks for it. */
import { ApiError } from '../api/api-error.ts';

/** A leap year: what is asked for is read at once. */
const MAX_DAYS = 366;
/** When no days are named: the last month, today included. */
const USUAL_DAYS = 30;
const HOUR_MS = 3_600_000;

export interface Period {
  /** `YYYY-MM-DD`, both included. */
  from: string;
  until: string;
  days: readonly string[];
  /** The first instant, and the first one after it. */
  startAt: number;
  endAt: number;
  /** The place in `days` of an instant; -1 outside. */
  indexOf(at: number): number;
}

/** Reads `from` and `until`. Throws ApiError INVALID_REQUEST for what is no day, or too many of them. */
export function readPeriod(
  query: { from?: unknown; until?: unknown },
  { now, timeZone }: { now: number; timeZone: string },
): Period {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const until = query.until === undefined ? today : readDay(query.until);
  const from = query.from === undefined ? until.subtract({ days: USUAL_DAYS - 1 }) : readDay(query.from);
  const count = from.until(until, { largestUnit: 'days' }).days + 1;
  if (count < 1 || count > MAX_DAYS) throw new ApiError('INVALID_REQUEST');
  return createPeriod(from, count, timeZone);
}

/** The first instant of a day given as `YYYY-MM-DD`, or `plusDays` later. Throws ApiError INVALID_REQUEST. */
export function startOfDay(day: unknown, timeZone: string, plusDays = 0): number {
  return readDay(day).add({ days: plusDays }).toZonedDateTime(timeZone).epochMilliseconds;
}

function readDay(text: unknown): Temporal.PlainDate {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new ApiError('INVALID_REQUEST');
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    throw new ApiError('INVALID_REQUEST');
  }
}

function createPeriod(from: Temporal.PlainDate, count: number, timeZone: string): Period {
  const dates = Array.from({ length: count + 1 }, (_, i) => from.add({ days: i }));
  const starts = dates.map((date) => date.toZonedDateTime(timeZone).epochMilliseconds);
  const days = dates.slice(0, count).map(String);
  const [startAt = 0, endAt = 0] = [starts[0], starts[count]];
  return {
    from: days[0] ?? '',
    until: days.at(-1) ?? '',
    days,
    startAt,
    endAt,
    indexOf(at) {
      if (at < startAt || at >= endAt) return -1;
      // Days are as long as each other, but for zones that change their clocks.
      let index = Math.min(Math.floor((at - startAt) / (24 * HOUR_MS)), count - 1);
      while ((starts[index] ?? 0) > at) index -= 1;
      while ((starts[index + 1] ?? 0) <= at) index += 1;
      return index;
    },
  };
}
