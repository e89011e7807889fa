/** Names of months as they are typed in Indonesia, English ones included. */
import { distance } from 'fastest-levenshtein';

const NAMES: string[] = [
  'januari january jan',
  'februari pebruari february feb peb febr',
  'maret march mar mrt mart',
  'april apr',
  'mei mey may mai',
  'juni june jun',
  'juli july jul',
  'agustus august agt agu ags agst agus aug',
  'september sept sep spt',
  'oktober october okt oct',
  'november nopember nov nop',
  'desember december des dec',
];

const MONTHS = new Map(
  NAMES.flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);

/** Names long enough that a typing error or two leaves no doubt. `juni` and `juli` are one letter apart: never those. */
const LONG_NAMES = [...MONTHS.keys()].filter((name) => name.length >= 5);

/**
 * The number of the month that a folded word names, 1-12, small typing errors forgiven in long names.
 *
 * @example findMonth('mey') === 5; findMonth('agutus') === 8; findMonth('orang') === undefined
 */
export function findMonth(word: string): number | undefined {
  const exact = MONTHS.get(word);
  if (exact !== undefined || word.length < 5) return exact;
  const near = LONG_NAMES.filter((name) => distance(name, word) <= (name.length >= 7 ? 2 : 1));
  const months = new Set(near.map((name) => MONTHS.get(name)));
  const [month] = months;
  return months.size === 1 ? month : undefined;
}

const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'];

/** The month of a Roman numeral between day and year, as old certificates write it (`12-V-1990`). */
export function findRomanMonth(word: string): number | undefined {
  const index = ROMAN.indexOf(word);
  return index === -1 ? undefined : index + 1;
}
