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
