/** Answers that an operator gives on a citizen's behalf: read as the citizen's own would be. */
import { parseAnswer } from '../flows/answers/parse-answer.ts';
import type { Step } from '../flows/schema.ts';
import type { Answer } from '../flows/talk.ts';
import { answerOf } from './interpret-answer.ts';
import type { Knowledge } from './knowledge.ts';

/** `reason`: the words of flows.yaml in Indonesian. */
export type CheckedAnswer = { ok: true; answer: Answer } | { ok: false; reason: string };

/** Checks a text for a step of a service; remarks on it are kept with the answer and not asked back. */
export type CheckAnswer = (service: string, step: string, text: string, now: number) => CheckedAnswer;

/**
 * Reads texts as the conversation does: LEWATI skips what is optional, LOKET says that a document is brought. A document
 * itself cannot be typed. A step that is not there gives the general words of a text that cannot be read.
 */
export function createCheckAnswer({
  flows,
  commands,
  answerContext,
}: Pick<Knowledge, 'flows' | 'commands' | 'answerContext'>): CheckAnswer {
  const refused = (step: Step | undefined, reason: string): CheckedAnswer => {
    const words = flows.errors[step?.ask ?? 'text'];
    return { ok: false, reason: (words?.[reason] ?? words?.default)?.id ?? reason };
  };
  return (service, stepId, text, now) => {
    const step = flows.services[service]?.steps.find(({ id }) => id === stepId);
    if (!step) return refused(step, 'unreadable');
    const found = commands.find(text);
    if (step.optional && found.has('skip')) return { ok: true, answer: { v: null } };
    if (step.ask === 'document' && found.has('counter'))
      return { ok: true, answer: { v: { counter: true } } };
    if (step.ask === 'location' && text.trim().length >= 3) return { ok: true, answer: { v: text.trim() } };
    const parsed = parseAnswer(step, text, { ...answerContext, now });
    return parsed.ok
      ? { ok: true, answer: answerOf(parsed.value, parsed.warnings, parsed.details) }
      : refused(step, parsed.reason);
  };
}
