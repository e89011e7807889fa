/** A name as it stands on a list that lies open at the counter. */

/** Letters of a name of one word that are shown. */
const SHOWN = 3;

/**
 * The first word, and of the others their first letter: `Siti Rahmawati Putri` -> `Siti R. P.`, enough to call somebody and
 * to tell two apart. Of a single word its beginning: `Sutrisno` -> `Sut...`.
 */
export function maskName(name: string): string {
  const [first = '', ...others] = name.trim().split(/\s+/);
  if (others.length === 0)
    return [...first].length > SHOWN ? `${[...first].slice(0, SHOWN).join('')}...` : first;
  return [first, ...others.map((word) => `${[...word][0]}.`)].join(' ');
}
