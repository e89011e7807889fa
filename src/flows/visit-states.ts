/**
 * A time to come: three are offered, one is booked, the receipt is sent. Silence books the first, or keeps the visit that
 * there is already.
 */

import { raise } from 'xstate';
import type { Json } from '../json.ts';
import { type Args, effect, only, prompt, remember, say } from './actions.ts';
import { emptyDraft, isBrought, waitingHints } from './draft.ts';
import { newsAtSlot } from './news.ts';
import { missed } from './service-states.ts';
import type { OfferedSlot, Talk, TalkEvent, Wish } from './talk.ts';
import { choiceStates } from './visit-choice.ts';
import { whileWaiting } from './waiting.ts';

/** The states under `bot.visit`; entered with `application` and `activity` in the context. */
export function visitStates() {
  return {
    id: 'visit',
    initial: 'offering',
    states: {
      ...choiceStates(ended),
      offering: {
        always: { guard: ({ context }: Args) => context.activity === undefined, target: 'receipt' },
        entry: effect('offer', ({ context }) =>
          context.activity === undefined
            ? null
            : {
                application: context.application ?? '',
                activity: context.activity,
                ...asked(context),
              },
        ),
        on: {
          ...whileWaiting('#visit.offering'),
          'offer.done': [
            {
              guard: ({ event }: Args) => only(event, 'offer.done').result.slots.length > 0,
              target: 'slot',
              actions: [
                filed,
                remember(({ event }) => {
                  const { slots, remark, current } = only(event, 'offer.done').result;
                  return {
                    ...{ slots, remark, current, moved: undefined },
                    ...{ filed: undefined, slotTaken: undefined, misses: 0 },
                  };
                }),
              ],
            },
            {
              guard: ({ event }: Args) => only(event, 'offer.done').result.current !== undefined,
              target: 'kept',
              actions: [
                noTimes,
                remember(({ event }) => ({ current: only(event, 'offer.done').result.current })),
              ],
            },
            { target: 'receipt', actions: [filed, noTimes, remember(() => ({ filed: undefined }))] },
          ],
        },
      },
      slot: {
        entry: prompt,
        after: { slot: [unanswered(), ...leave()] },
        on: {
          NEWS: newsAtSlot(),
          PICK: { target: 'booking', actions: choose(({ event }) => only(event, 'PICK').index) },
          MENU: leave(),
          CANCEL: leave(),
          STOP: leave([remember(() => ({ muted: true })), say('stopped')]),
          START: leave([remember(({ event }) => ({ afterVisit: only(event, 'START').service }))]),
          RESUME: { actions: prompt },
          WISH: {
            target: 'offering',
            actions: remember(({ context, event }) => {
              const { wish, near = context.near } = only(event, 'WISH');
              return { wish: combined(context, wish), near };
            }),
          },
          NEAR: {
            target: 'offering',
            actions: remember(({ context, event }) => ({
              near: only(event, 'NEAR').near,
              wish: withoutOthers(context),
            })),
          },
          NEAREST: { actions: say('nearAsk') },
          RESCHEDULE: [
            {
              guard: ({ context, event }: Args) =>
                [undefined, context.application].includes(only(event, 'RESCHEDULE').application),
              target: 'offering',
              actions: remember(({ event }) => {
                const { wish, near } = only(event, 'RESCHEDULE');
                return { wish, near };
              }),
            },
            // One thing after the other: this case has no time yet.
            { actions: prompt },
          ],
          CANCEL_VISIT: {
            target: 'cancelling',
            actions: remember(({ context }) => ({ slot: context.current ?? context.slots?.[0] })),
          },
          BACK: { actions: prompt },
          INVALID: missed(),
        },
      },
      kept: {
        entry: say('slotKept', ({ context }) =>
          context.current ? { slot: context.current as unknown as Json } : null,
        ),
        always: ending(),
      },
      booking: {
        entry: effect('book', ({ context }) => ({
          application: context.application ?? '',
          slot: bookable(context.slot),
        })),
        on: {
          ...whileWaiting('#visit.booking'),
          'book.done': [
            {
              guard: ({ event }: Args) => only(event, 'book.done').result.ok,
              target: 'receipt',
              actions: remember(({ context, event }) => {
                const { result } = only(event, 'book.done');
                if (!result.ok) return {};
                const { distanceKm } = context.slot ?? {};
                const slot = { ...result.slot, ...(distanceKm === undefined ? {} : { distanceKm }) };
                return { slot, slots: undefined, visit: visitOf(context, result.slot) };
              }),
            },
            {
              target: 'slot',
              guard: ({ event }: Args) => othersIn(event).slots.length > 0,
              actions: remember(({ event }) => {
                const { slots, remark, current } = othersIn(event);
                return { slots, remark, current, slotTaken: remark ? undefined : true, slot: undefined };
              }),
            },
            {
              guard: ({ event }: Args) => othersIn(event).current !== undefined,
              target: 'kept',
              actions: [noTimes, remember(({ event }) => ({ current: othersIn(event).current }))],
            },
            { target: 'receipt', actions: [remember(() => ({ slot: undefined })), noTimes] },
          ],
        },
      },
      receipt: {
        entry: [
          say('booked', ({ context }) =>
            context.slot
              ? { slot: context.slot as unknown as Json, number: context.application ?? '' }
              : null,
          ),
          filed,
          say('submittedDigital', ({ context }) => (context.filed ? {} : null)),
          effect('receipt', ({ context }) => ({ application: context.application ?? '' })),
        ],
        on: {
          ...whileWaiting('#visit.receipt'),
          'receipt.done': ending([...given('receipt'), ...given('slip')]),
        },
      },
    },
  };
}

