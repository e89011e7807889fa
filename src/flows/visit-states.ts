/** A time to come: three are offered, one is booked, the receipt is sent. Silence books the first. */

import { raise } from 'xstate';
import type { Json } from '../json.ts';
import { type Args, effect, only, prompt, remember, say } from './actions.ts';
import { emptyDraft, waitingHints } from './draft.ts';
import { missed } from './service-states.ts';
import type { OfferedSlot, Talk, TalkEvent, Wish } from './talk.ts';
import { whileWaiting } from './waiting.ts';

/** The states under `bot.visit`; entered with `application` and `activity` in the context. */
export function visitStates() {
  return {
    id: 'visit',
    initial: 'offering',
    states: {
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
                remember(({ event }) => ({
                  slots: only(event, 'offer.done').result.slots,
                  remark: only(event, 'offer.done').result.remark,
                  filed: undefined,
                  slotTaken: undefined,
                  misses: 0,
                })),
              ],
            },
            { target: 'receipt', actions: [filed, say('noSlots'), remember(() => ({ filed: undefined }))] },
          ],
        },
      },
      slot: {
        entry: prompt,
        after: { slot: { target: 'booking', actions: choose(() => 0) } },
        on: {
          PICK: { target: 'booking', actions: choose(({ event }) => only(event, 'PICK').index) },
          MENU: { target: 'booking', actions: choose(() => 0) },
          CANCEL: { target: 'booking', actions: choose(() => 0) },
          STOP: {
            target: 'booking',
            actions: [choose(() => 0), remember(() => ({ muted: true })), say('stopped')],
          },
          START: {
            target: 'booking',
            actions: [
              choose(() => 0),
              remember(({ event }) => ({ afterVisit: only(event, 'START').service })),
            ],
          },
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
            actions: remember(({ event }) => ({ near: only(event, 'NEAR').near })),
          },
          NEAREST: { actions: say('nearAsk') },
          RESCHEDULE: { target: 'offering', actions: remember(() => ({ wish: undefined, near: undefined })) },
          BACK: { actions: prompt },
          INVALID: missed(),
        },
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
                return { slot: result.slot, slots: undefined, visit: visitOf(context, result.slot) };
              }),
            },
            {
              target: 'slot',
              guard: ({ event }: Args) => slotsLeft(event).length > 0,
              actions: remember(({ event }) => ({
                slots: slotsLeft(event),
                slotTaken: true,
                slot: undefined,
              })),
            },
            { target: 'receipt', actions: [remember(() => ({ slot: undefined })), say('noSlots')] },
          ],
        },
      },
      receipt: {
        entry: [
          say('booked', ({ context }) => (context.slot ? { slot: context.slot as unknown as Json } : null)),
          filed,
          say('submittedDigital', ({ context }) => (context.filed ? {} : null)),
          effect('receipt', ({ context }) => ({ application: context.application ?? '' })),
        ],
        on: {
          ...whileWaiting('#visit.receipt'),
          'receipt.done': [
            {
              guard: ({ context }: Args) => context.afterVisit !== undefined,
              target: '#idle',
              actions: [...ended, goOn, remember(() => ({ afterVisit: undefined }))],
            },
            { target: '#idle', actions: [...ended, ...waitingHints] },
          ],
        },
      },
    },
  };
}

const ended = [
  ...given('receipt'),
  ...given('slip'),
  remember(() => ({
    ...emptyDraft(),
    filed: undefined,
    slots: undefined,
    slot: undefined,
    slotTaken: undefined,
    wish: undefined,
    near: undefined,
    remark: undefined,
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

/** "Jam 10" after "jumat" is about that Friday, and "yang lain" about what was wished for before. */
function combined({ wish }: Talk, next: Wish): Wish {
  const isOfHours = (next.after !== undefined || next.before !== undefined) && next.from === undefined;
  if (isOfHours && !next.soonest)
    return {
      ...(wish?.from === undefined ? {} : { from: wish.from }),
      ...(wish?.until === undefined ? {} : { until: wish.until }),
      ...next,
    };
  const { soonest: _soonest, ...standing } = wish ?? {};
  const isOthers = next.others && Object.keys(next).length === 1;
  return isOthers ? { ...standing, others: true } : next;
}

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

function visitOf({ application = '', applicationService, service }: Talk, slot: OfferedSlot): Talk['visit'] {
  return { application, service: applicationService ?? service ?? '', slot };
}

function slotsLeft(event: TalkEvent): OfferedSlot[] {
  const { result } = only(event, 'book.done');
  return result.ok ? [] : result.slots;
}
