/** A person's name. New names follow Permendagri 73/2022; names that documents already have are taken as they are. */
import { clean, fold } from './clean.ts';
import type { AnswerContext, Parsed } from './types.ts';
import { isQuestion, withoutClosing, wordsOf } from './words.ts';

export type NameRule = 'any' | 'newborn';

/** Longest new name, spaces included (Permendagri 73/2022), and where an old one stops being believable. */
const MAX_CHARACTERS: Record<NameRule, number> = { newborn: 60, any: 100 };

const LEAD = new RegExp(
  [
    '^(?:nama(?:nya|ku)?(?: (?:lengkap|panggilan|saya|sy|gue|gw|anak|bayi|ibu|kandung|ayah|bapak|suami|istri|pelapor|pemohon|adalah|ialah|nya))*',
    'nm|saya|sy|aku|atas nama|a\\s?[./]\\s?n\\.?|an\\.|an(?=\\s?:)|yaitu|adalah',
    'iya|itu|ini|ya(?=\\s?,)|eh(?: salah)?|maaf(?:,? salah)?|ralat|y(?:an)?g benar|\\d{1,2}[.)](?=\\s)',
    '(?:ayah|ibu|bapak|anak|suami|istri)nya(?=\\s)|\\((?:alm|almh)\\.?\\)',
    '(?:ayah|anak|saksi|suami|istri|pelapor|pemohon)(?: \\d)?(?=\\s?[:=])',
    'bapak|bpk|ibu|pak|bu|sdri?|tn|ny|nn|almarhumah|almarhum|almh|alm)(?:(?<=\\.)|(?!\\p{L}))[\\s.:=,-]*(?=\\p{L})',
  ].join('|'),
  'iu',
);

/** Never in a name. */
const SENTENCE = wordSet(
  'saya sy aku tidak tdk gak nggak ngga belum blm bisa bikin ngurus untuk utk yg dgn tolong petugas operator lupa nanti ' +
    'sebentar kalau kalo kok dong siapa dengan tanya nanya bertanya anaknya adalah rahasia sesuai lihat foto seperti sendiri ' +
    'meninggal wafat',
);

/** Said after a name. */
const CLOSING = wordSet('pak bu kak kaka kakak mbak disini makasih mksh trims');
const CLOSING_OR_NAME = wordSet('min admin mba bang gan ya');

/** Seldom in a name: two of them, one as the whole answer, or one after "saya" are none. */
const WEAK = wordSet(
  'mau ingin yang ada sudah udah ini itu ke dari di buat urus ya iya ok oke y p halo hai hi selamat pagi siang sore malam ' +
    'makasih terima kasih menu batal dan ga sama lagi dulu juga sana sini saja aja benar betul setuju lanjut kosong ktp kk akta akte bayi tunggu',
);

