/** A person has the chat: waiting for one, or claimed. The bot is silent, and goes on where it stood. */
import { type Args, effect, only, remember, say } from './actions.ts';
import { giveCalendar } from './calendar-file.ts';
import { comingWithPerson } from './coming.ts';
import { answered, noPages, waitingHints } from './draft.ts';
import { newsEvents } from './news.ts';
import { tellNumber } from './queueing.ts';
import type { Service } from './schema.ts';
import { without } from './service-states.ts';

type Services = [string, Service][];

/** The state `handoff`; `asking` are the services with questions, `filing` those that file applications. */
export function handoffState(asking: Services, filing: Services) {
  return {
    id: 'handoff',
    initial: 'waiting',
    on: {
      RESOLVE: comingBack(asking),
      HUNG_UP: comingBack(asking),
      ASK: asking.map(([id, service]) => ({
        guard: ({ context }: Args) => context.service === id,
        target: `#${id}.next`,
        actions: [remember((args) => without(service, args, only(args.event, 'ASK').step)), ...returning],
      })),
      FILL: { actions: fill },
      CLAIM: { target: '#handoff.claimed' },
      FILES: { actions: keepFiles },
      NEWS: newsEvents(filing),
      'coming.done': comingWithPerson,
      'queue.done': { actions: tellNumber },
      'calendar.done': { actions: giveCalendar },
    },
    states: {
      waiting: {
        entry: effect('hand-off', ({ context }) => ({ reason: context.handoff ?? 'asked' })),
        on: {
          'hand-off.done': { actions: told },
          MENU: comingBack(asking),
          CANCEL: comingBack(asking),
        },
      },
      claimed: { on: { RELEASE: { target: 'waiting' } } },
    },
  };
}

/** When a person will answer. */
export const told = say('handoff', ({ event }) => {
  const { params, result } = only(event, 'hand-off.done');
  return { reason: params.reason, answerBy: result.answerBy };
});

/** Files that answer no question are kept with their message, where operators see them. */
export const keepFiles = effect('intake', ({ event }) => ({
  step: '',
  files: only(event, 'FILES').files,
  entry: only(event, 'FILES').entry,
  accept: ['image', 'pdf'],
}));

const fill = remember(({ context, event }) => {
  const { step, answer, isOpen } = only(event, 'FILL');
  // Pages that were sent belong to the open question.
  const pages = isOpen ? noPages : {};
  return { ...answered(context, step, answer), ...pages, revised: true as const };
});

const returning = [
  say('handoffBack', ({ context }) => (context.service === undefined ? null : {})),
  say('handoffEnded', ({ context }) => (context.service === undefined ? {} : null)),
  ...waitingHints.map(({ type, params }) => ({
    type,
    params: (args: Args) => (args.context.service === undefined ? params(args) : null),
  })),
  remember(() => ({ handoff: undefined, revised: undefined, misses: 0 })),
];

/** To the very place; when answers were changed meanwhile, to the first open question of the form. */
function comingBack(asking: Services) {
  return [
    ...asking.map(([id]) => ({
      guard: ({ context }: Args) => context.revised === true && context.service === id,
      target: `#${id}.next`,
      actions: returning,
    })),
    { target: '#back', actions: returning },
  ];
}
