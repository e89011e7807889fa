/** What becomes of the answers: kept, ended, put aside. */
import { type Args, remember, say } from './actions.ts';
import type { Step } from './schema.ts';
import type { Answer } from './talk.ts';

/** Notes the answer to a step; what belonged to the question goes. */
export function keep(step: Step, answer: (args: Args) => Answer) {
  return remember((args) => {
    const answers = { ...args.context.answers, [step.id]: answer(args) };
    return { answers, misses: 0, pages: undefined, link: undefined };
  });
}

/** The context after a draft has come to its end. */
export function emptyDraft() {
  return {
    service: undefined,
    answers: {},
    draft: undefined,
    consentAt: undefined,
    counter: undefined,
    pages: undefined,
    link: undefined,
    recheck: undefined,
    misses: 0,
  };
}

/** After something else is done, says that a draft still waits. */
export const pausedHint = say('paused', ({ context }) =>
  context.paused && !context.paused.cancelled ? { service: context.paused.service } : null,
);
