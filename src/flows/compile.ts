/**
 * `flows.yaml` as one XState machine, compiled once. It is pure: actions come out as data (actions.ts), effects come
 * back as events. `docs/writing-flows.md` shows it as a picture (`loket flows graph`).
 *
 *     bot                              handoff
 *       idle                             waiting   (the bot is silent)
 *       <service>: consent, next,        claimed
 *         ask.<step>, confirm, filing,
 *         correcting
 *       visit: looking, which, cancelling, freeing,
 *         offering, slot, booking, receipt
 *       back  (history: where a handoff ends)
 */
import { type AnyStateMachine, createMachine } from 'xstate';
import { type Args, only, prompt, remember, say } from './actions.ts';
import { giveCalendar, makeCalendar } from './calendar-file.ts';
import { comingAtRest, comingElsewhere, tellOffice } from './coming.ts';
import { resumeCorrection } from './corrections.ts';
import { emptyDraft, pause, unpaused, waitingHints } from './draft.ts';
import { handoffState, keepFiles, told } from './handoff-states.ts';
import { findPlaces, tellPlaces } from './nearby.ts';
import { newsAtRest, newsEvents } from './news.ts';
import { takeNumber, tellNumber } from './queueing.ts';
import type { Flows, Service } from './schema.ts';
import { missed, serviceStates } from './service-states.ts';
import type { Talk } from './talk.ts';
import { toVisits } from './visit-choice.ts';
import { visitStates } from './visit-states.ts';

/** Who greets again so soon is shown the menu without the whole welcome. */
const WELCOME_AGAIN_MS = 10 * 60_000;

/** The few durations of a flows.yaml: reading one takes as long as the rest of a short step. */
const durations = new Map<string, number>();

/** Milliseconds of an ISO 8601 duration (days are 24 hours). */
export function durationMs(duration: string): number {
  const known = durations.get(duration);
  if (known !== undefined) return known;
  const relativeTo = '2026-01-01T00:00Z[UTC]';
  const ms = Temporal.Duration.from(duration).total({ unit: 'milliseconds', relativeTo });
  durations.set(duration, ms);
  return ms;
}

