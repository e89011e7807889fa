/** The states of one service: consent, the open questions one by one, the summary, the filing. */

import type { Json } from '../json.ts';
import { type Args, effect, only, prompt, remember, say } from './actions.ts';
import { answersThatCount, firstOpen, previousTo } from './conditions.ts';
import { correctingState } from './corrections.ts';
import { documentEvents } from './document-events.ts';
import { emptyDraft, keep, noPages, waitingHints } from './draft.ts';
import { askForForm, formEvents } from './form-to-sign.ts';
import { mismatches } from './readings.ts';
import type { Service, Step } from './schema.ts';
import type { Talk, TalkEvent } from './talk.ts';
import { visitOf } from './visit-of.ts';
import { whileWaiting } from './waiting.ts';

/** A citizen is handed to a person at the third answer in a row that is not understood. */
const MISSES = 3;

/** `Talk.asked` begins with this character for the first question, and goes on in their order. */
const MARK_FROM = 48;

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
  const open = firstOpenOf(service);
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
            guard: (args: Args) => open(args) === step.id,
            target: here(`ask.${step.id}`),
          })),
          ...ends(service),
        ],
      },
      ask: {
        initial: service.steps[0]?.id ?? '',
        after: { nudge: { actions: [...reminder(service), prompt] } },
        states: Object.fromEntries(
          service.steps.map((step, at) => [step.id, askState(id, service, step, at)]),
        ),
      },
      ...(service.outcome === 'status'
        ? { lookup: lookupState(`#${id}.lookup`) }
        : {
            confirm: confirmState(id, service),
            filing: filingState(id, service),
            correcting: correctingState(id, service),
          }),
    },
  };
}

/** Where the form leads when no question is open. */
function ends({ outcome }: Service) {
  if (outcome === 'status') return [{ target: 'lookup' }];
  return [
    { guard: ({ context }: Args) => context.correcting !== undefined, target: 'correcting' },
    { target: 'confirm' },
  ];
}

/** The first open step; every guard of a service asks for the same moment, so the last result is kept. */
function firstOpenOf(service: Service): (args: Args) => string | undefined {
  let last: { context: Talk; at: number; step: string | undefined } | undefined;
  return ({ context, event: { at } }) => {
    if (last?.at !== at || last.context !== context)
      last = { context, at, step: firstOpen(service, context, at) };
    return last.step;
  };
}

/** A correction is not an application that was never sent. */
function reminder(service: Service) {
  return [
    say('nudge', ({ context }) => (context.correcting ? null : { service: service.title })),
    say('correctionWaits', ({ context }) =>
      context.correcting ? { service: service.title, number: context.correcting.number } : null,
    ),
  ];
}

/** The answer without which there is no such service (`must`) was not given: nothing of the draft is kept. */
function notPossible(step: Step) {
  if (step.ask !== 'yes-no' || !step.must) return {};
  const why = step.must.else;
  return {
    REFUSE: {
      target: '#idle',
      actions: [say('notPossible', () => ({ why })), remember(() => ({ ...emptyDraft() }))],
    },
  };
}

function askState(id: string, service: Service, step: Step, at: number) {
  const next = `#${id}.next`;
  const mark = String.fromCharCode(MARK_FROM + at);
  const base = {
    entry: [
      // A link is for one visit of the question; pages that were sent stay, a person may have stepped in between.
      remember(({ context: { asked }, event }) => ({
        misses: 0,
        recheck: undefined,
        ...(asked?.includes(mark) ? {} : { asked: `${asked ?? ''}${mark}` }),
        ...(event.type === 'RESTORE' || event.type === 'HUNG_UP' ? {} : { link: undefined }),
        ...(STAYS_DECLINED.includes(event.type) ? {} : { declined: undefined }),
      })),
      ...(step.ask === 'document' ? [effect('link', () => ({ step: step.id }))] : []),
      ...askForForm({ id, service, step }),
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
      DECLINE: { actions: [remember(() => ({ declined: step.id, misses: 0 })), prompt] },
      INVALID: missed(),
      BACK: back(id, service, step),
      ...(step.optional ? { SKIP: { target: next, actions: keep(step, () => ({ v: null })) } } : {}),
      ...notPossible(step),
    },
  };
  return step.ask === 'document'
    ? {
        ...base,
        on: {
          ...base.on,
          ...documentEvents({ service, step, next }),
          ...formEvents(step),
          RETURNED: returned(id, step),
        },
      }
    : base;
}

