/**
 * What was read off photos beside what was typed. A reading proposes, it never decides: nothing here makes or changes an
 * answer. The readings lie with the answer of their document and go with it.
 */
import { distance } from 'fastest-levenshtein';
import type { Json } from '../json.ts';
import { fold } from './answers/clean.ts';
import { answersThatCount } from './conditions.ts';
import type { Service, Step, StepType } from './schema.ts';
import type { Answer, Answers, Reading, Talk } from './talk.ts';
import type { READINGS, ReadingKind } from './vocabulary.ts';

type Element = (typeof READINGS)[ReadingKind][number];

/** The kind of step that each element can answer; `flows check` holds `reads.fields` against it. */
export const ELEMENT_ASKS: Readonly<Record<Element, StepType>> = {
  nik: 'nik',
  kk: 'kk',
  name: 'name',
  'head-name': 'name',
  'child-name': 'name',
  'mother-name': 'name',
  'father-name': 'name',
  'birth-date': 'date',
  'birth-time': 'time',
  'birth-place': 'text',
};

/** An answer that no photo bears out: the step, and what was read for it. */
export interface Mismatch {
  step: string;
  read: string;
}

/** The answer of a document: its files, and what was read off them. */
export function documentAnswer(files: Json[], readings: readonly Reading[]): Answer {
  const kept = readings.map((reading): Json => ({ ...reading }));
  return { v: { files }, ...(kept.length > 0 ? { d: { readings: kept } } : {}) };
}

/** What was read off a document; empty for any other answer. */
export function readingsIn(answer: Pick<Answer, 'd'> | undefined): Reading[] {
  const readings = answer?.d?.readings;
  return Array.isArray(readings) ? readings.filter(isReading) : [];
}

function isReading(value: Json): value is Json & Reading {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    typeof value.element === 'string' &&
    typeof value.value === 'string'
  );
}

/** The values read for a step off the documents among the answers; different photos may read differently. */
export function valuesRead(service: Service, answers: Answers, step: string): string[] {
  const values = service.steps.flatMap((document) => {
    if (document.ask !== 'document' || !document.reads) return [];
    const { fields } = document.reads;
    if (!Object.values(fields).includes(step)) return [];
    return readingsIn(answers[document.id]).flatMap(({ element, value }) =>
      fields[element] === step ? [value] : [],
    );
  });
  return [...new Set(values)];
}

/**
 * The value to propose at an open question: the only one that was read. None where the citizen has declined it, where
 * photos disagree, and for what is never echoed.
 */
export function proposalFor(service: Service, talk: Talk, step: Step, now: number): string | undefined {
  if (step.private || talk.declined === step.id || !isRead(service, step.id)) return undefined;
  const [value, ...others] = valuesRead(service, answersThatCount(service, talk, now), step.id);
  return others.length === 0 ? value : undefined;
}

/** Spares most questions the search. */
function isRead({ steps }: Service, step: string): boolean {
  return steps.some((one) => one.ask === 'document' && Object.values(one.reads?.fields ?? {}).includes(step));
}

/** Of answers that count: those that differ from all that was read for them. Skipped ones differ from nothing. */
export function mismatches(service: Service, answers: Answers): Mismatch[] {
  return service.steps.flatMap((step) => {
    const typed = answers[step.id]?.v;
    if (typeof typed !== 'string' || !isRead(service, step.id)) return [];
    const values = valuesRead(service, answers, step.id);
    const [read] = values;
    return read === undefined || values.some((value) => agrees(step, typed, value))
      ? []
      : [{ step: step.id, read }];
  });
}

/** Whether a reading says the same as an answer; names may differ as typing and reading do. */
export function agrees({ ask }: Pick<Step, 'ask'>, typed: string, read: string): boolean {
  if (ask === 'nik' || ask === 'kk') return typed.replace(/\D/g, '') === read.replace(/\D/g, '');
  return ask === 'name' || ask === 'text' ? isSameName(lettersOf(typed), lettersOf(read)) : typed === read;
}

/** Part of a name that may be misread or misspelt. */
const TOLERANCE = 0.15;

function isSameName(one: string[], other: string[]): boolean {
  const [few, many] = one.length <= other.length ? [one, other] : [other, one];
  if (few.length === 0) return false;
  // Nur Aini and Nuraini.
  if (isNear(few.join(''), many.join(''))) return true;
  const left = [...many];
  return few.every((word) => {
    const at = left.findIndex((candidate) => isNear(word, candidate));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function isNear(one: string, other: string): boolean {
  return distance(one, other) <= Math.max(one.length, other.length) * TOLERANCE;
}

/** Words of a name without accents, dots and apostrophes. */
function lettersOf(name: string): string[] {
  return fold(name).match(/[\p{L}\p{N}]+/gu) ?? [];
}
