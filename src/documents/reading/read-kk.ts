/** What stands on a family card (KK): its number, the head of the family, and the head's NIK. Pure. */
import { distance } from 'fastest-levenshtein';
import type { AnswerContext } from '../../flows/answers/types.ts';
import type { Word } from './engine.ts';
import { findLabel, letters } from './labels.ts';
import type { Row } from './rows.ts';
import { nameIn, numberIn, type Value } from './values.ts';

const HEAD = ['nama kepala keluarga', 'kepala keluarga'];

/**
 * The card's number stands above the head's name; the NIK is that of the line of the table that has the head's name again,
 * so that no other member's number is taken for it.
 */
export function readKk(rows: readonly Row[], context: AnswerContext): Record<string, Value | undefined> {
  const found = findLabel(rows, HEAD);
  if (found === undefined) return {};
  const above = rows.slice(0, found.row);
  const line = rows.slice(found.row + 1).find((row) => holds(row, found.value));
  return {
    kk: above.map((row) => numberIn(row, 'kk', context)).findLast((number) => number !== undefined),
    'head-name': nameIn(found.value, context),
    nik: line && numberIn(line, 'nik', context),
  };
}

/** Two words of three of the name, small errors forgiven, and digits behind them. */
function holds(row: Row, name: readonly Word[]): boolean {
  const isNear = (a: string, b: string) => distance(a, b) <= Math.floor(b.length / 5);
  const words = row.map(({ text }) => letters(text));
  const there = name.filter(({ text }) => words.some((word) => isNear(word, letters(text))));
  return (
    name.length > 0 && there.length >= (name.length * 2) / 3 && row.some(({ text }) => /\d{6}/.test(text))
  );
}
