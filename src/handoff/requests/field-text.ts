/** An answer in words for operators, and as it is typed into SIAK. */
import { answerText } from '../../conversation/summary.ts';
import type { Flows, Step } from '../../flows/schema.ts';
import type { Json } from '../../json.ts';
import { maskNumbers } from '../inbox/mask.ts';

/** What stands for an answer that only a reveal shows (mother's name, cause of death). */
const HIDDEN = '••••';

/** As a person reads it; of what is private nothing while masked. */
export function shown(flows: Flows, step: Step, value: Json, isMasked: boolean): string {
  if (isMasked && step.private && value !== null) return HIDDEN;
  return masked(plainText(flows, step, value), isMasked);
}

/** Long numbers show their last digits only. */
export function masked(text: string, isMasked: boolean): string {
  return isMasked ? maskNumbers(text) : text;
}

/** As a person reads it, with nothing hidden. */
function plainText(flows: Flows, step: Step, value: Json): string {
  if ((step.ask === 'nik' || step.ask === 'kk') && typeof value === 'string') return value;
  return answerText({ flows, language: 'id' }, { ...step, private: false }, value);
}

/** As it is typed into SIAK: digits only, dates DD-MM-YYYY, names in capitals; null for documents and what is empty. */
export function typed(flows: Flows, step: Step, value: Json): string | null {
  if (value === null || value === '') return null;
  switch (step.ask) {
    case 'document':
      return null;
    case 'nik':
    case 'kk':
      return String(value).replace(/\D/g, '');
    case 'phone':
      return String(value).replace(/^\+62/, '0').replace(/\D/g, '');
    case 'date':
      return String(value).split('-').reverse().join('-');
    case 'name':
      return String(value).toUpperCase();
    case 'choice':
    case 'yes-no':
      return plainText(flows, step, value).toUpperCase();
    default:
      return plainText(flows, step, value);
  }
}
