/** What was read off the photos of a request, beside what was typed: for the verifier, who decides. */
import { agrees, mismatches, readingsIn } from '../../flows/readings.ts';
import type { Flows } from '../../flows/schema.ts';
import type { Answers } from '../../flows/talk.ts';
import type { FieldView } from '../schemas/requests.ts';
import { shown } from './field-text.ts';

export interface Photos {
  /** Of one document; what no question of today's flows.yaml asks for is left out. */
  readingsOf(document: string): FieldView['readings'];
  /** What a photo says in place of this answer; null where none says otherwise. */
  against(step: string): string | null;
}

/** Values are masked like the answers that they stand beside. */
export function viewPhotos(
  flows: Flows,
  service: string,
  { answers, isMasked }: { answers: Answers; isMasked: boolean },
): Photos {
  const found = flows.services[service];
  const steps = found?.steps ?? [];
  const differing = found ? mismatches(found, answers) : [];
  return {
    readingsOf(document) {
      const step = steps.find(({ id }) => id === document);
      const fields = step?.ask === 'document' ? (step.reads?.fields ?? {}) : {};
      return readingsIn(answers[document]).flatMap(({ element, value }) => {
        const asked = steps.find(({ id }) => id === fields[element]);
        if (!asked) return [];
        const typed = answers[asked.id]?.v;
        const differs = typeof typed === 'string' && !agrees(asked, typed, value);
        return [{ element, label: asked.label.id, text: shown(flows, asked, value, isMasked), differs }];
      });
    },
    against(id) {
      const mismatch = differing.find(({ step }) => step === id);
      const asked = steps.find((step) => step.id === id);
      return mismatch && asked ? shown(flows, asked, mismatch.read, isMasked) : null;
    },
  };
}
