/** What flows.yaml says of a service that matters once an application is filed. */
import { holds } from '../flows/conditions.ts';
import type { Service, Step } from '../flows/schema.ts';
import type { Answers } from '../flows/talk.ts';
import type { Json } from '../json.ts';
import type { Application } from './ports.ts';

/** The name of a step in Indonesian; its id when the flow no longer has it. */
export function labelOf(service: Service | undefined, step: string): string {
  return service?.steps.find(({ id }) => id === step)?.label.id ?? step;
}

/** The kind of a step; undefined when the flow no longer has it. */
export function kindOf(service: Service | undefined, step: string): Step['ask'] | undefined {
  return service?.steps.find(({ id }) => id === step)?.ask;
}

/** The bare value of an answer as it was filed. */
export function bareValue(answer: Json | undefined): Json {
  return isObject(answer) ? (answer.v ?? null) : null;
}

/** Sound: what is filed are the flow's answers, as they were. */
export function asAnswers(answers: Application['answers']): Answers {
  return answers as unknown as Answers;
}

/** A document that was sent, and that nobody has accepted or refused. */
export function isUndecidedDocument({ answers, verdicts }: Application, step: string): boolean {
  const value = bareValue(answers[step]);
  return isObject(value) && Array.isArray(value.files) && !verdicts[step];
}

/** What was refused, and why the citizen reads. */
export function refusedIn({ verdicts }: Pick<Application, 'verdicts'>): { step: string; reason: string }[] {
  return Object.entries(verdicts).flatMap(([step, { verdict, reason }]) =>
    verdict === 'refused' ? [{ step, reason: reason ?? '' }] : [],
  );
}

/** Whether the result reaches this applicant as a file, so that nothing is left to be picked up. */
export function goesOutAsFile(
  service: Service | undefined,
  answers: Application['answers'],
  now: number,
): boolean {
  if (!service?.result?.delivery.includes('pdf')) return false;
  const { visit } = service;
  return visit?.activity !== 'pickup' || !holds(visit.when, asAnswers(answers), now);
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
