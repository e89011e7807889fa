/** One of a few options: by its number, its label, one of its words, or nearly so. */
import { distance } from 'fastest-levenshtein';
import { fold } from './clean.ts';
import type { AnswerContext, Parsed } from './types.ts';
import { COURTESIES, isQuestion, wordsOf } from './words.ts';

export interface ChoiceOption {
  id: string;
  label: { id: string; en: string };
  words?: string[];
}

/** Around a number: "pilih no 2 aja pak". */
const AROUND_NUMBERS = new Set(
  'no nomor nomer nmr pilih pilihan opsi angka yang yg nya aja saja saya sy ya yah ke'.split(' '),
);

const NEGATIONS = /\b(?:bukan|bkn|tidak|tdk|gak|ga|nggak|jangan|kada)\b/;

/**
 * Reads the id of the option. A phrase of one option that contains another's ("cerai mati", "cerai") outweighs it; words
 * of five letters and more may have one typing error. Reasons: `both` (more than one fits), `unreadable` (none, a
 * number beyond the list, a denial).
 *
 * @example parseChoice('no 2 pak', context, options) // value 'perempuan'
 */
export function parseChoice(raw: string, _context: AnswerContext, options: ChoiceOption[]): Parsed<string> {
  const text = normalise(raw);
  const phrases = phrasesOfAll(options);
  const fits = exact(text, phrases) ?? byNumber(text, options.length) ?? byPhrase(raw, text, phrases);
  const [index] = fits;
  if (fits.length > 1) return { ok: false, reason: 'both' };
  const option = index === undefined ? undefined : options[index];
  return option ? { ok: true, value: option.id, warnings: [] } : { ok: false, reason: 'unreadable' };
}

/** Folded words; the 2 of "laki2" repeats the word. */
function normalise(raw: string): string {
  return wordsOf(fold(raw).replace(/(\p{L}{2,})2(?![\p{L}\d])/gu, '$1 $1')).join(' ');
}

/** Folding the words of a dozen options takes longer than all the rest, and they stay the same. */
const known = new WeakMap<ChoiceOption[], string[][]>();

function phrasesOfAll(options: ChoiceOption[]): string[][] {
  const phrases = known.get(options) ?? options.map((option) => phrasesOf(option));
  known.set(options, phrases);
  return phrases;
}

function phrasesOf({ id, label, words = [] }: ChoiceOption): string[] {
  const folded = [id, label.id, label.en, ...words].map((phrase) => normalise(phrase));
  return [...new Set(folded)].filter((phrase) => phrase !== '');
}

/** Indexes of the options of which the whole answer is a phrase; undefined when it is of none. */
function exact(text: string, phrases: string[][]): number[] | undefined {
  const bare = text
    .split(' ')
    .filter((word) => !COURTESIES.has(word))
    .join(' ');
  const fits = indexesWhere(phrases, (own) => own.includes(text) || own.includes(bare));
  return fits.length > 0 ? fits : undefined;
}

/** Indexes of the numbers, when the answer is nothing but numbers; undefined otherwise. */
function byNumber(text: string, count: number): number[] | undefined {
  const words = text.split(' ').filter((word) => !COURTESIES.has(word) && !AROUND_NUMBERS.has(word));
  const numbers = new Set(words.filter((word) => !/^(?:dan|atau|and|or)$/.test(word)));
  if (numbers.size === 0 || [...numbers].some((word) => !/^\d{1,2}$/.test(word))) return undefined;
  return [...numbers].map((word) => Number(word) - 1).filter((index) => index >= 0 && index < count);
}

function byPhrase(raw: string, text: string, phrases: string[][]): number[] {
  if (isQuestion(fold(raw)) || (NEGATIONS.test(text) && !phrases.flat().some((own) => NEGATIONS.test(own))))
    return [];
  const named = namedOptions(
    phrases.map((own) => longest(own.filter((phrase) => containsWords(text, phrase)))),
  );
  if (named.length > 0) return withLeadingNumber(text, named);
  const words = text.split(' ');
  return indexesWhere(phrases, (own, index) =>
    distinctiveWords(own, phrases.toSpliced(index, 1).flat()).some((word) =>
      words.some((typed) => isNear(typed, word)),
    ),
  );
}

/** The options named, without those whose phrase is only a part of another option's that was named too. */
function namedOptions(named: string[]): number[] {
  return named.flatMap((phrase, index) => {
    const isPart = named.some(
      (other, at) => at !== index && other !== phrase && containsWords(other, phrase),
    );
    return phrase === '' || isPart ? [] : [index];
  });
}

/** "2. Perempuan": number and words must agree, or both are returned. */
function withLeadingNumber(text: string, named: number[]): number[] {
  const number = /^(\d) \D/.exec(text)?.[1];
  return number === undefined ? named : [...new Set([...named, Number(number) - 1])];
}

/** Words that only this option has and that a typing error does not turn into another's. */
function distinctiveWords(own: string[], others: string[]): string[] {
  const otherWords = new Set(others.flatMap((phrase) => phrase.split(' ')));
  return own
    .flatMap((phrase) => phrase.split(' '))
    .filter((word) => word.length >= 3 && !otherWords.has(word));
}

function isNear(typed: string, word: string): boolean {
  return typed === word || (word.length >= 5 && typed.length >= 4 && distance(typed, word) === 1);
}

function containsWords(text: string, phrase: string): boolean {
  return ` ${text} `.includes(` ${phrase} `);
}

function longest(phrases: string[]): string {
  return phrases.reduce((best, phrase) => (phrase.length > best.length ? phrase : best), '');
}

function indexesWhere(phrases: string[][], test: (own: string[], index: number) => boolean): number[] {
  return phrases.flatMap((own, index) => (test(own, index) ? [index] : []));
}
