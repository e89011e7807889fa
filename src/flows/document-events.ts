/** A document: pages come one by one through intake, by a link, or not at all (the citizen brings it). */
import type { Json } from '../json.ts';
import { type Args, effect, only, prompt, remember, say } from './actions.ts';
import { answersThatCount } from './conditions.ts';
import { keep } from './draft.ts';
import { documentAnswer, mismatches, readingsIn } from './readings.ts';
import type { Service, Step } from './schema.ts';
import type { Reading, TalkEvent } from './talk.ts';

interface DocumentPlace {
  service: Service;
  step: Extract<Step, { ask: 'document' }>;
  next: string;
}

/** A citizen is handed to a person at the second file in a row that cannot be used. */
const FILE_MISSES = 2;

/** The events of a document step, beside those of every step; `next` is where an answer leads. */
export function documentEvents({ service, step, next }: DocumentPlace) {
  const pagesWith = (args: Args): Json[] => [...(args.context.pages ?? []), ...filesOf(args.event)];
  const readWith = (args: Args): Reading[] => [...(args.context.read ?? []), ...readingsOf(args.event)];
  const isMine = ({ event }: Args) => only(event, 'intake.done').result.step === step.id;
  const isGood = (args: Args) => isMine(args) && only(args.event, 'intake.done').result.ok;
  return {
    FILES: {
      actions: effect('intake', ({ context, event }) => ({
        step: step.id,
        files: only(event, 'FILES').files,
        entry: only(event, 'FILES').entry,
        accept: step.accept,
        ...(context.draft === undefined ? {} : { draft: context.draft }),
        ...(step.reads === undefined ? {} : { reads: step.reads.kind }),
      })),
    },
    COUNTER: {
      target: next,
      actions: [
        keep(step, () => ({ v: { counter: true } })),
        remember(({ context, event }) => ({ counter: context.counter || only(event, 'COUNTER').all })),
        say('documentByCounter'),
      ],
    },
    'link.done': {
      guard: ({ event }: Args) => only(event, 'link.done').result.step === step.id,
      actions: [remember(({ event }) => ({ link: only(event, 'link.done').result })), prompt],
    },
    DONE: [
      {
        guard: ({ context }: Args) => (context.pages ?? []).length > 0,
        target: next,
        actions: [
          keep(step, ({ context }) => documentAnswer(context.pages ?? [], context.read ?? [])),
          differing(service, step),
        ],
      },
      { actions: prompt },
    ],
    'intake.done': [
      {
        guard: (args: Args) => isGood(args) && pagesWith(args).length >= step.pages,
        target: next,
        actions: [
          keep(step, (args) => documentAnswer(pagesWith(args), readWith(args))),
          say('fileReceived', () => ({ document: step.label })),
          differing(service, step),
        ],
      },
      {
        guard: isGood,
        actions: [
          remember((args) => ({ pages: pagesWith(args), read: readWith(args), misses: 0 })),
          say('morePages', ({ context }) => ({ pages: (context.pages ?? []).length, max: step.pages })),
        ],
      },
      {
        guard: (args: Args) => isMine(args) && args.context.misses + 1 >= FILE_MISSES,
        target: '#handoff',
        actions: remember(() => ({ handoff: 'document-refused' })),
      },
      {
        guard: isMine,
        actions: [
          remember(({ context }) => ({ misses: context.misses + 1 })),
          say('error', ({ event }) => refusalOf(event)),
        ],
      },
    ],
  };
}

function filesOf(event: TalkEvent): Json[] {
  const { result } = only(event, 'intake.done');
  return result.ok ? result.files : [];
}

function readingsOf(event: TalkEvent): Reading[] {
  const { result } = only(event, 'intake.done');
  return result.ok ? (result.readings ?? []) : [];
}

/** Why, and which file of an album: none of that album is kept. */
function refusalOf(event: TalkEvent): { [name: string]: Json } {
  const { result } = only(event, 'intake.done');
  if (result.ok) return {};
  const { reason, page, of } = result;
  return { reason, ...(page !== undefined && of !== undefined && of > 1 ? { page, of } : {}) };
}

/** Tells once what the new photo has otherwise than it was written; the flow goes on. */
function differing(service: Service, document: DocumentPlace['step']) {
  const fields = document.reads?.fields ?? {};
  return say('readDiffers', ({ context, event }) => {
    const steps = readingsIn(context.answers[document.id]).map(({ element }) => fields[element]);
    if (steps.length === 0) return null;
    const all = mismatches(service, answersThatCount(service, context, event.at));
    const found = all.filter(({ step }) => steps.includes(step));
    return found.length > 0 ? { found: found.map((one): Json => ({ ...one })) } : null;
  });
}
