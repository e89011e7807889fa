/**
 * Application numbers: `KL-2611-0001-7` is the service's code, year and month of filing, the serial of that code and
 * month, and a check digit.
 *
 * The check digit is Damm's (H. M. Damm, Total anti-symmetrische Quasigruppen, 2004): any one wrong digit and any two
 * neighbouring digits changed over are found. One decimal digit cannot tell 26 letters apart, so of letters it finds:
 * both letters changed over, always; a wrong letter that lies beside the right one on a keyboard, shares its phone key or
 * looks like it, always; any other wrong letter in 93 of 100 cases.
 */

/** A totally anti-symmetric quasigroup of order 10 with zeros on the diagonal: `DAMM[check][digit]`. */
const DAMM = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
] as const;

/**
 * What a letter counts as at the first and at the second place. Found by search, for the properties above; the tests
 * prove them. Changing one entry makes numbers that citizens hold invalid.
 */
const LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'A51 B25 C49 D21 E33 F80 G03 H89 I65 J07 K14 L50 M63 ' +
    'N98 O87 P31 Q16 R92 S47 T78 U56 V12 W74 X08 Y40 Z99'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 1), entry.slice(1)]),
);

const COMPACT = /^([A-Z]{2})(\d{2}(?:0[1-9]|1[0-2]))(\d{4,7})(\d)$/;

/**
 * The number of the `serial`-th application (from 1) of a service's code in the month of `at` (ms since the epoch) in
 * the office's zone. Serials above 9999 make it longer, up to 9999999.
 */
export function formatNumber(facts: { code: string; at: number; timeZone: string; serial: number }): string {
  const month = formatSeries(facts).slice(-4);
  const serial = String(facts.serial).padStart(4, '0');
  return `${facts.code}-${month}-${serial}-${checkDigit(facts.code, month + serial)}`;
}

/** What serials are counted in, `KL-2611`: code, year and month of `at` in the office's zone. */
export function formatSeries(facts: { code: string; at: number; timeZone: string }): string {
  const { year, month } = Temporal.Instant.fromEpochMilliseconds(facts.at).toZonedDateTimeISO(facts.timeZone);
  const two = (value: number) => String(value % 100).padStart(2, '0');
  return `${facts.code}-${two(year)}${two(month)}`;
}

/**
 * Reads a number as people type it: any case, spaces, dots and dashes anywhere or nowhere, the letter O for a zero, I or
 * l for a one. `form`: it does not look like a number of ours; `check`: the check digit says that it is mistyped.
 */
export function parseNumber(
  text: string,
): { ok: true; number: string } | { ok: false; reason: 'form' | 'check' } {
  const compact = text.toUpperCase().replace(/[\s.\-–—_/]/g, '');
  const digits = compact.slice(2).replaceAll('O', '0').replace(/[IL]/g, '1');
  const match = COMPACT.exec(compact.slice(0, 2).replaceAll('0', 'O') + digits);
  if (!match) return { ok: false, reason: 'form' };
  const [, code = '', month = '', serial = '', check = ''] = match;
  if (checkDigit(code, month + serial) !== Number(check)) return { ok: false, reason: 'check' };
  return { ok: true, number: `${code}-${month}-${serial}-${check}` };
}

/** True for a number in exactly the form that `formatNumber` gives. */
export function isNumber(text: string): boolean {
  const parsed = parseNumber(text);
  return parsed.ok && parsed.number === text;
}

function checkDigit(code: string, digits: string): number {
  const first = LETTERS[code.charAt(0)]?.charAt(0);
  const second = LETTERS[code.charAt(1)]?.charAt(1);
  let check = 0;
  for (const digit of `${first}${second}${digits}`) check = DAMM[check]?.[Number(digit)] ?? 0;
  return check;
}
