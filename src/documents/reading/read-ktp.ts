/** What stands on an identity card (KTP-el), from its words. Pure. */

import { parseNik } from '../../flows/answers/nik.ts';
import type { AnswerContext } from '../../flows/answers/types.ts';
import type { CardNumber } from './card-digits.ts';
import type { Word } from './engine.ts';
import { findLabel, type Labelled } from './labels.ts';
import type { Box } from './prepare.ts';
import type { Row } from './rows.ts';
import { dateIn, isNumber, nameIn, numberIn, type Value } from './values.ts';

const LABELS = {
  nik: ['nik'],
  name: ['nama'],
  birth: ['tempat/tgl lahir', 'tempat tanggal lahir', 'tgl lahir', 'lahir'],
};

/** Digits that are as near to another form as this are not read. */
const LEAST_MARGIN = 0.08;

/** Where the NIK stands: right of its label, more than its height up and down, as the line may slope. */
export function nikStrip(rows: readonly Row[]): Box | undefined {
  const label = findLabel(rows, LABELS.nik)?.label.at(-1);
  if (label === undefined) return undefined;
  const { left, top, width, height } = label;
  return {
    left: left + width + height / 2,
    top: top - 1.3 * height,
    width: 27 * height,
    height: 3.4 * height,
  };
}

/** `inCardDigits`: the NIK as its own forms of digits tell it. */
export function readKtp(
  rows: readonly Row[],
  inCardDigits: CardNumber | undefined,
  context: AnswerContext,
): Record<string, Value | undefined> {
  const birth = findLabel(rows, LABELS.birth)?.value ?? [];
  const date = dateIn(afterComma(birth), context);
  return {
    nik: nikOf(rows, { inCardDigits, date }, context),
    name: nameOf(rows, context),
    'birth-date': date,
    'birth-place': nameIn(upToComma(birth), context),
  };
}

/**
 * Region and day of the digits must be real. The birth date beside it says the same day in other print: where the two
 * differ, one of them is misread (or the registry has corrected the date since), and nothing is proposed.
 */
function nikOf(
  rows: readonly Row[],
  { inCardDigits, date }: { inCardDigits: CardNumber | undefined; date: Value | undefined },
  context: AnswerContext,
): Value | undefined {
  const asText = numberIn(findLabel(rows, LABELS.nik)?.value ?? [], 'nik', context);
  const asForms =
    inCardDigits !== undefined &&
    inCardDigits.margin >= LEAST_MARGIN &&
    isNumber(inCardDigits.digits, 'nik', context)
      ? { value: inCardDigits.digits, confidence: Math.min(0.95, 0.8 + inCardDigits.margin), from: [] }
      : undefined;
  const best = asForms ?? asText;
  if (best === undefined || (asForms && asText && asForms.value !== asText.value && asText.confidence > 0.9))
    return undefined;
  const parsed = parseNik(best.value, context);
  const written = parsed.ok ? parsed.details?.birthDate : undefined;
  if (date !== undefined && date.value !== written) return undefined;
  const sure = date === undefined ? best.confidence - 0.1 : Math.max(best.confidence, date.confidence);
  return { ...best, confidence: sure };
}

/** A name longer than the column goes on in a line that has no label of its own. */
function nameOf(rows: readonly Row[], context: AnswerContext): Value | undefined {
  const found = findLabel(rows, LABELS.name);
  if (found === undefined) return undefined;
  return nameIn([...found.value, ...goingOn(rows, found)], context);
}

function goingOn(rows: readonly Row[], { row, value }: Labelled): Word[] {
  const [first] = value;
  const next = rows[row + 1] ?? [];
  const [start] = next.filter((word) => word.confidence > 0.5);
  if (first === undefined || start === undefined || Math.abs(start.left - first.left) > 1.5 * first.height)
    return [];
  return next.filter((word) => word.left >= start.left && word.left < start.left + 24 * first.height);
}

function afterComma(words: readonly Word[]): Word[] {
  return words.slice(comma(words));
}

function upToComma(words: readonly Word[]): Word[] {
  const place = words.slice(0, comma(words));
  return place
    .map((word) => ({ ...word, text: word.text.replace(/^[:;]|[,.]$/g, '') }))
    .filter(({ text }) => text !== '');
}

/** Where the day begins: after the word that ends with a comma, or the first that begins with a digit. */
function comma(words: readonly Word[]): number {
  const at = words.findIndex(({ text }) => /^\W?\d/.test(text));
  return at < 0 ? words.length : at;
}
