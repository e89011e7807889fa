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
  /^(?:terserah|sembarang|bebas|manut|ikut|mana|yang mana|kapan|apa|any|anytime|any time|anything|any of them|any is fine|whichever|whatever|either|up to you|you choose|(?:it )?does ?nt matter)(?: (?:saja|aja|deh|dong|lah|kantor|is fine))*$/;
/** "Boleh deh", "ya bisa": the first is what was asked about. */
const YES =
  /^(?:ya|iya|yes|ok|oke|okay|boleh|bisa|siap|sip|setuju|cocok|jadi|sure|fine|good)(?: (?:ya|iya|ok|oke|boleh|bisa|dong|deh|lah|saja|aja|itu|yang itu|sudah|please|that one|with me))*$/;
const AROUND =
  /\b(?:saya|sy|aku|ulun|mau|pilih|pilihan|ambil|yang|yg|no|nomor|nomer|nmr|jadwal|waktu|opsi|option|number|the|one|ok|oke|ya|iya|saja|aja|i|take|pick|choose|please)\b/g;

/** From 0: "2", "yang nomor dua aja", "pilih yg pertama pak"; undefined where anything else is said beside it. */
export function pickOf(text: string): number | undefined {
  const plain = fold(text).replace(/[^\p{L}\p{N} ]+/gu, (sign) => (sign === '.' || sign === ')' ? ' ' : '#'));
  const words = plain.split(' ').filter((word) => word !== '' && !COURTESIES.has(word));
  const said = words.join(' ').replace(/\byg\b/g, 'yang');
  if (ANY.test(said) || YES.test(said)) return 0;
  const numbered = ORDINALS.reduce((all, [name, digit]) => all.replace(name, digit), words.join(' '));
  const bare = digitsForNumberWords(numbered).replace(AROUND, '').trim();
  return /^[1-9]$/.test(bare) ? Number(bare) - 1 : undefined;
}
