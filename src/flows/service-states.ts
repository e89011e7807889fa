/** The states of one service: consent, the open questions one by one, the summary, the filing. */

import type { Json } from '../json.ts';
import { effect, only, prompt, remember, say } from './actions.ts';
import { answersThatCount, holds, isOpen } from './conditions.ts';
import type { Service, Step } from './schema.ts';
import type { Answer, Talk, TalkEvent } from './talk.ts';

interface Args {
  context: Talk;
  event: TalkEvent;
}

/** A citizen is handed to a person at the third answer in a row that is not understood. */
const MISSES = 3;
/** ... and at the second file in a row that cannot be used. */
const FILE_MISSES = 2;

/** Counts a miss and says why; at the limit the conversation is handed off. */
export function missed(target = '#handoff', limit = MISSES) {
  return [
    {
      guard: ({ context }: Args) => context.misses + 1 >= limit,
      target,
      actions: remember(() => ({ handoff: 'not-understood' })),
    },
    {
      actions: [
        remember(({ context }) => ({ misses: context.misses + 1 })),
        say('error', ({ event }) => ({ reason: only(event, 'INVALID').reason })),
      ],
    },
  ];
}

/** The states of a service, for `bot.<id>`. `next` goes to the first open question: nothing else knows the order. */
export function serviceStates(id: string, service: Service) {
  const here = (state: string) => `#${id}.${state}`;
  const end = service.outcome === 'status' ? 'lookup' : 'confirm';
  return {
    id,
    initial: service.outcome === 'application' ? 'consent' : 'next',
    states: {
      consent: {
        entry: prompt,
        always: { guard: ({ context }: Args) => context.consentAt !== undefined, target: 'next' },
        after: { nudge: { actions: say('nudge', () => ({ service: service.title })) } },
        on: {
          AGREE: { target: 'next', actions: remember(({ event }) => ({ consentAt: event.at, misses: 0 })) },
          REFUSE: { target: '#idle', actions: [remember(() => ({ ...emptyDraft() })), say('refused')] },
          INVALID: missed(),
        },
      },
      next: {
        always: [
          ...service.steps.map((step) => ({
            guard: ({ context, event }: Args) => isOpen(step, context, event.at),
            target: here(`ask.${step.id}`),
          })),
          { target: end },
        ],
      },
      ask: {
        initial: service.steps[0]?.id ?? '',
        after: { nudge: { actions: [say('nudge', () => ({ service: service.title })), prompt] } },
        states: Object.fromEntries(service.steps.map((step) => [step.id, askState(step, here('next'))])),
      },
      ...(service.outcome === 'status'
        ? { lookup: lookupState() }
        : { confirm: confirmState(id, service), filing: filingState(id, service) }),
    },
  };
}

function askState(step: Step, next: string) {
  const base = {
    entry: [
      remember(() => ({ misses: 0, recheck: undefined, pages: undefined })),
      ...(step.ask === 'document' ? [effect('link', () => ({ step: step.id }))] : []),
      prompt,
    ],
    on: {
      ANSWER: { target: next, actions: keep(step, ({ event }) => only(event, 'ANSWER').answer) },
      RECHECK: {
        actions: [
          remember(({ event }) => ({ recheck: { step: step.id, warning: only(event, 'RECHECK').warning } })),
          say('recheck', ({ event }) => ({ warning: only(event, 'RECHECK').warning })),
        ],
      },
      INVALID: missed(),
      ...(step.optional ? { SKIP: { target: next, actions: keep(step, () => ({ v: null })) } } : {}),
    },
  };
  return step.ask === 'document' ? { ...base, on: { ...base.on, ...documentEvents(step, next) } } : base;
}

/** Answers stay in the order they were given, so that BACK finds the last one. */
function keep(step: Step, answer: (args: Args) => Answer) {
  return remember((args) => {
    const { [step.id]: _old, ...others } = args.context.answers;
    return { answers: { ...others, [step.id]: answer(args) }, misses: 0, pages: undefined, link: undefined };
  });
}

