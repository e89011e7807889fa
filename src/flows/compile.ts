/**
 * `flows.yaml` as one XState machine, compiled once. It is pure: actions come out as data (actions.ts), effects come
 * back as events. `docs/writing-flows.md` shows it as a picture (`loket flows graph`).
 *
 *     bot                              handoff
 *       idle                             waiting   (the bot is silent)
 *       <service>: consent, next,        claimed
 *         ask.<step>, confirm, filing
 *       visit: offering, slot, booking, receipt
 *       back  (history: where a handoff ends)
 */
import { type AnyStateMachine, createMachine } from 'xstate';
import { effect, only, prompt, remember, say } from './actions.ts';
import type { Flows, Service } from './schema.ts';
import { emptyDraft, missed, pausedHint, serviceStates } from './service-states.ts';
import type { Talk, TalkEvent } from './talk.ts';
import { visitStates } from './visit-states.ts';

interface Args {
  context: Talk;
  event: TalkEvent;
}

/** Milliseconds of an ISO 8601 duration (days are 24 hours). */
export function durationMs(duration: string): number {
  return Temporal.Duration.from(duration).total({
    unit: 'milliseconds',
    relativeTo: '2026-01-01T00:00Z[UTC]',
  });
}

/** The machine of all conversations. Compiling takes milliseconds: do it once. */
export function compileFlows(flows: Flows): AnyStateMachine {
  const asking = Object.entries(flows.services).filter(([, service]) => service.outcome !== 'answer');
  const config = {
    id: 'loket',
    context: { language: flows.languages[0] ?? 'id', answers: {}, misses: 0 } satisfies Talk,
    initial: 'bot',
    states: {
      bot: {
        initial: 'idle',
        on: globalEvents(asking),
        states: {
          idle: idleState(),
          ...Object.fromEntries(asking.map(([id, service]) => [id, serviceStates(id, service)])),
          visit: visitStates(),
          back: { id: 'back', type: 'history', history: 'deep' },
        },
      },
      handoff: handoffState(),
    },
  };
  const delays = {
    nudge: durationMs(flows.timing.nudge),
    slot: durationMs(flows.timing.slot),
    forget: durationMs(flows.timing.forget),
  };
  // The tree is built from data, so that XState's types cannot follow it; talk-machine.ts types what goes in and out.
  return createMachine(config as unknown as Parameters<typeof createMachine>[0], { delays } as never);
}

function idleState() {
  return {
    id: 'idle',
    entry: remember(() => ({ misses: 0 })),
    after: {
      forget: {
        guard: ({ context }: Args) => context.paused?.cancelled === true,
        actions: remember(() => ({ paused: undefined })),
      },
    },
    on: {
      GREETING: { actions: say('welcome') },
      INVALID: [
        ...missed().slice(0, 1),
        { actions: [remember(({ context }) => ({ misses: context.misses + 1 })), say('notUnderstoodMenu')] },
      ],
      MENU: { actions: [remember(() => ({ misses: 0 })), say('menu')] },
      CANCEL: { actions: say('menu') },
      BACK: { actions: say('menu') },
    },
  };
}

