/** What becomes of the answers: kept, put aside, taken up again, ended. */
import { type Args, remember, say } from './actions.ts';
import type { Step } from './schema.ts';
import type { Answer, Correction, Talk } from './talk.ts';

/** A change of the context: keys set to undefined go. */
export type Change = { [Key in keyof Talk]?: Talk[Key] | undefined };

/** What belongs to a document that is being sent: it goes with the question. */
export const noPages = { pages: undefined, read: undefined };

/** Notes the answer to a step; what belonged to the question goes. */
export function keep(step: Step, answer: (args: Args) => Answer) {
  return remember((args) => ({
    ...answered(args.context, step.id, answer(args)),
    misses: 0,
    ...noPages,
    declined: undefined,
    link: undefined,
    topic: undefined,
  }));
}

/** One answer more; in a correction it is one of those that are sent. */
export function answered({ answers, correcting }: Talk, step: string, answer: Answer): Change {
  const isNew = correcting !== undefined && !correcting.steps.includes(step);
  return {
    answers: { ...answers, [step]: answer },
    ...(isNew ? { correcting: { ...correcting, steps: [...correcting.steps, step] } } : {}),
  };
}

/** What belongs to the offering of a time. */
const noOffer = {
  looking: undefined,
  visits: undefined,
  current: undefined,
  wish: undefined,
  near: undefined,
  remark: undefined,
  moved: undefined,
};

/** A document that was not sent: the citizen brings it. */
export function isBrought(answer: Answer | undefined): boolean {
  return typeof answer?.v === 'object' && answer.v !== null && 'counter' in answer.v;
}

/** The context after a draft has come to its end. */
export function emptyDraft() {
  return {
    service: undefined,
    answers: {},
    draft: undefined,
    consentAt: undefined,
    counter: undefined,
    correcting: undefined,
    ...noPages,
    declined: undefined,
    link: undefined,
    formFor: undefined,
    forms: undefined,
    recheck: undefined,
    topic: undefined,
    asked: undefined,
    misses: 0,
    ...noOffer,
  };
}

/** Puts the draft, or the correction, aside for LANJUT. */
export function pause(context: Talk, cancelled = false): Change {
  const { service, answers, draft, consentAt, counter, asked, forms, correcting } = context;
  if (service === undefined || draft === undefined) return emptyDraft();
  if (correcting) {
    const aside = { ...correcting, service, answers, ...(counter ? { counter } : {}) };
    return { ...emptyDraft(), corrections: [aside, ...otherCorrections(context, correcting.number)] };
  }
  // Only what was agreed to is kept: looking up a status displaces no draft.
  if (consentAt === undefined || Object.keys(answers).length === 0) return emptyDraft();
  return {
    ...emptyDraft(),
    paused: {
      service,
      answers,
      draft,
      consentAt,
      ...(counter ? { counter } : {}),
      ...(asked ? { asked } : {}),
      ...(forms ? { forms } : {}),
      ...(cancelled ? { cancelled } : {}),
    },
  };
}

/** Takes up the draft that was put aside. */
export function unpaused({ paused }: Talk): Change {
  return {
    ...emptyDraft(),
    service: paused?.service,
    answers: paused?.answers ?? {},
    draft: paused?.draft,
    consentAt: paused?.consentAt,
    counter: paused?.counter,
    asked: paused?.asked,
    forms: paused?.forms,
    paused: undefined,
  };
}

/** The corrections that wait, less those of one application. */
export function otherCorrections({ corrections = [] }: Talk, number: string): Correction[] {
  return corrections.filter((one) => one.number !== number);
}

/** After something else is done, says what LANJUT takes up: a correction before a draft. */
export const waitingHints = [
  say('correctionWaits', ({ context: { corrections } }) => {
    const next = corrections?.[0];
    return next ? { number: next.number, service: next.service } : null;
  }),
  say('paused', ({ context: { corrections = [], paused } }) =>
    paused && !paused.cancelled && corrections.length === 0 ? { service: paused.service } : null,
  ),
];
