/** Does what a NIK says of its holder agree with what was answered elsewhere? */
import type { Parsed } from '../flows/answers/types.ts';
import type { Step } from '../flows/schema.ts';
import type { Answers } from '../flows/talk.ts';

/** Codes of disagreement. The NIK of a person whose birth date was corrected keeps the old one for life, so these only ask back. */
export function disagreements(step: Step, parsed: Extract<Parsed, { ok: true }>, answers: Answers): string[] {
  if (step.ask !== 'nik' || !step.agrees) return [];
  const birth = step.agrees.birth && answers[step.agrees.birth]?.v;
  const sex = step.agrees.sex && answers[step.agrees.sex]?.v;
  const { birthDate, sex: nikSex } = parsed.details ?? {};
  return [
    ...(birth && birthDate && birth !== birthDate ? ['birth-differs'] : []),
    ...(typeof sex === 'string' && typeof nikSex === 'string' && sex[0]?.toUpperCase() !== nikSex
      ? ['sex-differs']
      : []),
  ];
}