/** Events that are understood wherever the bot speaks. */
function globalEvents(asking: [string, Service][]) {
  return {
    START: asking.map(([id]) => ({
      guard: ({ event }: Args) => only(event, 'START').service === id,
      target: `#${id}`,
      actions: remember(begin),
    })),
    RESTORE: asking.map(([id]) => ({
      guard: ({ event }: Args) => only(event, 'RESTORE').service === id,
      target: `#${id}`,
      actions: remember(({ event }) => only(event, 'RESTORE').talk),
    })),
    INFORM: { actions: [say('inform', ({ event }) => ({ service: only(event, 'INFORM').service })), prompt] },
    RESUME: [
      ...asking.map(([id]) => ({
        guard: ({ context }: Args) => context.paused?.service === id,
        target: `#${id}`,
        actions: remember(({ context }) => ({ ...unpaused(context), misses: 0 })),
      })),
      { guard: ({ context }: Args) => context.service !== undefined, actions: prompt },
      { actions: say('nothingToResume') },
    ],
    RESCHEDULE: [
      {
        guard: ({ context }: Args) => context.application !== undefined && context.activity !== undefined,
        target: '#visit',
        actions: remember(({ context }) => ({
          ...pause(context),
          service: context.applicationService,
          filed: undefined,
        })),
      },
      { actions: [say('nothingToReschedule'), prompt] },
    ],
    MENU: { target: '#idle', actions: [remember(({ context }) => pause(context)), pausedHint, say('menu')] },
    CANCEL: {
      target: '#idle',
      actions: [
        say('cancelled', ({ context }) => ({ service: context.service ?? '' })),
        remember(({ context }) => pause(context, true)),
      ],
    },
    BACK: [
      ...asking.map(([id]) => ({
        guard: ({ context }: Args) => context.service === id && Object.keys(context.answers).length > 0,
        target: `#${id}.next`,
        actions: remember(({ context }) => ({ answers: withoutLast(context), counter: undefined })),
      })),
      { actions: [say('noPrevious'), prompt] },
    ],
    OPERATOR: { target: '#handoff', actions: remember(() => ({ handoff: 'asked' })) },
    UPSET: { target: '#handoff', actions: remember(() => ({ handoff: 'upset' })) },
    TROUBLE: {
      target: '#handoff',
      actions: remember(({ event }) => ({ handoff: only(event, 'TROUBLE').reason })),
    },
    HELP: { actions: [say('help'), prompt] },
    OFFICIAL: { actions: [say('official'), prompt] },
    STOP: {
      target: '#idle',
      actions: [remember(({ context }) => ({ ...pause(context), muted: true })), say('stopped')],
    },
    UNMUTE: { actions: [remember(() => ({ muted: undefined })), say('started'), prompt] },
    THANKS: { actions: [say('closing'), prompt] },
    GREETING: { actions: prompt },
    RETURNED: {
      actions: [say('welcomeBack', ({ context }) => ({ service: context.service ?? '' })), prompt],
    },
    LANGUAGE: {
      actions: [
        remember(({ event }) => ({ language: only(event, 'LANGUAGE').language })),
        say('switched'),
        prompt,
      ],
    },
    QUESTION: { actions: [say('answer', ({ event }) => ({ topic: only(event, 'QUESTION').topic })), prompt] },
    UNKNOWN: {
      actions: [say('unknownKind', ({ event }) => ({ kind: only(event, 'UNKNOWN').kind })), prompt],
    },
    FILES: {
      actions: [
        effect('intake', ({ event }) => ({
          step: '',
          files: only(event, 'FILES').files,
          entry: only(event, 'FILES').entry,
          accept: ['image', 'pdf'],
        })),
        say('fileUnexpected'),
        prompt,
      ],
    },
    CLAIM: { target: '#handoff.claimed' },
  };
}

/** START: a new draft, or the one put aside for the same service; a draft of another service is put aside. */
function begin({ context, event }: Args) {
  const { service } = only(event, 'START');
  if (context.paused?.service === service) return unpaused(context);
  return { ...pause(context), ...emptyDraft(), service, draft: event.at };
}

function pause(
  context: Talk,
  cancelled = false,
): { paused?: Talk['paused'] } & ReturnType<typeof emptyDraft> {
  const { service, answers, draft, consentAt, counter } = context;
  const hasDraft = service !== undefined && draft !== undefined && Object.keys(answers).length > 0;
  if (!hasDraft) return emptyDraft();
  return {
    ...emptyDraft(),
    paused: {
      service,
      answers,
      draft,
      ...(consentAt === undefined ? {} : { consentAt }),
      ...(counter ? { counter } : {}),
      ...(cancelled ? { cancelled } : {}),
    },
  };
}

function unpaused(context: Talk) {
  const paused = context.paused;
  return {
    ...emptyDraft(),
    service: paused?.service,
    answers: paused?.answers ?? {},
    draft: paused?.draft,
    consentAt: paused?.consentAt,
    counter: paused?.counter,
    paused: undefined,
  };
}

function withoutLast(context: Talk): Talk['answers'] {
  return Object.fromEntries(Object.entries(context.answers).slice(0, -1));
}

function handoffState() {
  return {
    id: 'handoff',
    initial: 'waiting',
    on: {
      RESOLVE: {
        target: '#back',
        actions: [remember(() => ({ handoff: undefined, misses: 0 })), say('handoffBack')],
      },
      CLAIM: { target: '#handoff.claimed' },
    },
    states: {
      waiting: {
        entry: effect('hand-off', ({ context }) => ({ reason: context.handoff ?? 'asked' })),
        on: {
          'hand-off.done': {
            actions: say('handoff', ({ context, event }) => ({
              reason: context.handoff ?? 'asked',
              answerBy: only(event, 'hand-off.done').result.answerBy,
            })),
          },
          MENU: { target: '#back', actions: remember(() => ({ handoff: undefined, misses: 0 })) },
          CANCEL: { target: '#back', actions: remember(() => ({ handoff: undefined, misses: 0 })) },
        },
      },
      claimed: { on: { RELEASE: { target: 'waiting' } } },
    },
  };
}
