/** Questions in the middle of a form. */
import type { TalkEvent } from '../flows/talk.ts';
import { wordsOf } from '../flows/words.ts';
import type { Knowledge } from './knowledge.ts';

/** From these confidences on; what may be an answer must be a clearer question than what ends in a question mark. */
const SURE_IF_ASKED = 0.5;
const SURE_IF_NOT = 0.65;

/**
 * A question, or a wish for a person, in the middle of something else; the form goes on after it. What does not look
 * like a question must be very clearly one; where any text is an answer (`mustLookAsked`) it never is.
 */
export function digression(
  { understanding }: Knowledge,
  text: string,
  at: number,
  { mustLookAsked = false }: { mustLookAsked?: boolean } = {},
): TalkEvent[] | undefined {
  const isAsked = looksAsked(text);
  const words = wordsOf(text).filter((word) => /[a-z]{2}/.test(word));
  if (!isAsked && (mustLookAsked || words.length < 2)) return undefined;
  const { intent, confidence } = understanding.intent(text);
  if (confidence < (isAsked ? SURE_IF_ASKED : SURE_IF_NOT) || intent === 'sapaan') return undefined;
  return intent === 'petugas' ? [{ type: 'OPERATOR', at }] : [{ type: 'QUESTION', at, topic: intent }];
}

function looksAsked(text: string): boolean {
  return (
    /\?\s*$/.test(text) ||
    /\b(apa|apakah|gimana|bagaimana|gmn|berapa|brp|kapan|dimana|mana|kenapa|syarat\w*|biaya|petugas|admin|operator)\b/i.test(
      text,
    )
  );
}
