/** Conditions of `flows.yaml` on answers, and the order of questions that follows from them. */
import type { AnswerTest, Condition, Service, Step } from './schema.ts';
import type { Answer, Answers, Talk } from './talk.ts';

/** True when every test of the condition holds for the answers at `now` (ms since the epoch). */
export function holds(condition: Condition | undefined, answers: Answers, now: number): boolean {
  if (!condition) return true;
  return Object.entries(condition).every(([step, test]) => passes(test, answers[step], now));
}

function passes(test: AnswerTest, answer: Answer | undefined, now: number): boolean {
  const value = answer?.v ?? null;
  if (typeof test !== 'object') return value === test;
  if ('answered' in test) return (value !== null) === test.answered;
  if (value === null) return false;
  if ('in' in test) return test.in.some((one) => one === value);
  if ('not' in test) return value !== test.not;
  return 'olderThan' in test ? isOlder(value, test.olderThan, now) : !isOlder(value, test.youngerThan, now);
}

/** Dates are days: what began before the duration's start day is older. The difference of zones is under a day. */
function isOlder(value: unknown, duration: string, now: number): boolean {
  if (typeof value !== 'string') return false;
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC').toPlainDate();
  return Temporal.PlainDate.compare(Temporal.PlainDate.from(value), today.subtract(duration)) < 0;
}

/** True when the step must be asked now: it applies and has no answer (a document is answered by "I bring all"). */
export function isOpen(step: Step, talk: Talk, now: number): boolean {
  if (talk.answers[step.id] !== undefined) return false;
  if (step.ask === 'document' && talk.counter) return false;
  return holds(step.when, talk.answers, now);
}

/**
 * The answers that count, in the order of the steps: what no longer applies (an earlier answer was changed) is
 * left out, and documents that the citizen brings are filled in as `{ counter: true }`.
 */
export function answersThatCount(service: Service, talk: Talk, now: number): Answers {
  const kept: Answers = {};
  for (const step of service.steps) {
    if (!holds(step.when, kept, now)) continue;
    const answer = talk.answers[step.id];
    if (answer) kept[step.id] = answer;
    else if (step.ask === 'document' && talk.counter) kept[step.id] = { v: { counter: true } };
  }
  return kept;
}
