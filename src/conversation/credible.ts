/** Readings of a photo, held against what would be taken as an answer. */
import { parseAnswer } from '../flows/answers/parse-answer.ts';
import type { Reading, TalkEvent } from '../flows/talk.ts';
import type { TalkState } from '../flows/talk-machine.ts';
import type { Json } from '../json.ts';
import type { Knowledge } from './knowledge.ts';
import { serviceAt } from './place.ts';

type IntakeDone = Extract<TalkEvent, { type: 'intake.done' }>;

/**
 * The result of an intake with those readings only that a question of the service asks for, and that its parser would
 * take if it were typed, as the parser writes them: so a value that is proposed can always be agreed to.
 */
export function credible(
  { flows, answerContext }: Pick<Knowledge, 'flows' | 'answerContext'>,
  state: TalkState,
  event: IntakeDone,
): IntakeDone {
  const { result, at } = event;
  if (!result.ok || !result.readings) return event;
  const steps = serviceAt(flows, state)?.steps ?? [];
  const document = steps.find(({ id }) => id === result.step);
  const fields = document?.ask === 'document' ? (document.reads?.fields ?? {}) : {};
  const readings = result.readings.flatMap(({ element, value, confidence }): Reading[] => {
    const step = steps.find(({ id }) => id === fields[element]);
    const parsed = step && parseAnswer(step, value, { ...answerContext, now: at });
    return parsed?.ok && isText(parsed.value) && !isOfNobody(parsed.value)
      ? [{ element, value: parsed.value, confidence }]
      : [];
  });
  return { ...event, result: { ...result, readings } };
}

/** "By. Ny. Siti" stands on birth letters for a child without a name: it would tell the mother's. */
function isOfNobody(value: string): boolean {
  return /^(?:by|bayi)\b/i.test(value);
}

function isText(value: Json): value is string {
  return typeof value === 'string';
}
