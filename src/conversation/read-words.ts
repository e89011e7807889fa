/** What was read off a photo, in words for the citizen: as little of it as tells them what is meant. */

import type { Mismatch } from '../flows/readings.ts';
import type { Service, Step } from '../flows/schema.ts';
import type { Answers } from '../flows/talk.ts';
import { answerText } from './summary.ts';
import { text, type Voice } from './voice.ts';

/** The question with the value that was read in it, for a yes. */
export function proposal(voice: Voice, step: Step, value: string): string {
  return text(voice, voice.flows.texts.readProposed, { what: step.label, read: shown(voice, step, value) });
}

/** A sentence for each answer that differs from the photo, and what to do about it. */
export function differences(voice: Voice, service: Service, answers: Answers, found: Mismatch[]): string {
  const sentences = found.flatMap((one) => {
    const step = service.steps.find(({ id }) => id === one.step);
    return step ? [difference(voice, step, String(answers[step.id]?.v ?? ''), one.read)] : [];
  });
  return [...sentences, text(voice, voice.flows.texts.readHint)].join(' ');
}

/** Values that look alike when they are masked, and those that are never echoed, only "differ". */
function difference(voice: Voice, step: Step, typed: string, read: string): string {
  const { texts } = voice.flows;
  const [onPhoto, written] = [shown(voice, step, read), shown(voice, step, typed)];
  return step.private || onPhoto === written
    ? text(voice, texts.readDiffersHidden, { what: step.label })
    : text(voice, texts.readDiffers, { what: step.label, read: onPhoto, typed: written });
}

/** The first and last four digits of a NIK or KK number; anything else as the summary has it. */
function shown({ flows, language }: Voice, step: Step, value: string): string {
  return step.ask === 'nik' || step.ask === 'kk'
    ? `${value.slice(0, 4)}...${value.slice(-4)}`
    : answerText({ flows, language }, step, value);
}
