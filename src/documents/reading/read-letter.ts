/** What a letter about a birth says. Every hospital, midwife and village writes its own: labels lead, not places. Pure. */
import { parseTime } from '../../flows/answers/time.ts';
import type { AnswerContext } from '../../flows/answers/types.ts';
import type { Word } from './engine.ts';
import { findLabel, letters } from './labels.ts';
import type { Row } from './rows.ts';
import { dateIn, nameIn, type Value } from './values.ts';

const CHILD = ['nama bayi', 'nama anak', 'nama lengkap anak', 'nama bayi/anak', 'diberi nama'];
const MOTHER = ['nama ibu', 'nama ibu kandung', 'nama istri', 'nama lengkap ibu'];
const FATHER = ['nama ayah', 'nama suami', 'nama bapak', 'nama ayah kandung', 'nama lengkap ayah'];
const BIRTH = [
  'hari dan tanggal lahir',
  'hari/tanggal lahir',
  'tempat/tgl lahir',
  'tempat/tanggal lahir',
  'tempat tanggal lahir',
  'tanggal lahir',
  'tgl lahir',
  'lahir',
  'tanggal',
];

/** Headings under which a parent's name stands as plain "Nama". */
const SECTIONS = {
  mother: ['ibu', 'ibukandung', 'istri'],
  father: ['ayah', 'bapak', 'ayahkandung', 'suami'],
};

/** After "Nama" these tell whose name it is. */
const WHOSE = new Set(['ibu', 'ayah', 'bapak', 'suami', 'istri', 'bayi', 'anak', 'orang', 'lengkap']);

export function readLetter(rows: readonly Row[], context: AnswerContext): Record<string, Value | undefined> {
  const sections = sectionsOf(rows);
  const ofChild = rows.slice(0, Math.min(sections.mother ?? rows.length, sections.father ?? rows.length));
  return {
    'child-name':
      labelled(rows, CHILD, context) ?? announced(rows, context) ?? labelled(ofChild, ['nama'], context),
    'birth-date': birthDate(ofChild, context),
    'birth-time': birthTime(ofChild, context),
    'mother-name': labelled(rows, MOTHER, context) ?? inSection(rows, sections.mother, context),
    'father-name': labelled(rows, FATHER, context) ?? inSection(rows, sections.father, context),
  };
}

function labelled(rows: readonly Row[], labels: string[], context: AnswerContext): Value | undefined {
  const found = findLabel(rows, labels);
  if (found === undefined || WHOSE.has(letters(found.value[0]?.text ?? ''))) return undefined;
  return nameIn(found.value, context);
}

function sectionsOf(rows: readonly Row[]): { mother: number | undefined; father: number | undefined } {
  const at = (names: string[]): number | undefined => {
    const found = rows.findIndex(
      (row) => row.length <= 3 && names.includes(letters(row.map(({ text }) => text).join(''))),
    );
    return found < 0 ? undefined : found;
  };
  return { mother: at(SECTIONS.mother), father: at(SECTIONS.father) };
}

/** The name in one of the two lines below the heading. */
function inSection(
  rows: readonly Row[],
  heading: number | undefined,
  context: AnswerContext,
): Value | undefined {
  return heading === undefined
    ? undefined
    : labelled(rows.slice(heading + 1, heading + 3), ['nama'], context);
}

/** "... telah lahir seorang anak laki-laki bernama:", and the name alone in the next line. */
function announced(rows: readonly Row[], context: AnswerContext): Value | undefined {
  const at = rows.findIndex((row) => ['bernama', 'diberinama'].includes(letters(row.at(-1)?.text ?? '')));
  const next = rows[at + 1];
  return at < 0 || next === undefined ? undefined : nameIn(next, context);
}

function birthDate(rows: readonly Row[], context: AnswerContext): Value | undefined {
  const found = findLabel(rows, BIRTH);
  return (
    (found && dateIn(found.value, context)) ?? inSentence(rows, 'tanggal', (words) => dateIn(words, context))
  );
}

function birthTime(rows: readonly Row[], context: AnswerContext): Value | undefined {
  const time = (words: readonly Word[]) => timeIn(words, context);
  return inSentence(rows, 'pukul', time) ?? inSentence(rows, 'jam', time);
}

/** After the first such word that has a value behind it, in the same line or the next. */
function inSentence(
  rows: readonly Row[],
  word: string,
  read: (words: readonly Word[]) => Value | undefined,
): Value | undefined {
  const words = rows.flat();
  for (const [index, { text }] of words.entries()) {
    if (!letters(text).endsWith(word)) continue;
    const value = read(words.slice(index + 1, index + 6));
    if (value !== undefined) return value;
  }
  return undefined;
}

/** `08.30`, `08:30 WITA`. */
function timeIn(words: readonly Word[], context: AnswerContext): Value | undefined {
  const [word] = words.filter(({ text }) => /\d/.test(text)).slice(0, 1);
  const clock = word && /(?:^|\D)(\d{1,2})[.:](\d{2})(?:\D|$)/.exec(word.text);
  if (word === undefined || clock === null || clock === undefined) return undefined;
  const parsed = parseTime(`${clock[1]}.${clock[2]}`, context);
  return parsed.ok ? { value: parsed.value, confidence: word.confidence, from: [word] } : undefined;
}
