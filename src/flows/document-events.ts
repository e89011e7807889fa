/** A document: pages come one by one through intake, by a link, or not at all (the citizen brings it). */
import type { Json } from '../json.ts';
import { type Args, effect, only, prompt, remember, say } from './actions.ts';
import { keep } from './draft.ts';
import type { Step } from './schema.ts';
import type { TalkEvent } from './talk.ts';

/** A citizen is handed to a person at the second file in a row that cannot be used. */
const FILE_MISSES = 2;

/** The events of a document step, beside those of every step; `next` is where an answer leads. */
export function documentEvents(step: Extract<Step, { ask: 'document' }>, next: string) {
  const pagesWith = (args: Args): Json[] => [...(args.context.pages ?? []), ...filesOf(args.event)];
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
        actions: keep(step, ({ context }) => ({ v: { files: context.pages ?? [] } })),
      },
      { actions: prompt },
    ],
    'intake.done': [
      {
        guard: (args: Args) => isGood(args) && pagesWith(args).length >= step.pages,
        target: next,
        actions: [
          keep(step, (args) => ({ v: { files: pagesWith(args) } })),
          say('fileReceived', () => ({ document: step.label })),
        ],
      },
      {
        guard: isGood,
        actions: [
          remember((args) => ({ pages: pagesWith(args), misses: 0 })),
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
          say('error', ({ event }) => ({ reason: reasonOf(event) })),
        ],
      },
    ],
  };
}

function filesOf(event: TalkEvent): Json[] {
  const { result } = only(event, 'intake.done');
  return result.ok ? result.files : [];
}

function reasonOf(event: TalkEvent): string {
  const { result } = only(event, 'intake.done');
  return result.ok ? '' : result.reason;
}
