/** Words about being near. Pure. */
import { fold } from '../answers/clean.ts';
import type { OfferedSlot } from '../talk.ts';

const NEAREST =
  /\b(?:(?:ter|paling |plg |yang |yg |lebih )(?:dekat|deket|parak)(?:nya)?|(?:tempat|lokasi|kantor|kecamatan|kec) (?:yang |yg )?(?:dekat|deket)|(?:dekat|deket) (?:rumah|sini|saya)|nearest|closest|closer|near me|nearby|near my \w+)\b/;
const DISTRICT =
  /\b(?:kec|kecamatan|kcmtn|desa|district)\b[. ]*\p{L}|\b(?:saya|sy|rumah|rmh|tinggal|domisili)(?: \p{L}+)? (?:di|dari) \p{L}/u;

/** True for "yang dekat", "terdekat dari rumah saya", "nearest". */
export function asksNearest(text: string): boolean {
  return NEAREST.test(fold(text));
}

/** True where somebody says in which kecamatan they are, whether we know it or not. */
export function namesDistrict(text: string): boolean {
  return DISTRICT.test(fold(text));
}

/** What somebody wants to do at a place; undefined where they do not say. */
export function activityIn(text: string): OfferedSlot['activity'] | undefined {
  const folded = fold(text);
  if (/\b(?:rekam|perekaman|ngerekam|merekam|record(?:ing)?)\w*/.test(folded)) return 'record';
  return /\b(?:ambil|ngambil|mengambil|pengambilan|pick ?up|collect)\b/.test(folded) ? 'pickup' : undefined;
}