/** Out of the offered times: the visit that there is stays, and where there is none the first one is booked. */
function leave(actions: object[] = []) {
  return [
    { guard: ({ context }: Args) => context.current !== undefined, target: 'kept', actions },
    { target: 'booking', actions: [choose(() => 0), ...actions] },
  ];
}

/** Where the office has moved it, silence is not a choice, and nothing more is said. */
function unanswered() {
  return {
    guard: ({ context }: Args) => context.moved === true,
    target: '#idle',
    actions: remember(() => ({ ...emptyDraft(), slots: undefined, slot: undefined })),
  };
}

/** To the menu, or to what the citizen asked for while times were offered. */
function ending(said: object[] = []) {
  return [
    {
      guard: ({ context }: Args) => context.afterVisit !== undefined,
      target: '#idle',
      actions: [...said, ...ended, goOn, remember(() => ({ afterVisit: undefined }))],
    },
    { target: '#idle', actions: [...said, ...ended, ...waitingHints] },
  ];
}

/** Nothing of the offering is kept. */
const ended = [
  remember(() => ({
    ...emptyDraft(),
    filed: undefined,
    slots: undefined,
    slot: undefined,
    slotTaken: undefined,
  })),
];

/** What the effect is told of the wish; times that were offered are told where others are wanted. */
function asked({ wish, near, slots }: Talk): { [name: string]: Json } {
  return {
    ...(wish ? { wish } : {}),
    ...(near ? { near } : {}),
    ...(wish?.others && slots ? { offered: slots.map(bookable) } : {}),
  };
}

/** "Jam 10" after "jumat" is about that Friday if there was a time on it, and "yang lain" about what was wished for before. */
function combined({ wish = {}, remark }: Talk, next: Wish): Wish {
  const { others, soonest, from, until } = next;
  const isOfHours = from === undefined && until === undefined && !soonest && !others;
  if (isOfHours) return remark ? next : { ...datesOf(wish), ...next };
  if (!others || Object.keys(next).length > 1) return next;
  const { soonest: _soonest, ...standing } = wish;
  return { ...standing, others };
}

function datesOf({ from, until }: Wish): Wish {
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
}

/** Another place: the times there were not offered yet. */
function withoutOthers({ wish }: Talk): Wish | undefined {
  const { others: _others, ...rest } = wish ?? {};
  return Object.keys(rest).length > 0 ? rest : undefined;
}

type Booked = Extract<TalkEvent, { type: 'book.done' }>['result'];

/** The paper that was made, as a file or as a link to one. */
function given(paper: 'receipt' | 'slip') {
  const isThis = (event: TalkEvent) => (only(event, 'receipt.done').result.paper ?? 'receipt') === paper;
  return [
    say(`${paper}Link`, ({ event }) => (isThis(event) ? linkOf(event) : null)),
    say(
      `${paper}Caption`,
      ({ context, event }) =>
        !isThis(event) || linkOf(event) ? null : { number: context.application ?? '' },
      ({ event }) => [only(event, 'receipt.done').result.file],
    ),
  ];
}

/** What the citizen asked for while a time was offered: the time is booked first. */
const goOn = raise(({ context, event }: Args) => ({
  type: 'START' as const,
  service: context.afterVisit ?? '',
  at: event.at,
}));

/** Nothing can be booked, and why if that is known. */
const noTimes = say('noSlots', ({ event }) => {
  const result = event.type === 'book.done' ? othersIn(event) : only(event, 'offer.done').result;
  return result.remark ? { remark: { ...result.remark } } : {};
});

const filed = say('submitted', ({ context }) => (context.filed ? { ...context.filed } : null));

function linkOf(event: TalkEvent): { url: string } | null {
  const { url } = only(event, 'receipt.done').result;
  return url === null ? null : { url };
}

function choose(index: (args: Args) => number) {
  return remember((args) => ({ slot: args.context.slots?.[index(args)] }));
}

function bookable(slot: OfferedSlot | undefined): Json {
  return slot
    ? { point: slot.point, activity: slot.activity, startAt: slot.startAt, endAt: slot.endAt }
    : null;
}

function visitOf(talk: Talk, slot: OfferedSlot): Talk['visit'] {
  const { application = '', applicationService, service, answers } = talk;
  const papers = Object.entries(answers).filter(([, answer]) => isBrought(answer));
  return {
    ...{ application, service: applicationService ?? service ?? '', slot },
    ...(papers.length > 0 ? { papers: Object.fromEntries(papers) } : {}),
  };
}

/** What is offered in place of a time that could not be had. */
function othersIn(event: TalkEvent): Exclude<Booked, { ok: true }> {
  const { result } = only(event, 'book.done');
  return result.ok ? { ok: false, slots: [] } : result;
}
