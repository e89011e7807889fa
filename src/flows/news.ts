/** News of applications: told in every state. What follows from them begins at once in the menu, and waits elsewhere. */
import { type Args, only, type prompt, remember, say } from './actions.ts';
import { beginCorrection, correctionOf } from './corrections.ts';
import { type Change, emptyDraft, otherCorrections } from './draft.ts';
import type { Service } from './schema.ts';
import type { Say } from './talk.ts';

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
  'ready-reminder': 'newsReadyReminder',
  'handed-over': 'newsHandedOver',
  cancelled: 'newsCancelled',
  expired: 'newsExpired',
  uncollected: 'newsUncollected',
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

const tell = {
  type: 'say' as const,
  params: ({ event }: Args): Say | null => {
    const { kind, files = [], refused = [], answers: _answers, ...values } = only(event, 'NEWS').news;
    const key = TEXTS[kind];
    if (key === undefined) return null;
    return {
      key,
      values: { ...values, refused },
      files,
      // SIAK's PIN never goes with its file, nor with the file's address.
      ...(kind === 'pin' ? { alone: true } : {}),
    };
  },
};

/** Where the bot or a person is busy with something; `after` asks the open question again. */
export function newsEvents(filing: Services, after: (typeof prompt)[] = []) {
  return [
    {
      guard: (args: Args) => correctionOf(filing, args) !== undefined,
      actions: [tell, remember((args) => queued(filing, args)), say('newsLater'), ...after],
    },
    {
      guard: (args: Args) => isCollected(filing, args),
      actions: [tell, remember(({ event }) => ({ pickup: subject(event) })), say('newsPickup'), ...after],
    },
    { actions: [tell, remember(settled), ...after] },
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
    {
      // A service whose visit is the collection has its time since it was filed.
      guard: (args: Args) =>
        !args.context.muted &&
        isCollected(filing, args) &&
        serviceOf(filing, args)?.visit?.activity !== 'pickup',
      target: '#visit',
      actions: [tell, remember(({ event }) => collect(subject(event)))],
    },
  ];
}

/** The context of a visit to collect what is ready. */
export function collect({ number, service }: { number: string; service: string }): Change {
  return {
    ...emptyDraft(),
    service,
    application: number,
    applicationService: service,
    activity: 'pickup',
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
  const isReady = only(args.event, 'NEWS').news.kind === 'ready';
  return isReady && serviceOf(filing, args)?.result?.delivery.includes('pickup') === true;
}

function queued(filing: Services, args: Args): Change {
  const correction = correctionOf(filing, args);
  return correction
    ? { corrections: [...otherCorrections(args.context, correction.number), correction] }
    : {};
}

function settled({ context, event }: Args): Change {
  const { kind, number } = only(event, 'NEWS').news;
  if (!CLOSING.includes(kind)) return {};
  return {
    ...(context.corrections ? { corrections: otherCorrections(context, number) } : {}),
    ...(context.pickup?.number === number ? { pickup: undefined } : {}),
  };
}
