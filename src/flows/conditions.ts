/** Conditions of `flows.yaml` on answers, and the order of questions that follows from them. */
import type { Json } from '../json.ts';
import { birthInNik } from './answers/nik.ts';
import type { AnswerTest, Condition, Service, Step } from './schema.ts';
import type { Answer, Answers, Talk } from './talk.ts';

/** What of a talk decides which questions are open. */
type Answered = Pick<Talk, 'answers' | 'counter'>;

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

/**
 * Dates are days: what began before the duration's start day is older. The difference of zones is under a day. A NIK is as
 * old as its holder, who is of an age from the birthday on.
 */
function isOlder(value: unknown, duration: string, now: number): boolean {
  if (typeof value !== 'string') return false;
  const first = firstDayOf(duration, now);
  return NIK.test(value) ? bornIn(value, now) <= first : value < first;
}

const NIK = /^\d{16}$/;

/** Numbers that hold no date are not taken as answers; if there is one all the same, its holder is grown up. */
function bornIn(nik: string, now: number): string {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC').toPlainDate();
  return birthInNik(nik, today)?.birthDate ?? '';
}

/** The last answer for each duration: it holds for a day, and is asked for many times a step. */
const firstDays = new Map<string, { today: number; first: string }>();

/** The day, as YYYY-MM-DD, on which a time of this length that ends today began. Such dates sort as texts. */
function firstDayOf(duration: string, now: number): string {
  const today = Math.floor(now / 86_400_000);
  const known = firstDays.get(duration);
  if (known?.today === today) return known.first;
  const date = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC').toPlainDate();
  const first = date.subtract(duration).toString();
  firstDays.set(duration, { today, first });
  return first;
}

/**
 * The first step that applies and has no answer that fits; undefined when all are answered (a document also by "I
 * bring all"). An answer that does not count opens no question.
 */
export function firstOpen(service: Service, talk: Answered, now: number): string | undefined {
  const kept: Answers = {};
  for (const step of service.steps) {
    if (!holds(step.when, kept, now)) continue;
    const answer = answerTo(step, talk);
    if (!answer) return step.id;
    kept[step.id] = answer;
  }
  return undefined;
}

/**
 * The answers that count, in the order of the steps: what no longer applies (an earlier answer was changed) is
 * left out, and documents that the citizen brings are filled in as `{ counter: true }`.
 */
export function answersThatCount(service: Service, talk: Answered, now: number): Answers {
  const kept: Answers = {};
  for (const step of service.steps) {
    if (!holds(step.when, kept, now)) continue;
    const answer = answerTo(step, talk);
    if (answer) kept[step.id] = answer;
  }
  return kept;
}

/**
 * The last step before `before` (or of all) that was answered, in the order of the form: where "the previous
 * question" leads. In a correction only what is corrected can be taken back.
 */
export function previousTo(service: Service, talk: Talk, now: number, before?: string): string | undefined {
  const ids = service.steps.map(({ id }) => id);
  const end = before === undefined ? ids.length : ids.indexOf(before);
  const counted = answersThatCount(service, talk, now);
  const { correcting } = talk;
  return ids.slice(0, end).findLast((id) => id in counted && (correcting?.steps.includes(id) ?? true));
}

function answerTo(step: Step, talk: Answered): Answer | undefined {
  const answer = talk.answers[step.id];
  if (answer && fits(step, answer.v)) return answer;
  return step.ask === 'document' && talk.counter ? { v: { counter: true } } : undefined;
}

/** Flows change while people are in them: an answer of another kind, or an option that is gone, is none. */
function fits(step: Step, value: Json): boolean {
  if (value === null) return step.optional === true;
  switch (step.ask) {
    case 'yes-no':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number';
    case 'choice':
      return step.options.some(({ id }) => id === value);
    case 'document':
      return typeof value === 'object';
    case 'location':
      return typeof value === 'string' || typeof value === 'object';
    default:
      return typeof value === 'string';
  }
}
