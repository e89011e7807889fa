/** Longest answer that is read; what people type at a question is never longer, what robots send may be. */
const MAX_CHARACTERS = 2_000;

const LINE_BREAKS_AND_TABS = /[\t\n\v\f\r\u0085\u2028\u2029]/g;

/** Controls, bidi marks, zero-width characters, variation selectors, and the box around keycap digits. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]|\u20E3/gu;

/** The zero of each script whose ten digits a phone keyboard in Indonesia may write. NFKC does the full-width ones. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50, 0x0ed0, 0x1040, 0x17e0, 0x1b50, 0x1bb0, 0xa9d0];

/**
 * What people typed, fit to be read: Unicode NFKC, no invisible characters, every digit 0-9, plain dashes and
 * apostrophes, single spaces, at most 2,000 characters. `clean(clean(x))` is `clean(x)`.
 *
 * @example clean(' NIK:\u200b ６４０８\n0412 ') === 'NIK: 6408 0412'
 */
export function clean(raw: string): string {
  return isAscii(raw) ? cleanAscii(raw) : cleanUnicode(raw);
}

/** True for printable ASCII and line breaks: what nearly all answers are, and what Unicode's rules leave alone. */
export function isAscii(text: string): boolean {
  return !/[^\n\x20-\x7e]/.test(text);
}

function cleanAscii(raw: string): string {
  const single = raw
    .slice(0, MAX_CHARACTERS * 8)
    .replaceAll('`', "'")
    .replace(/\s+/g, ' ')
    .trim();
  return single.length > MAX_CHARACTERS ? single.slice(0, MAX_CHARACTERS).trim() : single;
}

function cleanUnicode(raw: string): string {
  const visible = raw
    .slice(0, MAX_CHARACTERS * 8)
    .toWellFormed()
    .replace(LINE_BREAKS_AND_TABS, ' ')
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u2018\u2019\u02bc\u00b4`]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
  return [...visible].slice(0, MAX_CHARACTERS).join('').trim();
}

/** The cleaned answer for comparing words: lower case, without accents and apostrophes (`Jum'at` is `jumat`). */
export function fold(raw: string): string {
  const lower = clean(raw).toLowerCase();
  if (isAscii(lower)) return lower.replaceAll("'", '');
  return lower
    .normalize('NFD')
    .replace(/[\p{M}']/gu, '')
    .normalize('NFC');
}

function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const zero = ZEROS.find((start) => code >= start && code < start + 10);
  return zero === undefined ? digit : String(code - zero);
}
