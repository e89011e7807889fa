/** Small words that several parsers pass over or watch for. Written folded (clean.ts), matched as whole words. */

/** How citizens address the one who reads, and small words that only soften. */
const ADDRESSES =
  'pak bapak bpk bu ibu buk kak kaka kakak min mimin admin mas mbak mba mb bang bg gan sis bro dek om tante ' +
  'kok dong donk sih deh dah lah loh lho nih kan ai pang';

/** Words of courtesy. */
const THANKS =
  'maaf mohon permisi makasih mksh makasi trims tks thanks thx suwun terima kasih assalamualaikum aslm wr wb';

export const COURTESIES: ReadonlySet<string> = new Set(`${ADDRESSES} ${THANKS}`.split(' '));

/** Those that may stand before a "ya" that is an answer: "pak, ya" is one, "makasih ya" is not. */
export const SOFTENERS: ReadonlySet<string> = new Set(ADDRESSES.split(' '));

/** Words that make a message a question. */
const QUESTION_WORDS = new Set(
  (
    'apa apakah apaan bagaimana gimana gmn gmna gimna piye kenapa knp mengapa kapan kpn berapa brp brapa siapa dimana ' +
    'dmn kemana darimana mana syarat syaratnya syarat2 persyaratan persyaratannya bisakah bolehkah adakah what how when where why who'
  ).split(' '),
);

/** Lower-case words of a folded text: letters and digits, nothing else. */
export function wordsOf(folded: string): string[] {
  return folded.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** True when a folded text asks something instead of answering. */
export function isQuestion(folded: string): boolean {
  return folded.includes('?') || wordsOf(folded).some((word) => QUESTION_WORDS.has(word));
}

/**
 * The text without courtesies at its end: "AL 123/1990 pak" -> "AL 123/1990". `isClosing` may see how many words
 * would stay, where a courtesy may be a part of the answer.
 */
export function withoutClosing(
  text: string,
  isClosing: (word: string, wordsBefore: number) => boolean = (word) => COURTESIES.has(word),
): string {
  const closing = /[\s,.!]+(\p{L}+)[\s.!]*$/u;
  for (let rest = text; ; ) {
    const match = closing.exec(rest);
    const before = rest.slice(0, match?.index);
    if (match === null || !isClosing((match[1] ?? '').toLowerCase(), wordsOf(before).length)) return rest;
    rest = before;
  }
}
