/** News of applications: told in every state. What follows from them begins at once in the menu, and waits elsewhere. */
import type { Json } from '../json.ts';
import { type Args, only, type prompt, remember, say } from './actions.ts';
import { beginCorrection, correctionOf } from './corrections.ts';
import { type Change, emptyDraft, otherCorrections } from './draft.ts';
import type { Service } from './schema.ts';
import type { News, OfferedSlot, Say, Talk } from './talk.ts';

type Services = [string, Service][];

/** The text that tells each kind of news. */
const TEXTS: Readonly<Record<string, string>> = {
  approved: 'newsApproved',
  correction: 'newsCorrection',
  'correction-reminder': 'newsCorrectionReminder',
  rejected: 'newsRejected',
  reopened: 'newsReopened',
  result: 'newsResult',
  pin: 'newsPin',
  letter: 'newsLetter',
  ready: 'newsReady',
  'cards-again': 'newsCardsAgain',
  'ready-reminder': 'newsReadyReminder',
  'handed-over': 'newsHandedOver',
  cancelled: 'newsCancelled',
  expired: 'newsExpired',
  uncollected: 'newsUncollected',
  delayed: 'newsDelayed',
  'visit-reminder': 'newsVisitReminder',
  'visit-soon': 'newsVisitSoon',
  'visit-early': 'newsVisitEarly',
  'visit-missed': 'newsVisitMissed',
  'visit-moved': 'newsVisitMoved',
  'visit-waiting': 'newsVisitWaiting',
  'visit-restored': 'newsVisitRestored',
};

/** After these there is nothing left to correct, or to collect. */
const CLOSING: readonly string[] = [
  'approved',
  'rejected',
  'cancelled',
  'expired',
  'uncollected',
  'handed-over',
];

/** Who wrote STOP is spared these; what spares a useless trip, or is about the case itself, is said all the same. */
const SPARED: readonly string[] = ['visit-reminder', 'visit-soon', 'visit-missed'];
/** Once the visit has begun these say nothing new. */
const PASSING: readonly string[] = [
  'visit-reminder',
  'visit-soon',
  'visit-early',
  'visit-moved',
  'visit-restored',
];

/** What need not be said: nobody wants it any more, or it was put off until it had passed. */
export function isNeedless(
  talk: Pick<Talk, 'muted'>,
  { kind, slot }: Pick<News, 'kind' | 'slot'>,
  at: number,
): boolean {
  if (talk.muted && SPARED.includes(kind)) return true;
  return PASSING.includes(kind) && slot !== undefined && slot.startAt <= at;
}

const tell = {
  type: 'say' as const,
  params: ({ context, event }: Args): Say | null => {
    const { news } = only(event, 'NEWS');
    const { kind, files = [], refused = [], answers, ...values } = news;
    const key = kind === 'visit-early' && !values.slot ? 'newsVisitNotYet' : TEXTS[kind];
    if (key === undefined || isNeedless(context, news, event.at)) return null;
    return {
      key,
      // Of a visit they are the papers to bring.
      values: {
        ...values,
        refused,
        ...(values.slot && answers ? { answers: answers as unknown as Json } : {}),
      },
      files,
      // SIAK's PIN never goes with its file, nor with the file's address.
      ...(kind === 'pin' ? { alone: true } : {}),
    };
  },
};

/** UBAH JADWAL, where no times are offered now. */
const hint = say('newsVisitHint', ({ context, event }) =>
  isNeedless(context, only(event, 'NEWS').news, event.at) ? null : {},
);

/** Where the bot or a person is busy with something; `after` asks the open question again. */
export function newsEvents(filing: Services, after: (typeof prompt)[] = []) {
  return [
    {
      guard: (args: Args) => correctionOf(filing, args) !== undefined,
      actions: [tell, remember((args) => queued(filing, args)), say('newsLater'), ...after],
    },
    hasTime(filing, after),
    {
      guard: (args: Args) => isCollected(filing, args),
      actions: [tell, remember(({ event }) => ({ pickup: subject(event) })), say('newsPickup'), ...after],
    },
    {
      guard: isMoved,
      actions: [tell, remember(noted), hint, ...after],
    },
    {
      guard: isMissed,
      actions: [tell, remember(forgotten), hint, ...after],
    },
    { actions: [tell, remember(settled), remember(noted), ...after] },
  ];
}

