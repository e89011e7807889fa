/** A conversation as operators, the simulator and tests see it: where it stands, and what was answered. */
import { answersThatCount } from '../flows/conditions.ts';
import { serviceHashes } from '../flows/hash.ts';
import type { Flows, Language } from '../flows/schema.ts';
import type { TalkMachine, TalkState } from '../flows/talk-machine.ts';
import { resume } from './migrate.ts';
import { serviceAt, stepAt } from './place.ts';
import { answerText } from './summary.ts';
import type { Conversation } from './types.ts';

/** `expects`: the kind of the awaited answer (contract.md 4), null when none is. */
export interface Description {
  status: 'bot' | 'handoff' | 'idle';
  service: string | null;
  /** Its title in Indonesian. */
  title: string | null;
  step: string | null;
  expects: string | null;
  /** What the citizen is spoken to in. */
  language: Language;
  /** With labels in the office's language; NIK and KK masked. */
  answers: { id: string; label: string; text: string; warnings: string[] }[];
}

const NOTHING = {
  status: 'idle',
  service: null,
  title: null,
  step: null,
  expects: null,
  answers: [] as Description['answers'],
} as const satisfies Partial<Description>;

/** Undefined conversation: idle, nothing known. */
export function createDescribe(
  flows: Flows,
  machine: TalkMachine,
): (conversation: Conversation | undefined, now: number) => Description {
  const hashes = serviceHashes(flows);
  return (conversation, now) => {
    if (!conversation || conversation.snapshot === null)
      return { ...NOTHING, language: flows.languages[0] ?? 'id' };
    const { state } = resume(machine, hashes, conversation, now);
    const isHandoff = conversation.attention.status !== 'bot';
    return {
      status: isHandoff ? 'handoff' : state.where.room === 'idle' ? 'idle' : 'bot',
      service: state.talk.service ?? null,
      title: serviceAt(flows, state)?.title.id ?? null,
      step: stepName(flows, state),
      expects: isHandoff ? null : expected(flows, state),
      language: state.talk.language,
      answers: answered(flows, state, now),
    };
  };
}

function stepName(flows: Flows, state: TalkState): string | null {
  const { where } = state;
  if (where.room === 'idle' || where.room === 'handoff') return null;
  return stepAt(flows, state)?.id ?? where.state;
}

function expected(flows: Flows, state: TalkState): string | null {
  const { where } = state;
  if (where.room === 'idle') return 'menu';
  if (where.room === 'visit') return where.state === 'slot' ? 'slot' : null;
  if (where.room !== 'service') return null;
  if (where.state === 'ask') return stepAt(flows, state)?.ask ?? null;
  return where.state === 'consent' || where.state === 'confirm' ? where.state : null;
}

function answered(flows: Flows, state: TalkState, now: number): Description['answers'] {
  const service = serviceAt(flows, state);
  if (!service) return [];
  return Object.entries(answersThatCount(service, state.talk, now)).flatMap(([id, { v, w }]) => {
    const step = service.steps.find((one) => one.id === id);
    return step
      ? [
          {
            id,
            label: step.label.id,
            text: answerText({ flows, language: 'id' }, step, v),
            warnings: w ?? [],
          },
        ]
      : [];
  });
}
