/** What a check of the meaning of `flows.yaml` returns. */
import { plainText } from '../words.ts';

export interface Finding {
  /** Into the file. */
  path: readonly (string | number)[];
  /** What is wrong and how to mend it. */
  message: string;
  /** `key` points at the key itself. */
  part?: 'key';
}

/** A word as messages are compared with it (`createCommands`). Signs like a lone thumb stay as they are. */
export function plainWord(word: string): string {
  return plainText(word) || word.trim();
}

/** One thing that must be unlike the others of its kind. */
export interface Named extends Omit<Finding, 'message'> {
  name: string;
}

/** A finding for each name that was there before; `say` gets the name and the path of the first. */
export function repeated(all: readonly Named[], say: (name: string, first: string) => string): Finding[] {
  const seen = new Map<string, string>();
  const findings: Finding[] = [];
  for (const { name, ...at } of all) {
    const first = seen.get(name);
    if (first === undefined) seen.set(name, at.path.join('.'));
    else findings.push({ ...at, message: say(name, first) });
  }
  return findings;
}
