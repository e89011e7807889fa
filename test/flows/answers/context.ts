/** What the parsers are told in these tests: Thursday 26 March 2026, 10.00 WITA, and the real list of districts. */

import type { AnswerContext, Parsed } from '../../../src/flows/answers/types.ts';
import { loadRegions } from '../../../src/regions.ts';

export const context: AnswerContext = {
  now: Date.parse('2026-03-26T02:00:00Z'),
  timeZone: 'Asia/Makassar',
  regions: loadRegions(),
};

/** The value of an accepted answer, or `refused: <reason>`. */
export function brief(parsed: Parsed): unknown {
  return parsed.ok ? parsed.value : `refused: ${parsed.reason}`;
}

/** The warnings of an accepted answer. */
export function warningsOf(parsed: Parsed): string[] {
  return parsed.ok ? parsed.warnings : ['refused'];
}
