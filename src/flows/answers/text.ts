/** Free text, or one of the two codes that citizens type from a receipt. */
import { clean } from './clean.ts';
import type { AnswerContext, Parsed } from './types.ts';

export interface TextOptions {
  /** Characters. */
  minLength?: number;
  maxLength?: number;
  format?: 'free' | 'application-number' | 'pin';
}

const APPLICATION_NUMBER = /(?<![\p{L}\p{N}])([a-z]{2})[\s-]*(\d{4})[\s-]*(\d{4,6})[\s-]*(\d)(?!\d)/giu;
const PIN = /(?<!\d)(?:\d[\s.-]?){5}\d(?!\d)/g;

/**
 * Reads text as cleaned. With `application-number` the value is normalised (`KL-2403-0187-5`), its check digit not
 * yet verified; with `pin` it is six digits. Reasons: `too-short`, `too-long`, `format` (none, or two different ones).
 *
 * @example parseText('no kl 2403 0187 5', context, { format: 'application-number' }) // value 'KL-2403-0187-5'
 */
export function parseText(raw: string, _context: AnswerContext, options: TextOptions = {}): Parsed<string> {
  const { minLength = 2, maxLength = 300, format = 'free' } = options;
  const text = clean(raw);
  if (format !== 'free') return readCode(format === 'pin' ? pinsIn(text) : applicationNumbersIn(text));
  const length = [...text].length;
  if (length < minLength) return { ok: false, reason: 'too-short' };
  if (length > maxLength) return { ok: false, reason: 'too-long' };
  return { ok: true, value: text, warnings: [] };
}

function readCode(found: string[]): Parsed<string> {
  const [code] = new Set(found);
  if (code === undefined || found.some((other) => other !== code)) return { ok: false, reason: 'format' };
  return { ok: true, value: code, warnings: [] };
}

function applicationNumbersIn(text: string): string[] {
  return [...text.matchAll(APPLICATION_NUMBER)].map((match) => match.slice(1, 5).join('-').toUpperCase());
}

function pinsIn(text: string): string[] {
  return (text.match(PIN) ?? []).map((pin) => pin.replace(/\D/g, ''));
}
