/** What an SMS costs: its encoding and segments, by 3GPP TS 23.038 (alphabet) and TS 23.040 (concatenation). */

/** `units` are septets of GSM-7, or 16-bit units of UCS-2. `notGsm7`: each character that forces UCS-2, once. */
export interface SmsSegments {
  encoding: 'GSM-7' | 'UCS-2';
  units: number;
  /** 0 for an empty text. */
  segments: number;
  notGsm7: string[];
}

/** TS 23.038 6.2.1, the default alphabet (without ESC, which is not a character). */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** TS 23.038 6.2.1.1, the extension table: ESC and a second septet. */
const EXTENSION = '\f^{}\\[~]|€';

const SEPTETS = new Map([
  ...[...BASIC].map((sign) => [sign, 1] as const),
  ...[...EXTENSION].map((sign) => [sign, 2] as const),
]);

/** A single message, and each part of a longer one (its header takes the rest). */
const LIMITS = { 'GSM-7': { single: 160, part: 153 }, 'UCS-2': { single: 70, part: 67 } } as const;

/** Measures a text as a provider sends it. A character of two units is never torn between two parts. */
export function smsSegments(text: string): SmsSegments {
  const signs = [...text];
  const notGsm7 = [...new Set(signs.filter((sign) => !SEPTETS.has(sign)))];
  const encoding = notGsm7.length === 0 ? 'GSM-7' : 'UCS-2';
  const sizes = signs.map((sign) => (encoding === 'GSM-7' ? (SEPTETS.get(sign) ?? 1) : sign.length));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  return { encoding, units, segments: count(sizes, units, LIMITS[encoding]), notGsm7 };
}

function count(sizes: readonly number[], units: number, limit: { single: number; part: number }): number {
  if (units === 0) return 0;
  if (units <= limit.single) return 1;
  let parts = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > limit.part) {
      parts += 1;
      used = 0;
    }
    used += size;
  }
  return parts;
}
