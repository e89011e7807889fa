/** Words that are commands when they are the whole message (`commands` of flows.yaml), and phrases of anger or fear. */
import type { Command, Flows } from './schema.ts';
import { plainText } from './words.ts';

export interface Commands {
  /** Every command that the whole text may mean (`ya` agrees and confirms). */
  find(text: string): ReadonlySet<Command>;
  /** The command words at the beginning, and the rest: `STATUS KL-2611-0001-7 123456`. */
  findLeading(text: string, command: Command): string | undefined;
  /** True when a phrase of anger or fear stands in the text; `whole`: is the text. */
  isUpset(text: string, options?: { whole?: boolean }): boolean;
}

const NONE: ReadonlySet<Command> = new Set();

/** Reads the word lists once. */
export function createCommands(flows: Pick<Flows, 'commands' | 'upset'>): Commands {
  const byWord = new Map<string, Set<Command>>();
  for (const [command, words] of Object.entries(flows.commands) as [Command, string[]][]) {
    for (const word of words) add(byWord, key(word), command);
  }
  const leading = new Map(
    Object.entries(flows.commands).map(([command, words]) => [
      command,
      words.map((word) => `${word.toLowerCase()} `),
    ]),
  );
  const phrases = flows.upset.map(plainText).filter((phrase) => phrase !== '');
  const byFirstWord = Map.groupBy(phrases, (phrase) => phrase.split(' ', 1)[0]);
  return {
    find: (text) => byWord.get(key(text)) ?? NONE,
    findLeading(text, command) {
      const lower = text.toLowerCase();
      const word = leading.get(command)?.find((one) => lower.startsWith(one));
      return word === undefined ? undefined : text.slice(word.length).trim();
    },
    isUpset(text, options = {}) {
      const plain = plainText(text);
      if (options.whole) return phrases.includes(plain);
      // With a space at either end, so that only whole words are found.
      const spaced = ` ${plain} `;
      const isIn = (phrase: string) => spaced.includes(` ${phrase} `);
      return plain.split(' ').some((word) => byFirstWord.get(word)?.some(isIn));
    },
  };
}

function add(map: Map<string, Set<Command>>, word: string, command: Command): void {
  const set = map.get(word) ?? new Set();
  set.add(command);
  map.set(word, set);
}

/** Signs like a lone thumb have no plain text: they are compared as they are. */
function key(text: string): string {
  return plainText(text) || text.trim();
}
