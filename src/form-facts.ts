/** What a form is filled with: the answers of an application or a draft, put into its fields as flows.yaml says. */
import type { ApplicationStore } from './applications/ports.ts';
import type { FormFacts, FormValue } from './documents/papers/forms/form-facts.ts';
import { AppError } from './errors.ts';
import type { Flows, Service, Step } from './flows/schema.ts';
import type { Answer, Answers } from './flows/talk.ts';
import type { FormCode } from './flows/vocabulary.ts';
import type { Json } from './json.ts';
import type { Office } from './office.ts';
import { paperOffice } from './receipt-facts.ts';

interface Deps {
  flows: Flows;
  office: Office;
  applications: Pick<ApplicationStore, 'find'>;
}

/** Answers as a talk (`Answers`) and an application keep them: the value is `v`. */
type AnswersGiven = Answers | { [step: string]: Json };

/** Facts for `renderForm`. A form that the service does not fill has the office on it and no values. */
export interface FormFactsOf {
  /** Of a filed application. Throws AppError NOT_FOUND for a number that was never given. */
  ofApplication(number: string, code: FormCode): Promise<FormFacts>;
  /** Of answers that are not filed yet (`answersThatCount`, or a talk's own). */
  ofDraft(service: string, answers: AnswersGiven, code: FormCode): FormFacts;
  /** The forms of a service that can be printed, in the order of flows.yaml. */
  formsOf(service: string): FormCode[];
}

/** Creates the three. */
export function createFormFacts({ flows, office, applications }: Deps): FormFactsOf {
  const ofDraft: FormFactsOf['ofDraft'] = (id, answers, code) => {
    const service = flows.services[id];
    const values = service === undefined ? {} : valuesOf(service, answers, code);
    return { code, values, office: paperOffice(office) };
  };
  return {
    ofDraft,
    ofApplication: async (number, code) => {
      const application = await applications.find(number);
      if (!application)
        throw new AppError('NOT_FOUND', {
          detail: 'a form was asked for an application that does not exist',
        });
      return { ...ofDraft(application.service, application.answers, code), application: number };
    },
    formsOf: (id) => Object.keys(flows.services[id]?.forms ?? {}) as FormCode[],
  };
}

function valuesOf(service: Service, answers: AnswersGiven, code: FormCode): { [field: string]: FormValue } {
  const values: { [field: string]: FormValue } = {};
  for (const [field, id] of Object.entries(service.forms[code] ?? {})) {
    const step = service.steps.find((one) => one.id === id);
    const value = step && asWritten(step, plainValue(answers[id]));
    if (value !== undefined) values[field] = value;
  }
  return values;
}

function plainValue(answer: Answer | Json | undefined): Json {
  return typeof answer === 'object' && answer !== null && 'v' in answer ? (answer.v ?? null) : null;
}

/** Texts and numbers as they are; choices as a list of ids, so that a form can tick or write them. */
function asWritten(step: Step, value: Json): FormValue | undefined {
  if (step.ask === 'choice') return typeof value === 'string' ? [value] : undefined;
  if (typeof value === 'boolean') return [value ? 'ya' : 'tidak'];
  if (typeof value === 'number') return String(value).replace('.', ',');
  return typeof value === 'string' ? value : undefined;
}
