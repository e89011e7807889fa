/** Which visit is changed or cancelled: UBAH JADWAL and BATALKAN JADWAL are about any open application of the conversation. */
import type { Json } from '../json.ts';
import { type Args, effect, only, prompt, remember, say } from './actions.ts';
import { type Change, emptyDraft, pause, waitingHints } from './draft.ts';
import { missed } from './service-states.ts';
import type { Talk, VisitChoice } from './talk.ts';
import { whileWaiting } from './waiting.ts';

/** Puts aside what is under way, and looks for the visits. */
export function toVisits(type: 'RESCHEDULE' | 'CANCEL_VISIT') {
  return [
    {
      // Nothing was filed here, and the form goes on.
      guard: ({ context }: Args) =>
        context.application === undefined && context.pickup === undefined && context.service !== undefined,
      actions: [say(type === 'RESCHEDULE' ? 'nothingToReschedule' : 'nothingToCancel'), prompt],
    },
    {
      target: '#visit.looking',
      actions: remember(({ context, event }) => ({ ...pause(context), ...lookingFor(event) })),
    },
  ];
}

function lookingFor(event: Args['event']): Change {
  if (event.type === 'CANCEL_VISIT') return { looking: { cancels: true, ...named(event) } };
  const { wish, near, ...asked } = only(event, 'RESCHEDULE');
  return { looking: named(asked), wish, near };
}

function named({ application }: { application?: string }): { number?: string } {
  return application === undefined ? {} : { number: application };
}

/** The states under `bot.visit` that come before times are offered. `ended`: what is forgotten on the way to the menu. */
export function choiceStates(ended: readonly object[]) {
  const toMenu = (...said: object[]) => ({ target: '#idle', actions: [...said, ...ended, ...waitingHints] });
  return {
    looking: {
      entry: effect('visits', ({ context: { looking } }) =>
        looking?.number === undefined ? {} : { application: looking.number },
      ),
      on: {
        ...whileWaiting('#visit.looking'),
        'visits.done': [
          { guard: (args: Args) => isToCancel(args) && oneOf(args), target: 'cancelling', actions: found },
          { guard: (args: Args) => oneOf(args) !== undefined, target: 'offering', actions: found },
          {
            guard: (args: Args) => args.context.looking?.number === undefined && choices(args).length > 1,
            target: 'which',
            actions: remember((args) => ({ visits: choices(args), misses: 0 })),
          },
          toMenu(
            say('visitElsewhere', ({ context: { looking } }) =>
              looking?.number === undefined ? null : { number: looking.number },
            ),
            say('nothingToReschedule', ({ context: { looking } }) =>
              looking?.number === undefined && !looking?.cancels ? {} : null,
            ),
            say('nothingToCancel', ({ context: { looking } }) =>
              looking?.number === undefined && looking?.cancels ? {} : null,
            ),
          ),
        ],
      },
    },
    which: {
      entry: prompt,
      on: {
        PICK: [
          { guard: isToCancel, target: 'cancelling', actions: picked },
          { target: 'offering', actions: picked },
        ],
        CANCEL: toMenu(say('menu')),
        BACK: toMenu(say('menu')),
        RESUME: { actions: prompt },
        INVALID: missed(),
      },
    },
    cancelling: {
      entry: prompt,
      on: {
        CONFIRM: { target: 'freeing' },
        REFUSE: [
          {
            guard: ({ context }: Args) => context.slots !== undefined,
            target: 'slot',
            actions: remember(() => ({ slot: undefined })),
          },
          { target: 'kept' },
        ],
        // "Batal" may mean either here.
        CANCEL: { actions: prompt },
        CANCEL_VISIT: { actions: prompt },
        BACK: { actions: prompt },
        RESUME: { actions: prompt },
        INVALID: missed(),
      },
    },
    freeing: {
      entry: effect('unbook', ({ context }) => ({ application: context.application ?? '' })),
      on: {
        ...whileWaiting('#visit.freeing'),
        'unbook.done': toMenu(
          say('visitCancelled', ({ context }) => ({
            service: context.applicationService ?? '',
            number: context.application ?? '',
            ...(context.slot ? { slot: context.slot as unknown as Json } : {}),
          })),
          remember(({ context }) =>
            context.visit?.application === context.application ? { visit: undefined } : {},
          ),
        ),
      },
    },
  };
}

const isToCancel = ({ context }: Args) => context.looking?.cancels === true;

/** What may be chosen: to cancel, only what is booked. */
function choices(args: Args): VisitChoice[] {
  const { visits } = only(args.event, 'visits.done').result;
  return isToCancel(args) ? visits.filter(({ slot }) => slot !== undefined) : visits;
}

/** The one that was named, or the only one. */
function oneOf(args: Args): VisitChoice | undefined {
  const number = args.context.looking?.number;
  const all = choices(args);
  if (number !== undefined) return all.find((one) => one.number === number);
  return all.length === 1 ? all[0] : undefined;
}

const found = remember((args) => chosen(args.context, oneOf(args)));
const picked = remember(({ context, event }) => chosen(context, context.visits?.[only(event, 'PICK').index]));

/** The context in which times are offered for it, or its visit is cancelled. */
function chosen(context: Talk, choice: VisitChoice | undefined): Change {
  if (!choice) return {};
  const { number, service, activity, slot, answers } = choice;
  return {
    ...emptyDraft(),
    service,
    answers,
    application: number,
    applicationService: service,
    activity,
    slot: context.looking?.cancels ? slot : undefined,
    current: slot,
    filed: undefined,
    slots: undefined,
    wish: context.wish,
    near: context.near,
    ...(context.pickup?.number === number ? { pickup: undefined } : {}),
  };
}
