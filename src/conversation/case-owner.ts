/**
 * Whose key seals a file: a case (a draft, and the application that comes of it) has a key of its own, so that it can be
 * erased alone; everything else of a conversation is under the conversation's key.
 */

/** The owner of a case's key; the same text as `Application.filedBy`. */
export function caseOwner(conversation: string, draft: number | undefined): string {
  return draft === undefined ? conversation : `${conversation}:${draft}`;
}

/** The reverse. */
export function parseOwner(owner: string): { conversation: string; draft?: number } {
  const [, conversation, draft] = /^(.+):(\d+)$/.exec(owner) ?? [];
  return conversation === undefined ? { conversation: owner } : { conversation, draft: Number(draft) };
}