/** Latin letters, with what old documents put between them. */
const WRITTEN = /^[\p{Script=Latin}\p{M}][\p{Script=Latin}\p{M}\s.,'-]*$/u;

/** After a comma a degree follows, not a second person: "Siti, S.Pd.", "Budi, SH". */
const DEGREE = /^(?=.*(?:\.|\p{Lu}.*\p{Lu}))[\p{L}. ]{1,12}$/u;
const DEGREES = wordSet('sh se st mm mt mh msi mpd spd ssos skom sag amd skm ners');

const ABBREVIATIONS = wordSet(
  'muh moh muhd mohd mhd md mochd abd abdr st drs dr dra ir prof hj kh rr rd tb ach',
);

/**
 * Reads a name, value as typed without the words around it. Reasons: `empty` (fewer than two letters), `question` (a
 * question or sentence), `digits`, `symbols`, `too-long`, `two-values` ("Budi atau Andi").
 * `newborn` takes the letters A to Z and spaces only, at most 60; warnings `one-word` (the rule of two words is not
 * rigid) and `abbreviation`. `any` takes one-word names, dots, apostrophes, hyphens and degrees without remark.
 *
 * @example parseName('nama saya Budi  Santoso pak', context) // value 'Budi Santoso'
 */
export function parseName(
  raw: string,
  _context: AnswerContext,
  options: { rule?: NameRule } = {},
): Parsed<string> {
  const rule = options.rule ?? 'any';
  const name = bareName(raw);
  const reason = isSentence(clean(raw), name) ? 'question' : reasonAgainst(name, rule);
  if (reason !== undefined) return { ok: false, reason };
  return { ok: true, value: name, warnings: rule === 'newborn' ? remarks(name) : [] };
}

/** A smile before or behind a name is no part of it; in the middle it is refused. */
const FACES = /^(?:[\p{So}\p{Sk}\s]|\u200D|\uFE0F)+|(?:[\p{So}\p{Sk}\s]|\u200D|\uFE0F)+$/gu;

/** Who it is, said after a name: "Budi (alm)", "Siti - ibu". */
const ROLE =
  /(?:\s*\(|\s+-\s+)(?:alm|almh|almarhum|almarhumah|ayah|bapak|ibu|anak|suami|istri|kakak|adik|saksi|pelapor|pemohon)(?: \d)?\.?\)?$/i;

/** The name without lead, address, quotes, WhatsApp's marks for bold, and a full stop after the last word. */
function bareName(raw: string): string {
  let name = withoutClosing(clean(raw).replace(FACES, ''), isClosing)
    .replace(/^(?:'(.*)'|\((.*)\))$/, '$1$2')
    .replace(/^[\s"*_~'“”]+|[\s"*_~“”,;!]+$/g, '');
  for (let lead = LEAD.exec(name); lead !== null; lead = LEAD.exec(name)) name = name.slice(lead[0].length);
  return name
    .replace(ROLE, '')
    .replace(/[\s"*_~“”,;!]+$/, '')
    .replace(/(?<=\p{L}{4})\.$/u, '')
    .replace(/^["*_~“”]+/, '');
}

/** "Min" and "Ya" are names too: they go only where two words of a name stay. */
function isClosing(word: string, wordsBefore: number): boolean {
  return CLOSING.has(word) || (wordsBefore >= 2 && CLOSING_OR_NAME.has(word));
}

function isSentence(text: string, name: string): boolean {
  const words = wordsOf(fold(name));
  const isAboutMe = /^(?:saya|sy|aku)\s/i.test(text) && WEAK.has(words[0] ?? '');
  const weak = words.filter((word) => WEAK.has(word)).length;
  return (
    isAboutMe ||
    isQuestion(fold(text)) ||
    words.some((word) => SENTENCE.has(word)) ||
    weak > 1 ||
    (weak === 1 && words.length === 1)
  );
}

function reasonAgainst(name: string, rule: NameRule): string | undefined {
  if (/\d/.test(name)) return 'digits';
  if (/\p{So}|(?!\p{Script=Latin})\p{L}/u.test(name)) return 'symbols';
  if ((name.match(/\p{L}/gu) ?? []).length < 2) return 'empty';
  if (namesTwo(name)) return 'two-values';
  if (!WRITTEN.test(name) || (rule === 'newborn' && !/^[a-z ]+$/i.test(name))) return 'symbols';
  return [...name].length > MAX_CHARACTERS[rule] ? 'too-long' : undefined;
}

function namesTwo(name: string): boolean {
  if (/\p{L}\s*[/&+;]\s*\p{L}|(?:^|\p{L}\s+)(?:atau|dan|and|or|eh|ralat|bukan)\s+\p{L}/iu.test(name))
    return true;
  const [, ...afterComma] = name.split(/\s*,\s*/);
  return afterComma.some((part) => !DEGREE.test(part) && !DEGREES.has(part.toLowerCase()));
}

function remarks(name: string): string[] {
  const words = name.toLowerCase().split(' ');
  const warnings = words.length === 1 ? ['one-word'] : [];
  const isShort = (word: string) => word.length === 1 || ABBREVIATIONS.has(word);
  return words.some(isShort) ? [...warnings, 'abbreviation'] : warnings;
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
