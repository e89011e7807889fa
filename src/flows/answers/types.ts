/** What every parser of a typed answer shares. Parsers are pure: text and context in, a value out. */
import type { Json } from '../../json.ts';

/** The facts a parser may need. */
export interface AnswerContext {
  /** Milliseconds since the epoch. */
  now: number;
  /** The office's time zone (`Asia/Makassar`). */
  timeZone: string;
  regions: Regions;
}

/** Kemendagri region codes, without dots. */
export interface Regions {
  /** `true` when the six digits are a district (kecamatan) of the current list. */
  hasDistrict(code: string): boolean;
}

/**
 * An answer as read. `warnings` are codes of remarks on a value that is taken all the same; `reason` is the code of
 * why it is not (flows.yaml `errors.<type>.<reason>`). Two different values in one answer are never guessed between.
 */
export type Parsed<T extends Json = Json> =
  | { ok: true; value: T; warnings: string[]; details?: { [key: string]: Json } }
  | { ok: false; reason: string };
