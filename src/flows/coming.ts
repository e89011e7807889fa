/** What citizens say of the visit that is booked: on the way, late, cannot come. */
import type { Json } from '../json.ts';
import { type Args, effect, only, prompt, remember, say } from './actions.ts';
import { visitFor } from './news.ts';

/** Tells the office; what became of it comes back as `coming.done`. */
export const tellOffice = effect('coming', ({ context, event }) =>
  context.visit
    ? { application: context.visit.application, how: only(event, 'COMING').how, slot: context.visit.slot }
    : null,
);

const TEXTS = {
  'on-way': 'comingOnWay',
  late: 'comingLate',
  over: 'comingOver',
  early: 'comingEarly',
  cannot: 'comingCannot',
  none: 'comingNone',
} as const;

const answer = (how: keyof typeof TEXTS) =>
  say(TEXTS[how], ({ context, event }) => {
    const { result } = only(event, 'coming.done');
    const { how: what, ...values } = result;
    if (what !== how) return null;
    const { service = '', papers = {} } = context.visit ?? {};
    return { ...values, service, answers: papers as unknown as Json };
  });

/** The answer, wherever they are by then. */
const answerComing = (Object.keys(TEXTS) as (keyof typeof TEXTS)[]).map(answer);

/** Without that visit: nothing more is said about it. */
const isOver = ({ event }: Args) =>
  ['over', 'cannot', 'none'].includes(only(event, 'coming.done').result.how);
const forget = remember((args) => (isOver(args) ? { visit: undefined } : {}));
const isFreed = (args: Args) => {
  const { how } = only(args.event, 'coming.done').result;
  return args.context.visit !== undefined && (how === 'over' || how === 'cannot');
};

/** In the menu: other times are offered at once. */
export function comingAtRest() {
  return [
    {
      guard: isFreed,
      target: '#visit',
      actions: [
        ...answerComing,
        remember(({ context, event }) => {
          const { result } = only(event, 'coming.done');
          if (!context.visit || result.how === 'none') return {};
          const { application, service } = context.visit;
          return {
            ...visitFor({ number: application, service }, result.slot.activity),
            ...(result.how === 'cannot' && result.next ? { wish: { from: result.next } } : {}),
            visit: undefined,
          };
        }),
      ],
    },
    { actions: [...answerComing, forget] },
  ];
}

/** Busy with something else: how to get another time is said instead. */
export const comingElsewhere = {
  actions: [...answerComing, say('newsVisitHint', (args) => (isFreed(args) ? {} : null)), forget, prompt],
};

/** With a person: the question of the bot is not asked. */
export const comingWithPerson = { actions: [...answerComing, forget] };