/** The previous question; the first has none, and the bot says so (compile.ts). */
function back(id: string, service: Service, step?: Step) {
  const previous = ({ context, event }: Args) => previousTo(service, context, event.at, step?.id);
  return {
    guard: (args: Args) => previous(args) !== undefined,
    target: `#${id}.next`,
    actions: remember((args) => without(service, args, previous(args) ?? '')),
  };
}

/** Days later the upload link may be too old: the question is asked anew, with a new one. */
function returned(id: string, step: Step) {
  return {
    target: `#${id}.ask.${step.id}`,
    reenter: true,
    actions: say('welcomeBack', ({ context }) => ({ service: context.service ?? '' })),
  };
}

function confirmState(id: string, service: Service) {
  return {
    entry: [remember(() => ({ misses: 0 })), prompt],
    after: { nudge: { actions: [say('nudge', () => ({ service: service.title })), prompt] } },
    on: {
      CONFIRM: { target: 'filing' },
      CHANGE: {
        target: `#${id}.next`,
        actions: remember((args) => changing(service, args, only(args.event, 'CHANGE').step)),
      },
      CHANGE_UNCLEAR: {
        actions: say('changeWhich', ({ context, event }) => ({
          max: Object.keys(answersThatCount(service, context, event.at)).length,
        })),
      },
      INVALID: missed(),
      BACK: back(id, service),
    },
  };
}

/** Events after which a question is not asked afresh. */
const STAYS_DECLINED: readonly TalkEvent['type'][] = ['RESTORE', 'HUNG_UP', 'CHANGE'];

/** Who changes what the photo says as well does not want that proposed. */
function changing(service: Service, args: Args, step: string) {
  const answers = answersThatCount(service, args.context, args.event.at);
  const isBorneOut = !mismatches(service, answers).some((one) => one.step === step);
  return { ...without(service, args, step), declined: isBorneOut ? step : undefined };
}

/** The answers less one; pages go with the question. Who brings all documents brings all others still: each is noted by itself. */
export function without(service: Service, { context, event }: Args, step: string) {
  const all = { ...context.answers, ...answersThatCount(service, context, event.at) };
  const { [step]: _gone, ...others } = all;
  return { answers: others, counter: undefined, ...noPages };
}

function filingState(id: string, service: Service) {
  return {
    entry: effect('submit', ({ context, event }) => ({
      service: id,
      draft: context.draft ?? 0,
      answers: answersThatCount(service, context, event.at) as unknown as Json,
    })),
    on: {
      ...whileWaiting(`#${id}.filing`),
      'submit.done': {
        target: '#visit',
        actions: remember(({ context, event }) => {
          const filed = only(event, 'submit.done').result;
          return {
            application: filed.number,
            applicationService: id,
            filed,
            draft: undefined,
            forms: undefined,
            activity: visitOf(service, context, event.at),
            slots: undefined,
            slot: undefined,
          };
        }),
      },
    },
  };
}

function lookupState(self: string) {
  return {
    entry: effect('status', ({ context }) => ({
      number: context.answers.nomor?.v ?? '',
      pin: context.answers.pin?.v ?? '',
    })),
    on: {
      ...whileWaiting(self),
      'status.done': [
        {
          guard: ({ event }: Args) => only(event, 'status.done').result.ok,
          target: '#idle',
          actions: [
            say('statusFound', ({ event }) => found(event)),
            remember(() => emptyDraft()),
            ...waitingHints,
          ],
        },
        { target: '#idle', actions: [say('statusUnknown'), remember(() => emptyDraft()), ...waitingHints] },
      ],
    },
  };
}

function found(event: TalkEvent): { [name: string]: Json } | null {
  const { result } = only(event, 'status.done');
  return result.ok ? { ...result, slot: result.slot as unknown as Json } : null;
}
