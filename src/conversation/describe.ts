/** A conversation as operators, the simulator and tests see it: where it stands, and what was answered. */
import { answersThatCount, holds } from '../flows/conditions.ts';
import { serviceHashes } from '../flows/hash.ts';
import { mismatches, proposalFor } from '../flows/readings.ts';
import type { Flows, Language } from '../flows/schema.ts';
import type { Answers } from '../flows/talk.ts';
import type { TalkMachine } from '../flows/talk-machine.ts';
import { resume } from './migrate.ts';
import { type Place, serviceAt, stepAt } from './place.ts';
import { answerText } from './summary.ts';
import type { Conversation } from './types.ts';

/** `expects`: the kind of the awaited answer (contract.md 4), null when none is. */
export interface Description {
  status: 'bot' | 'handoff' | 'idle';
  service: string | null;
  /** Its title in Indonesian. */
  title: string | null;
  /** Where it stands; during a handoff where the bot goes on after it. */
  step: string | null;
  /** In Indonesian; null where no question is open. */
  stepLabel: string | null;
  expects: string | null;
  /** The question proposes what was read off a photo: yes or no answers it too. */
  isProposed: boolean;
  /** What the citizen is spoken to in. */
  language: Language;
  /** With labels in the office's language; NIK and KK masked. `photo-differs` among the warnings: a photo says otherwise. */
  answers: { id: string; label: string; text: string; warnings: string[] }[];
  /** The questions of the form that is being filled in, as far as they apply; empty elsewhere. */
  steps: { id: string; label: string; ask: string; isAnswered: boolean }[];
}

const NOTHING = {
  status: 'idle',
  service: null,
  title: null,
  step: null,
  stepLabel: null,
  expects: null,
  isProposed: false,
  answers: [] as Description['answers'],
  steps: [] as Description['steps'],
} as const satisfies Partial<Description>;

/** Undefined conversation: idle, nothing known. `isOpen`: answers in full, for who has revealed them. */
export function createDescribe(
  flows: Flows,
  machine: TalkMachine,
): (conversation: Conversation | undefined, now: number, isOpen?: boolean) => Description {
  const hashes = serviceHashes(flows);
  return (conversation, now, isOpen = false) => {
    if (!conversation || conversation.snapshot === null)
      return { ...NOTHING, language: flows.languages[0] ?? 'id' };
    const { state } = resume(machine, hashes, conversation, now);
    const isHandoff = conversation.attention.status !== 'bot';
    const place: Place = { where: state.behind() ?? state.where, talk: state.talk };
    const counted = countedAt(flows, place, now);
    return {
      status: isHandoff ? 'handoff' : state.where.room === 'idle' ? 'idle' : 'bot',
      service: state.talk.service ?? null,
      title: serviceAt(flows, place)?.title.id ?? null,
      step: stepName(flows, place),
      stepLabel: stepAt(flows, place)?.label.id ?? null,
      expects: isHandoff ? null : expected(flows, place),
      isProposed: !isHandoff && proposes(flows, place, now),
      language: state.talk.language,
      answers: answered(flows, place, counted, isOpen),
      steps: stepsAt(flows, place, counted, now),
    };
  };
}

function stepName(flows: Flows, place: Place): string | null {
  const { where } = place;
  if (where.room === 'idle' || where.room === 'handoff') return null;
  return stepAt(flows, place)?.id ?? where.state;
}

/** What is awaited where a visit is looked for. */
const AT_VISIT: Readonly<Record<string, string>> = { slot: 'slot', which: 'choice', cancelling: 'confirm' };

function expected(flows: Flows, place: Place): string | null {
  const { where } = place;
  if (where.room === 'idle') return 'menu';
  if (where.room === 'visit') return AT_VISIT[where.state] ?? null;
  if (where.room !== 'service') return null;
  if (where.state === 'ask') return stepAt(flows, place)?.ask ?? null;
  return where.state === 'consent' || where.state === 'confirm' ? where.state : null;
}

function proposes(flows: Flows, place: Place, now: number): boolean {
  const [service, step] = [serviceAt(flows, place), stepAt(flows, place)];
  return (
    service !== undefined && step !== undefined && proposalFor(service, place.talk, step, now) !== undefined
  );
}

function countedAt(flows: Flows, place: Place, now: number): Answers {
  const service = serviceAt(flows, place);
  return service ? answersThatCount(service, place.talk, now) : {};
}

function stepsAt(flows: Flows, { where }: Place, counted: Answers, now: number): Description['steps'] {
  if (where.room !== 'service' || (where.state !== 'ask' && where.state !== 'confirm')) return [];
  const steps = flows.services[where.service]?.steps.filter(({ when }) => holds(when, counted, now)) ?? [];
  return steps.map(({ id, label, ask }) => ({ id, label: label.id, ask, isAnswered: id in counted }));
}

function answered(flows: Flows, place: Place, counted: Answers, isOpen: boolean): Description['answers'] {
  const service = serviceAt(flows, place);
  if (!service) return [];
  const differing = mismatches(service, counted);
  return Object.entries(counted).flatMap(([id, { v, w = [] }]) => {
    const isMarked = differing.some((one) => one.step === id);
    const step = service.steps.find((one) => one.id === id);
    return step
      ? [
          {
            id,
            label: step.label.id,
            text: answerText({ flows, language: 'id', isOpen }, step, v),
            warnings: isMarked ? [...w, 'photo-differs'] : w,
          },
        ]
      : [];
  });
}
