/**
 * Corrections: what the office refused of a filed application is asked for again by the questions of its service, with
 * the answers that stand, and sent when nothing is open any more.
 */
import type { Json } from '../json.ts';
import { type Args, effect, only, remember, say } from './actions.ts';
import { answersThatCount, firstOpen } from './conditions.ts';
import { type Change, emptyDraft, otherCorrections, waitingHints } from './draft.ts';
import type { Service } from './schema.ts';
import type { Answers, Correction, Talk } from './talk.ts';
import { whileWaiting } from './waiting.ts';

type Services = [string, Service][];

/** The correction that a NEWS event asks for; undefined when it is other news, or nothing of it can be asked here. */
export function correctionOf(filing: Services, { event }: Args): Correction | undefined {
  const { kind, number, service: id, refused = [], answers = {} } = only(event, 'NEWS').news;
  const service = filing.find(([one]) => kind === 'correction' && one === id)?.[1];
  if (!service) return undefined;
  const steps = refused.map(({ step }) => step);
  const standing = Object.fromEntries(Object.entries(answers).filter(([step]) => !steps.includes(step)));
  const isOpen = firstOpen(service, { answers: standing }, event.at) !== undefined;
  return isOpen ? { number, service: id, steps, answers: standing } : undefined;
}

/** The context in which a correction is asked for, in place of a draft. */
export function beginCorrection({ context, event }: Args, correction: Correction | undefined): Change {
  if (!correction) return {};
  const { number, service, steps, answers, counter } = correction;
  return {
    ...emptyDraft(),
    service,
    answers,
    counter,
    draft: event.at,
    // The agreement was given when it was filed.
    consentAt: event.at,
    correcting: { number, steps },
    corrections: otherCorrections(context, number),
  };
}

/** LANJUT: the first correction that waits, of a service that is still there. */
export function resumeCorrection(filing: Services) {
  const next = ({ corrections }: Talk) =>
    corrections?.find(({ service }) => filing.some(([id]) => id === service));
  return filing.map(([id]) => ({
    guard: ({ context }: Args) => next(context)?.service === id,
    target: `#${id}.next`,
    actions: remember((args) => beginCorrection(args, next(args.context))),
  }));
}

/** The state of a service in which its corrected answers are put into the application. */
export function correctingState(id: string, service: Service) {
  const isDone = ({ event }: Args) => only(event, 'correct.done').result.ok;
  const ended = remember(() => emptyDraft());
  const received = say('correctionReceived', ({ context, event }) => {
    const { result } = only(event, 'correct.done');
    return { number: context.correcting?.number ?? '', ...(result.ok ? { dueAt: result.dueAt } : {}) };
  });
  return {
    entry: effect('correct', (args) => ({
      number: args.context.correcting?.number ?? '',
      answers: corrected(service, args) as unknown as Json,
    })),
    on: {
      ...whileWaiting(`#${id}.correcting`),
      'correct.done': [
        {
          guard: (args: Args) => isDone(args) && isBrought(corrected(service, args)),
          target: '#visit',
          actions: [received, remember(({ context }) => broughtBy(id, context))],
        },
        { guard: isDone, target: '#idle', actions: [received, ended, ...waitingHints] },
        {
          target: '#idle',
          actions: [
            say('correctionClosed', ({ context }) => ({ number: context.correcting?.number ?? '' })),
            ended,
            ...waitingHints,
          ],
        },
      ],
    },
  };
}

function corrected(service: Service, { context, event }: Args): Answers {
  const answers = Object.entries(answersThatCount(service, context, event.at));
  return Object.fromEntries(answers.filter(([step]) => context.correcting?.steps.includes(step)));
}

/** True when a paper is not sent, but brought to the office. */
export function isBrought(answers: Answers): boolean {
  return Object.values(answers).some(({ v }) => typeof v === 'object' && v !== null && 'counter' in v);
}

/** What was not sent is brought: a time to come is offered. */
function broughtBy(id: string, { correcting }: Talk): Change {
  return {
    correcting: undefined,
    draft: undefined,
    application: correcting?.number,
    applicationService: id,
    activity: 'submit',
    filed: undefined,
    slots: undefined,
    slot: undefined,
  };
}
