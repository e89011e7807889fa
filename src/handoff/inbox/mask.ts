/** Hides long numbers (NIK, KK, phone, akta) from eyes that only look through the inbox. */

/**
 * Sixteen digits however grouped (NIK, KK: `32.73.01...`), three or more groups of three or more (phones), or ten in a
 * row; so that dates, times and application numbers stay readable.
 */
const LONG_NUMBER = /\d(?:[ .-]?\d){15,}|\d{3,}(?:[ .-]\d{3,}){2,}|\d{10,}/g;
const VISIBLE_DIGITS = 4;

/** Replaces all but the last four digits of each long number: `3273 0112 3456 7890` -> `•••• •••• •••• 7890`. */
export function maskNumbers(text: string): string {
  return text.replace(LONG_NUMBER, (number) => {
    let left = number.replace(/\D/g, '').length;
    return number.replace(/\d/g, (digit) => {
      left -= 1;
      return left < VISIBLE_DIGITS ? digit : '•';
    });
  });
}
