/** What each kind of question wants typed. */
import { useTexts } from '../shell/language.tsx';
import type { Choice, Question } from './question.ts';
import { COUNTER_TEXTS, type CounterTexts } from './texts.ts';

/** Kinds whose answers stay in the field until the next question: one that was refused is put right, not typed again. */
export const KEPT = new Set([
  'nik',
  'kk',
  'name',
  'date',
  'time',
  'phone',
  'email',
  'number',
  'text',
  'akta-number',
  'location',
]);

/** Which keyboard a phone shows. */
export function inputModeOf(expects: string | null): 'text' | 'numeric' | 'decimal' | 'tel' | 'email' {
  switch (expects) {
    case 'nik':
    case 'kk':
      return 'numeric';
    case 'number':
      return 'decimal';
    case 'phone':
      return 'tel';
    case 'email':
      return 'email';
    default:
      return 'text';
  }
}

/** What it should look like. */
export function hintOf(expects: string | null, texts: CounterTexts): string {
  switch (expects) {
    case 'nik':
    case 'kk':
      return texts.numberHint;
    case 'date':
      return texts.dateHint;
    case 'time':
      return texts.timeHint;
    case 'phone':
      return texts.phoneHint;
    case 'email':
      return texts.emailHint;
    case 'confirm':
      return texts.confirmHint;
    default:
      return '';
  }
}

/** Answers of one click. What is said are commands of flows.yaml, understood in both languages. */
export function quickAnswers(
  expects: string | null,
  { choices, isProposed }: Question,
  texts: CounterTexts,
): Choice[] {
  if (isProposed || expects === 'yes-no') {
    return [
      { say: 'ya', words: texts.yes },
      { say: 'tidak', words: texts.no },
    ];
  }
  switch (expects) {
    case 'consent':
      return [
        { say: 'setuju', words: texts.agree },
        { say: 'tidak', words: texts.refuse },
      ];
    case 'confirm':
      return [{ say: 'ya', words: texts.confirm }];
    default:
      return choices;
  }
}

const WHOLE = 16;

/** `12/16 angka`. */
export function DigitCount({ text }: { text: string }) {
  const texts = useTexts(COUNTER_TEXTS);
  const count = text.replace(/\D/g, '').length;
  return (
    <span class={`digits ${count === WHOLE ? 'is-whole' : ''}`}>
      {count}/{WHOLE} {texts.digits}
    </span>
  );
}
