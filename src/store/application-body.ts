/** The sealed part of an application as text, and how an application begins and ends: the same in every store. */
import { randomBytes } from 'node:crypto';
import type { Application, ApplicationBody, NewApplication } from '../applications/ports.ts';

/** As it is filed, with what no caller knows yet. */
export function beginApplication(
  { marks = [], history = [], ...draft }: NewApplication,
  number: string,
): Application {
  return { ...draft, number, version: 1, marks, verdicts: {}, history, result: [], untold: [] };
}

/**
 * Whose key seals the body: its case's. What a program before this one sealed is under the conversation's key until it
 * is written again, so that one is tried next. Of some filings of long ago the conversation's key is the only one.
 */
export function ownersOf({
  filedBy,
  conversation,
}: Pick<Application, 'filedBy' | 'conversation'>): [string, ...string[]] {
  return isOfConversation(filedBy, conversation) ? [filedBy, conversation] : [conversation];
}

/** Whether what this key seals belongs to a case of that conversation. */
export function isOfConversation(owner: string, conversation: string): boolean {
  return owner.startsWith(`${conversation}:`);
}

/** Where the owners of a conversation's cases lie in the order of all: behind the first, and before the second. */
export function casesBetween(conversation: string): [string, string] {
  return [`${conversation}:`, `${conversation};`];
}

/** The text that is sealed. */
export function packBody({ answers, pin, verdicts, history, result, untold }: ApplicationBody): string {
  return JSON.stringify({ answers, pin, verdicts, history, result, untold });
}

/** The reverse of `packBody`; what was filed with an older program has answers and PIN only. */
export function unpackBody(text: string): ApplicationBody {
  return { ...nothing(), ...JSON.parse(text) };
}

/** What is left of an erased case is its skeleton: nothing in here, and a PIN that nobody has. */
export function erasedBody(): ApplicationBody {
  return { ...nothing(), answers: {}, pin: randomBytes(16).toString('hex') };
}

const nothing = (): Omit<ApplicationBody, 'answers' | 'pin'> => ({
  verdicts: {},
  history: [],
  result: [],
  untold: [],
});
