/** What a form is filled with: the answers of an application or a draft, put into its fields as flows.yaml says. */
import type { ApplicationStore } from './applications/ports.ts';
import { asAnswers } from './applications/service-facts.ts';
import type { Clock } from './clock.ts';
import type { FormFacts } from './documents/papers/forms/form-facts.ts';
import { AppError } from './errors.ts';
import { fillForm } from './flows/fill-form.ts';
import type { Flows } from './flows/schema.ts';
import type { Answers } from './flows/talk.ts';
import type { FormCode } from './flows/vocabulary.ts';
import type { Office } from './office.ts';
import { paperOffice } from './receipt-facts.ts';

interface Deps {
  flows: Flows;
  office: Office;
  applications: Pick<ApplicationStore, 'find'>;
  clock: Clock;
}

/** Facts for `renderForm`. A form that the service does not fill has the office on it and no values. */
export interface FormFactsOf {
  /** Of a filed application. Throws AppError NOT_FOUND for a number that was never given. */
  ofApplication(number: string, code: FormCode): Promise<FormFacts>;
  /** Of answers that are not filed yet (`answersThatCount`). */
  ofDraft(service: string, answers: Answers, code: FormCode): FormFacts;
  /** The forms of a service that can be printed, in the order of flows.yaml. */
  formsOf(service: string): FormCode[];
}

/** Creates the three. */
export function createFormFacts({ flows, office, applications, clock }: Deps): FormFactsOf {
  const facts = (id: string, answers: Answers, code: FormCode, application?: string): FormFacts => {
    const service = flows.services[id];
    const filed = application === undefined ? {} : { application };
    const values =
      service === undefined ? {} : fillForm({ service, code, answers, now: clock.now(), ...filed });
    return { code, values, office: paperOffice(office), ...filed };
  };
  return {
    ofDraft: (service, answers, code) => facts(service, answers, code),
    ofApplication: async (number, code) => {
      const application = await applications.find(number);
      if (!application)
        throw new AppError('NOT_FOUND', {
          detail: 'a form was asked for an application that does not exist',
        });
      return facts(application.service, asAnswers(application.answers), code, number);
    },
    formsOf: (id) => Object.keys(flows.services[id]?.forms ?? {}) as FormCode[],
  };
}
