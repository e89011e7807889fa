/** The thread in which photos are read: one at a time, engine and pictures out of everybody's way. */

import type { AnswerContext } from '../../flows/answers/types.ts';
import type { Reading } from '../../flows/talk.ts';
import type { ReadingKind } from '../../flows/vocabulary.ts';
import { loadRegions } from '../../regions.ts';
import { readCardDigits } from './card-digits.ts';
import { type Engine, openEngine } from './engine.ts';
import type { Grey } from './pixels.ts';
import { cut, pngOf, prepare } from './prepare.ts';
import { readKk } from './read-kk.ts';
import { nikStrip, readKtp } from './read-ktp.ts';
import { readLetter } from './read-letter.ts';
import { type Row, rowsOf } from './rows.ts';
import { lookAgain } from './second-look.ts';
import type { Value } from './values.ts';

export interface PhotoTask {
  photo: Uint8Array;
  kind: ReadingKind;
  /** Milliseconds since the epoch, and the office's zone: what "not in the future" is measured by. */
  now: number;
  timeZone: string;
}

/** Less certain readings are not proposed: a wrong proposal costs the citizen more than none. */
const LEAST_CONFIDENCE = 0.8;

let engine: Promise<Engine> | undefined;
const regions = loadRegions();

/** Reads one photo. Throws when it is no picture. */
export async function readPhoto({ photo, kind, now, timeZone }: PhotoTask): Promise<Reading[]> {
  engine ??= openEngine();
  const [picture, open] = await Promise.all([prepare(photo, kind), engine]);
  const words = await open.words(await pngOf(picture));
  const rows = rowsOf(words);
  const values = valuesIn(kind, { rows, picture }, { now, timeZone, regions });
  const readings: Reading[] = [];
  for (const [element, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const sure = await lookAgain(open, { picture, words }, value);
    if (sure !== undefined && sure.confidence >= LEAST_CONFIDENCE)
      readings.push({ element, value: sure.value, confidence: Math.round(sure.confidence * 100) / 100 });
  }
  return readings;
}

function valuesIn(
  kind: ReadingKind,
  { rows, picture }: { rows: Row[]; picture: Grey },
  context: AnswerContext,
): Record<string, Value | undefined> {
  if (kind === 'kk') return readKk(rows, context);
  if (kind === 'surat-lahir') return readLetter(rows, context);
  const strip = nikStrip(rows);
  return readKtp(rows, strip && readCardDigits(cut(picture, strip)), context);
}
