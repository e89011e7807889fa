/** The verification code on our papers: ten characters that nobody can guess, and one that catches typing errors. */

/** Crockford's base 32 (crockford.com/base32.html): no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;

/**
 * The code for a keyed hash (hex, at least 16 characters): 50 of its bits and a check character, without dashes. The check is over
 * GF(32) and finds every single wrong character and every swap of neighbours (Crockford's own needs symbols that an
 * address cannot carry).
 */
export function codeFromHash(hash: string): string {
  let bits = BigInt(`0x${hash.slice(0, 16)}`);
  const values: number[] = [];
  for (let place = 0; place < LENGTH; place += 1) {
    values.push(Number(bits & 31n));
    bits >>= 5n;
  }
  return [...values, checkOf(values)].map((value) => ALPHABET.charAt(value)).join('');
}

/** Reads a code as people type it (small letters, dashes, spaces, O for 0, I or L for 1); undefined when it cannot be one. */
export function parseCode(text: string): string | undefined {
  const code = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  const values = [...code].map((character) => ALPHABET.indexOf(character));
  if (values.length !== LENGTH + 1 || values.includes(-1)) return undefined;
  return checkOf(values.slice(0, LENGTH)) === values[LENGTH] ? code : undefined;
}

/** `ABCD-EFGH-JKM`: how a code is printed. */
export function formatCode(code: string): string {
  return [code.slice(0, 4), code.slice(4, 8), code.slice(8)].join('-');
}

/** Sum of value x α^place in GF(2^5) with x^5 + x^2 + 1: the weights differ from place to place and from 1. */
function checkOf(values: number[]): number {
  let sum = 0;
  for (const value of values) sum = times2(sum ^ value);
  return sum;
}

function times2(value: number): number {
  const doubled = value << 1;
  return doubled & 32 ? doubled ^ 0b100101 : doubled;
}
