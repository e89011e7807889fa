/** What an applicant must come for, if at all: the one place that knows. */
import { answersThatCount, holds } from './conditions.ts';
import { isBrought } from './corrections.ts';
import type { Service } from './schema.ts';
import type { Answers, Talk, VisitChoice } from './talk.ts';

/** At filing: papers that were not sent come before the pick-up; undefined when nobody need come. */
export function visitOf(
  service: Service,
  talk: Pick<Talk, 'answers' | 'counter'>,
  now: number,
): Talk['activity'] {
  const answers = answersThatCount(service, talk, now);
  if (service.visit && service.visit.activity !== 'pickup' && holds(service.visit.when, answers, now))
    return service.visit.activity;
  if (isBrought(answers)) return 'submit';
  return service.visit && holds(service.visit.when, answers, now) ? service.visit.activity : undefined;
}

/** Of a case that is filed and open: what is ready is picked up, before that it is as at filing. */
export function visitOfCase(
  service: Service,
  { state, answers }: { state: string; answers: Answers },
  now: number,
): VisitChoice['activity'] | undefined {
  if (state === 'ready' && service.result?.delivery.includes('pickup')) return 'pickup';
  return visitOf(service, { answers }, now);
}

/** The answers that decide which papers are brought: those that were chosen, and the papers that were not sent. */
export function bringAnswers(service: Service, answers: Answers): Answers {
  const kept = service.steps.filter(
    ({ id, ask }) =>
      ask === 'choice' || ask === 'yes-no' || (answers[id] && isBrought({ [id]: answers[id] })),
  );
  return Object.fromEntries(kept.flatMap(({ id }) => (answers[id] ? [[id, { v: answers[id].v }]] : [])));
}