function documentEvents(step: Extract<Step, { ask: 'document' }>, next: string) {
  const pagesWith = (args: Args): Json[] => [...(args.context.pages ?? []), ...filesOf(args.event)];
  const isMine = ({ event }: Args) => only(event, 'intake.done').result.step === step.id;
  const isGood = (args: Args) => isMine(args) && only(args.event, 'intake.done').result.ok;
  return {
    FILES: {
      actions: effect('intake', ({ event }) => ({
        step: step.id,
        files: only(event, 'FILES').files,
        entry: only(event, 'FILES').entry,
        accept: step.accept,
      })),
    },
    COUNTER: {
      target: next,
      actions: [
        keep(step, () => ({ v: { counter: true } })),
        remember(({ context, event }) => ({ counter: context.counter || only(event, 'COUNTER').all })),
        say('documentByCounter'),
      ],
    },
    'link.done': {
      guard: ({ event }: Args) => only(event, 'link.done').result.step === step.id,
      actions: [remember(({ event }) => ({ link: only(event, 'link.done').result })), prompt],
    },
    DONE: [
      {
        guard: ({ context }: Args) => (context.pages ?? []).length > 0,
        target: next,
        actions: keep(step, ({ context }) => ({ v: { files: context.pages ?? [] } })),
      },
      { actions: prompt },
    ],
    'intake.done': [
      {
        guard: (args: Args) => isGood(args) && pagesWith(args).length >= step.pages,
        target: next,
        actions: [
          keep(step, (args) => ({ v: { files: pagesWith(args) } })),
          say('fileReceived', () => ({ document: step.label })),
        ],
      },
      {
        guard: isGood,
        actions: [
          remember((args) => ({ pages: pagesWith(args), misses: 0 })),
          say('morePages', ({ context }) => ({ pages: (context.pages ?? []).length, max: step.pages })),
        ],
      },
      {
        guard: (args: Args) => isMine(args) && args.context.misses + 1 >= FILE_MISSES,
        target: '#handoff',
        actions: remember(() => ({ handoff: 'document-refused' })),
      },
      {
        guard: isMine,
        actions: [
          remember(({ context }) => ({ misses: context.misses + 1 })),
          say('error', ({ event }) => ({ reason: reasonOf(event) })),
        ],
      },
    ],
  };
}

function filesOf(event: TalkEvent): Json[] {
  const { result } = only(event, 'intake.done');
  return result.ok ? result.files : [];
}

function reasonOf(event: TalkEvent): string {
  const { result } = only(event, 'intake.done');
  return result.ok ? '' : result.reason;
}

function confirmState(id: string, service: Service) {
  return {
    entry: [remember(() => ({ misses: 0 })), prompt],
    after: { nudge: { actions: [say('nudge', () => ({ service: service.title })), prompt] } },
    on: {
      CONFIRM: { target: 'filing' },
      CHANGE: {
        target: `#${id}.next`,
        actions: remember(({ context, event }) => ({
          answers: without(context, only(event, 'CHANGE').step),
        })),
      },
      CHANGE_UNCLEAR: {
        actions: say('changeWhich', ({ context, event }) => ({
          max: Object.keys(answersThatCount(service, context, event.at)).length,
        })),
      },
      INVALID: missed(),
    },
  };
}

/** The answers less one; of a document that is to be brought, the decision to bring all is taken back too. */
function without(context: Talk, step: string): Talk['answers'] {
  const { [step]: _gone, ...others } = context.answers;
  return others;
}

function filingState(id: string, service: Service) {
  return {
    entry: effect('submit', ({ context, event }) => ({
      service: id,
      draft: context.draft ?? 0,
      answers: answersThatCount(service, context, event.at) as unknown as Json,
    })),
    on: {
      'submit.done': {
        target: '#visit',
        actions: remember(({ context, event }) => {
          const filed = only(event, 'submit.done').result;
          return {
            application: filed.number,
            applicationService: id,
            filed,
            activity: visitOf(service, context, event.at),
            slots: undefined,
            slot: undefined,
          };
        }),
      },
    },
  };
}

/** What the citizen must come for, if at all: papers that were not sent come before anything else. */
export function visitOf(service: Service, context: Talk, now: number): Talk['activity'] {
  const answers = answersThatCount(service, context, now);
  const brings = Object.values(answers).some(
    ({ v }) => typeof v === 'object' && v !== null && 'counter' in v,
  );
  if (service.visit && service.visit.activity !== 'pickup' && holds(service.visit.when, answers, now))
    return service.visit.activity;
  if (brings) return 'submit';
  return service.visit && holds(service.visit.when, answers, now) ? service.visit.activity : undefined;
}

function lookupState() {
  return {
    entry: effect('status', ({ context }) => ({
      number: context.answers.nomor?.v ?? '',
      pin: context.answers.pin?.v ?? '',
    })),
    on: {
      'status.done': [
        {
          guard: ({ event }: Args) => only(event, 'status.done').result.ok,
          target: '#idle',
          actions: [
            say('statusFound', ({ event }) => found(event)),
            remember(() => emptyDraft()),
            pausedHint,
          ],
        },
        { target: '#idle', actions: [say('statusUnknown'), remember(() => emptyDraft()), pausedHint] },
      ],
    },
  };
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

function found(event: TalkEvent): { [name: string]: Json } | null {
  const { result } = only(event, 'status.done');
  return result.ok ? { ...result, slot: result.slot as unknown as Json } : null;
}

/** After something else is done, says that a draft still waits. */
export const pausedHint = say('paused', ({ context }) =>
  context.paused && !context.paused.cancelled ? { service: context.paused.service } : null,
);
