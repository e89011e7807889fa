/** Which of a few numbered times somebody takes. Pure. */
import { fold } from '../answers/clean.ts';
import { digitsForNumberWords } from '../answers/number-words.ts';
import { COURTESIES } from '../answers/words.ts';

const ORDINALS: [RegExp, string][] = [
  [/\b(?:pertama|first|1st)\b/, '1'],
  [/\b(?:kedua|second|2nd)\b/, '2'],
  [/\b(?:ketiga|third|3rd)\b/, '3'],
];
/** "Terserah": the first is as good as any. */
const ANY =
  /^(?:terserah|bebas|mana saja|mana aja|yang mana saja|yang mana aja|kapan saja|kapan aja|apa saja|any|anytime|any time|whichever|either)$/;
const AROUND =
  /\b(?:saya|sy|aku|ulun|mau|pilih|pilihan|ambil|yang|yg|no|nomor|nomer|nmr|jadwal|waktu|opsi|option|number|the|one|ok|oke|ya|iya|saja|aja|i|take|pick|choose|please)\b/g;

/** From 0: "2", "yang nomor dua aja", "pilih yg pertama pak"; undefined where anything else is said beside it. */
export function pickOf(text: string): number | undefined {
  const plain = fold(text).replace(/[^\p{L}\p{N} ]+/gu, (sign) => (sign === '.' || sign === ')' ? ' ' : '#'));
  const words = plain.split(' ').filter((word) => word !== '' && !COURTESIES.has(word));
  if (ANY.test(words.join(' '))) return 0;
  const numbered = ORDINALS.reduce((all, [name, digit]) => all.replace(name, digit), words.join(' '));
  const bare = digitsForNumberWords(numbered).replace(AROUND, '').trim();
  return /^[1-9]$/.test(bare) ? Number(bare) - 1 : undefined;
}