/** In the menu; what is not found here goes the way of `newsEvents`. */
export function newsAtRest(filing: Services) {
  return [
    ...filing.map(([id]) => ({
      guard: (args: Args) => correctionOf(filing, args)?.service === id,
      target: `#${id}.next`,
      actions: [tell, remember((args) => beginCorrection(args, correctionOf(filing, args)))],
    })),
    hasTime(filing),
    {
      guard: (args: Args) => !args.context.muted && isMoved(args),
      target: '#visit.slot',
      actions: [tell, remember(noted), remember(chooseFrom)],
    },
    {
      guard: (args: Args) => !args.context.muted && isCollected(filing, args),
      target: '#visit',
      actions: [tell, remember(({ event }) => collect(subject(event)))],
    },
    {
      guard: (args: Args) =>
        !args.context.muted && isMissed(args) && only(args.event, 'NEWS').news.again === true,
      target: '#visit',
      actions: [
        tell,
        remember((args) => ({
          ...forgotten(args),
          ...visitFor(subject(args.event), only(args.event, 'NEWS').news.slot?.activity ?? 'submit'),
        })),
      ],
    },
  ];
}

/** At the question of a visit that was moved: it is moved again, or back. Other news goes the way of `newsEvents`. */
export function newsAtSlot() {
  const isSame = ({ context, event }: Args) =>
    context.moved === true && context.application === only(event, 'NEWS').news.number;
  return [
    {
      guard: (args: Args) => isSame(args) && isMoved(args),
      target: '#visit.slot',
      reenter: true,
      actions: [tell, remember(noted), remember(chooseFrom)],
    },
    {
      guard: (args: Args) => isSame(args) && only(args.event, 'NEWS').news.kind === 'visit-restored',
      target: '#idle',
      actions: [
        tell,
        remember(noted),
        remember(() => ({ ...emptyDraft(), slots: undefined, slot: undefined })),
      ],
    },
  ];
}

/** What is ready is collected at the time that is booked for it. */
function hasTime(filing: Services, after: (typeof prompt)[] = []) {
  return {
    guard: (args: Args) => isCollected(filing, args) && isAhead(args),
    actions: [
      tell,
      remember(settled),
      remember(noted),
      say('newsReadyVisit', ({ event }) => {
        const { slot, service } = only(event, 'NEWS').news;
        return slot ? { slot, service } : null;
      }),
      ...after,
    ],
  };
}

/** The context of a visit to collect what is ready. */
function collect(subject: { number: string; service: string }): Change {
  return visitFor(subject, 'pickup');
}

/** The context in which times are offered for a case that is filed. */
export function visitFor(
  { number, service }: { number: string; service: string },
  activity: OfferedSlot['activity'],
): Change {
  return {
    ...emptyDraft(),
    service,
    application: number,
    applicationService: service,
    activity,
    filed: undefined,
    slots: undefined,
    slot: undefined,
    pickup: undefined,
  };
}

function subject(event: Args['event']): { number: string; service: string } {
  const { number, service } = only(event, 'NEWS').news;
  return { number, service };
}

function serviceOf(filing: Services, { event }: Args): Service | undefined {
  const { service } = subject(event);
  return filing.find(([id]) => id === service)?.[1];
}

/** Something that is ready lies at the office. */
function isCollected(filing: Services, args: Args): boolean {
  const { kind } = only(args.event, 'NEWS').news;
  const isReady = kind === 'ready' || kind === 'cards-again';
  return isReady && serviceOf(filing, args)?.result?.delivery.includes('pickup') === true;
}

/** The visit that the news names is still to come. */
function isAhead({ event }: Args): boolean {
  const { slot } = only(event, 'NEWS').news;
  return slot !== undefined && slot.endAt > event.at;
}

function isMissed({ event }: Args): boolean {
  return only(event, 'NEWS').news.kind === 'visit-missed';
}

/** The office has given it another time, which is still to come. */
function isMoved(args: Args): boolean {
  return only(args.event, 'NEWS').news.kind === 'visit-moved' && isAhead(args);
}

/** The new time, and others in its place. */
function chooseFrom({ event }: Args): Change {
  const { number, service, slot, slots } = only(event, 'NEWS').news;
  return {
    ...visitFor({ number, service }, slot?.activity ?? 'submit'),
    ...(slot ? { slots: slots ?? [slot], current: slot, moved: true } : {}),
  };
}

/** The visit that they were told of is what they answer about. */
function noted(args: Args): Change {
  const { number, service, slot, answers } = only(args.event, 'NEWS').news;
  if (!slot || !isAhead(args)) return {};
  return { visit: { application: number, service, slot, ...(answers ? { papers: answers } : {}) } };
}

function forgotten({ context, event }: Args): Change {
  return context.visit?.application === only(event, 'NEWS').news.number ? { visit: undefined } : {};
}

function queued(filing: Services, args: Args): Change {
  const correction = correctionOf(filing, args);
  return correction
    ? { corrections: [...otherCorrections(args.context, correction.number), correction] }
    : {};
}

function settled(args: Args): Change {
  const { context, event } = args;
  const { kind, number } = only(event, 'NEWS').news;
  if (!CLOSING.includes(kind)) return {};
  return {
    ...(kind === 'approved' ? {} : forgotten(args)),
    ...(context.corrections ? { corrections: otherCorrections(context, number) } : {}),
    ...(context.pickup?.number === number ? { pickup: undefined } : {}),
  };
}
