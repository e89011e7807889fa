/** What a check of the meaning of `flows.yaml` returns. */

export interface Finding {
  /** Into the file. */
  path: readonly (string | number)[];
  /** What is wrong and how to mend it. */
  message: string;
  /** `key` points at the key itself. */
  part?: 'key';
}

/** A word as messages are compared with it: without case, accents, punctuation and surplus spaces. */
export function plainWord(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/[\p{M}\p{P}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
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
