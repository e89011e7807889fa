/** Effect `form`: fills in a form that the citizen is to sign, from answers that are not filed yet. */
import type { Logger } from 'pino';
import { z } from 'zod';
import type { EffectHandler } from '../../conversation/ports.ts';
import type { Answers } from '../../flows/talk.ts';
import { FORMS, type FormCode } from '../../flows/vocabulary.ts';
import type { Sealer } from '../ports.ts';
import type { FormFacts } from './forms/form-facts.ts';
import type { PaperMaker } from './make.ts';

interface FormDeps {
  papers: Pick<PaperMaker, 'make'>;
  /** What is printed on it (form-facts.ts). */
  factsOf(service: string, answers: Answers, code: FormCode): FormFacts;
  sealer: Pick<Sealer, 'hash'>;
  log: Pick<Logger, 'error'>;
}

const params = z.object({
  step: z.string(),
  service: z.string(),
  form: z.enum(FORMS),
  draft: z.number(),
  /** The number, when it is asked for again in a correction. */
  application: z.string().optional(),
  answers: z.custom<Answers>((value) => typeof value === 'object' && value !== null),
});

/**
 * Creates the handler. Result: `{ step, file }`; the same answers give the same file, other answers one that replaces it.
 * It never fails: where the form cannot be made `file` is null, the log says why, and the question is asked without it.
 */
export function createFormHandler(deps: FormDeps): EffectHandler {
  return {
    type: 'form',
    run: async (effect, { conversation }) => {
      const asked = params.parse(effect.params);
      const { step } = asked;
      try {
        const file = await make(deps, asked, conversation.id);
        return { result: { step, file: { ...file } } };
      } catch (err) {
        deps.log.error({ effect: effect.id, form: asked.form, err }, 'a form could not be made');
        return { result: { step, file: null } };
      }
    },
  };
}

async function make(
  { papers, factsOf, sealer }: FormDeps,
  { service, form, draft, application, answers }: z.infer<typeof params>,
  owner: string,
) {
  const given = factsOf(service, answers, form);
  const facts: FormFacts = application === undefined ? given : { ...given, application };
  const about = application ?? sealer.hash('form-draft', `${owner}:${draft}`).slice(0, 16);
  const subject = `${about}/${form}`;
  const { file } = await papers.make({
    kind: 'form',
    ...{ subject, owner, draft },
    key: `${subject}:${JSON.stringify(facts)}`,
    mustBeCurrent: true,
    name: `formulir-${form}.pdf`,
    render: async (issue) => (await import('./forms/form-pdf.ts')).renderForm(facts, issue),
  });
  return file;
}
