/** Indonesian number words, spoken or typed: "dua belas", "seribu sembilan ratus sembilan puluh". */

const ONES = new Map(
  'nol satu dua tiga empat lima enam tujuh delapan sembilan'.split(' ').map((word, value) => [word, value]),
).set('kosong', 0);

/** What a unit before it is multiplied with; `belas` is ten added. */
const SCALES = new Map([
  ['puluh', 10],
  ['ratus', 100],
  ['ribu', 1000],
]);

const FIXED = new Map([
  ['sepuluh', 10],
  ['sebelas', 11],
  ['seratus', 100],
  ['seribu', 1000],
]);

/** One piece of a spoken number. A piece continues the number when it fits below the one before it. */
interface Piece {
  value: number;
  top: number;
  bottom: number;
}

const ONE = [...ONES.keys()].join('|');
const PIECE = `(?:(?:${ONE}) ?(?:belas|puluh|ratus|ribu)|${[...FIXED.keys()].join('|')}|${ONE})`;
const NUMBER = new RegExp(`\\b${PIECE}(?:[ -]${PIECE})*\\b`, 'g');
const PIECES = new RegExp(PIECE, 'g');

/**
 * The folded text with number words written in digits. Words that do not make one number stay apart:
 * "lima tujuh" -> "5 7". A year spoken in pairs is joined: "sembilan belas sembilan puluh" -> "1990".
 */
export function digitsForNumberWords(folded: string): string {
  return folded.replace(NUMBER, (words) => {
    const numbers = combine((words.match(PIECES) ?? []).map(pieceOf));
    return joinYear(numbers).join(' ');
  });
}

/** A number dictated digit by digit, as voice typing writes it: "nol delapan satu ..."; other texts stay as they are. */
export function digitsIfDictated(text: string): string {
  return /\d/.test(text) ? text : digitsForNumberWords(text.toLowerCase());
}

function pieceOf(words: string): Piece {
  const fixed = FIXED.get(words);
  if (fixed !== undefined)
    return { value: fixed, top: fixed === 11 ? 10 : fixed, bottom: fixed === 11 ? 1 : fixed };
  const one = [...ONES].find(([word]) => words.startsWith(word));
  const [word, unit] = one ?? ['', 0];
  const scale = words.slice(word.length).trim();
  if (scale === '') return { value: unit, top: 1, bottom: 1 };
  if (scale === 'belas') return { value: 10 + unit, top: 10, bottom: 1 };
  const size = SCALES.get(scale) ?? 1;
  return { value: unit * size, top: size, bottom: size };
}

function combine(pieces: Piece[]): number[] {
  const numbers: number[] = [];
  let bottom = 0;
  for (const piece of pieces) {
    if (piece.top < bottom) numbers.push((numbers.pop() ?? 0) + piece.value);
    else numbers.push(piece.value);
    bottom = piece.bottom;
  }
  return numbers;
}

function joinYear(numbers: number[]): number[] {
  const [last, before] = [numbers.at(-1) ?? 0, numbers.at(-2)];
  return before === 19 && last >= 10 && last <= 99 ? [...numbers.slice(0, -2), 1900 + last] : numbers;
}
