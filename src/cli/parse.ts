/** `loket parse <type>`: what the typed-answer parsers make of each line (contract.md 5). */
import type { Readable, Writable } from 'node:stream';
import { AppError } from '../errors.ts';
import { parseAktaNumber } from '../flows/answers/akta-number.ts';
import { parseDate } from '../flows/answers/date.ts';
import { parseKk } from '../flows/answers/kk.ts';
import { parseName } from '../flows/answers/name.ts';
import { parseNik } from '../flows/answers/nik.ts';
import { parsePhone } from '../flows/answers/phone.ts';
import type { AnswerContext, Parsed } from '../flows/answers/types.ts';
import { parseYesNo } from '../flows/answers/yes-no.ts';
import { loadRegions } from '../regions.ts';
import { printSlowly, readLines } from './io.ts';

const PARSERS: { [type: string]: (raw: string, context: AnswerContext) => Parsed } = {
  nik: parseNik,
  kk: parseKk,
  date: parseDate,
  phone: parsePhone,
  name: parseName,
  'yes-no': parseYesNo,
  'akta-number': parseAktaNumber,
};

export interface ParseOptions {
  /** ISO time taken for now: with an offset, or local time or a day in `timeZone`. Default: the machine's clock. */
  now?: string;
  /** The office's zone; default `Asia/Makassar`. */
  timeZone?: string;
}

/**
 * Writes exactly one JSON line for each line of the input, in order, an empty one included.
 * Throws INVALID_REQUEST for a type or time that is not known, before it reads anything.
 */
export async function runParse(
  type: string,
  options: ParseOptions,
  io: { input: Readable; output: Writable },
): Promise<void> {
  const parse = Object.hasOwn(PARSERS, type) ? PARSERS[type] : undefined;
  if (parse === undefined) {
    const types = Object.keys(PARSERS).join(', ');
    throw new AppError('INVALID_REQUEST', {
      detail: `there is no answer type of that name; use one of ${types}`,
    });
  }
  const timeZone = options.timeZone ?? 'Asia/Makassar';
  const context = { now: readNow(options.now, timeZone), timeZone, regions: loadRegions() };
  for await (const line of readLines(io.input)) {
    await printSlowly(io.output, JSON.stringify(parse(line, context)));
  }
}

function readNow(now: string | undefined, timeZone: string): number {
  if (now === undefined) return Temporal.Now.instant().epochMilliseconds;
  try {
    const isInstant = /(?:z|[+-]\d\d(?::?\d\d)?)(?:\[.*\])?$/i.test(now) && /[t ]/i.test(now);
    if (isInstant) return Temporal.Instant.from(now).epochMilliseconds;
    return Temporal.PlainDateTime.from(now).toZonedDateTime(timeZone).epochMilliseconds;
  } catch (cause) {
    const detail = '--now is not an ISO 8601 time; write for example 2026-03-26T09:00:00+08:00';
    throw new AppError('INVALID_REQUEST', { detail, cause });
  }
}