/** The machine of all conversations. Compiling takes milliseconds: do it once. */
export function compileFlows(flows: Flows): AnyStateMachine {
  const asking = Object.entries(flows.services).filter(([, service]) => service.outcome !== 'answer');
  const filing = asking.filter(([, service]) => service.outcome === 'application');
  const config = {
    id: 'loket',
    context: { language: flows.languages[0] ?? 'id', answers: {}, misses: 0 } satisfies Talk,
    initial: 'bot',
    states: {
      bot: {
        initial: 'idle',
        on: globalEvents(asking, filing),
        states: {
          idle: idleState(filing),
          ...Object.fromEntries(asking.map(([id, service]) => [id, serviceStates(id, service)])),
          visit: visitStates(),
          back: { id: 'back', type: 'history', history: 'deep' },
        },
      },
      handoff: handoffState(asking, filing),
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

function idleState(filing: [string, Service][]) {
  return {
    id: 'idle',
    entry: [remember(() => ({ misses: 0 })), say('menu', ({ event }) => (event.type === 'MENU' ? {} : null))],
    after: {
      forget: {
        guard: ({ context }: Args) => context.paused?.cancelled === true,
        actions: remember(() => ({ paused: undefined })),
      },
    },
    on: {
      GREETING: [
        {
          guard: ({ context, event }: Args) => event.at - (context.welcomedAt ?? 0) < WELCOME_AGAIN_MS,
          actions: say('menu'),
        },
        { actions: [remember(({ event }) => ({ welcomedAt: event.at })), say('welcome')] },
      ],
      LANGUAGE: { actions: [switchLanguage, say('switched'), say('menu')] },
      INVALID: [
        ...missed().slice(0, 1),
        {
          guard: ({ context }: Args) => context.welcomedAt === undefined,
          actions: [
            remember(({ context, event }) => ({ misses: context.misses + 1, welcomedAt: event.at })),
            say('welcome'),
          ],
        },
        { actions: [remember(({ context }) => ({ misses: context.misses + 1 })), say('notUnderstoodMenu')] },
      ],
      MENU: { actions: [remember(() => ({ misses: 0 })), say('menu')] },
      CANCEL: { actions: say('menu') },
      BACK: { actions: say('menu') },
      NEWS: newsAtRest(filing),
      COMING: { actions: tellOffice },
      'coming.done': comingAtRest(),
    },
  };
}

const switchLanguage = remember(({ event }) => ({ language: only(event, 'LANGUAGE').language }));

/** Events that are understood wherever the bot speaks. */
function globalEvents(asking: [string, Service][], filing: [string, Service][]) {
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
      { guard: ({ context }: Args) => context.service !== undefined, actions: prompt },
      ...resumeCorrection(filing),
      ...asking.map(([id]) => ({
        guard: ({ context }: Args) => context.paused?.service === id,
        target: `#${id}`,
        actions: remember(({ context }) => ({ ...unpaused(context), misses: 0 })),
      })),
      { actions: say('nothingToResume') },
    ],
    RESCHEDULE: toVisits('RESCHEDULE'),
    CANCEL_VISIT: toVisits('CANCEL_VISIT'),
    CALENDAR: { actions: makeCalendar },
    'calendar.done': { actions: [...giveCalendar, prompt] },
    QUEUE: { actions: takeNumber },
    'queue.done': { actions: [tellNumber, prompt] },
    NEAR: { actions: findPlaces },
    NEAREST: { actions: [say('nearAsk'), prompt] },
    'places.done': { actions: [...tellPlaces, prompt] },
    MENU: { target: '#idle', actions: [remember(({ context }) => pause(context)), ...waitingHints] },
    CANCEL: [
      {
        guard: ({ context }: Args) => context.correcting !== undefined,
        target: '#idle',
        actions: [remember(({ context }) => pause(context)), ...waitingHints],
      },
      {
        target: '#idle',
        actions: [
          say('cancelled', ({ context }) => ({ service: context.service ?? '' })),
          remember(({ context }) => pause(context, true)),
        ],
      },
    ],
    BACK: { actions: [say('noPrevious'), prompt] },
    OPERATOR: {
      target: '#handoff',
      actions: remember(({ context, event }) => ({
        handoff: isComplaint(context, event.at) ? 'complaint' : 'asked',
      })),
    },
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
      actions: [switchLanguage, say('switched'), prompt],
    },
    QUESTION: {
      actions: [
        say('answer', ({ event }) => ({ topic: only(event, 'QUESTION').topic })),
        remember(({ event }) => ({ topic: { id: only(event, 'QUESTION').topic, at: event.at } })),
        prompt,
      ],
    },
    UNKNOWN: {
      actions: [say('unknownKind', ({ event }) => ({ kind: only(event, 'UNKNOWN').kind })), prompt],
    },
    FILES: {
      actions: [keepFiles, say('fileUnexpected'), prompt],
    },
    CLAIM: {
      target: '#handoff.claimed',
      actions: remember(({ event }) => ({ handoff: only(event, 'CLAIM').reason })),
    },
    NEWS: newsEvents(filing, [prompt]),
    'coming.done': comingElsewhere,
    // A step of ours failed and the chat went to the queue, but the bot kept its place (conversation/park.ts).
    RESOLVE: { actions: [say('handoffBack'), prompt] },
    'hand-off.done': {
      guard: ({ event }: Args) => only(event, 'hand-off.done').params.reason === 'bug',
      actions: told,
    },
  };
}

/** The topic of the FAQ after which a person is wanted for a complaint, and for how long. */
const COMPLAINT = 'lapor-pungli';
const COMPLAINT_MS = 24 * 3_600_000;

function isComplaint({ topic }: Talk, at: number): boolean {
  return topic?.id === COMPLAINT && at - topic.at < COMPLAINT_MS;
}

/** START: a new draft, or the one put aside for the same service; what is under way is put aside. */
function begin({ context, event }: Args) {
  const { service } = only(event, 'START');
  const aside = pause(context);
  if (context.paused?.service === service) return { ...aside, ...unpaused(context), paused: aside.paused };
  return { ...aside, ...emptyDraft(), service, draft: event.at };
}
