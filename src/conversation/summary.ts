/** Answers as citizens check them: numbered, in the order of the form, with nothing on the screen that others should not read. */
import { answersThatCount } from '../flows/conditions.ts';
import { formatDate } from '../flows/format.ts';
import { mismatches } from '../flows/readings.ts';
import type { Flows, Language, Service, Step } from '../flows/schema.ts';
import type { Talk } from '../flows/talk.ts';
import type { Form } from '../flows/texts.ts';
import type { Json } from '../json.ts';

interface Reading {
  flows: Flows;
  language: Language;
  form: Form;
}

/**
 * `1. Nama: Siti`, a line each (SMS: `1 Nama: Siti`). NIK and KK show their last four digits only; an answer that a photo
 * does not bear out is marked.
 */
export function summaryLines(reading: Reading & { service: Service; talk: Talk; now: number }): string {
  const { flows, service, talk, now, form, language } = reading;
  const answers = answersThatCount(service, talk, now);
  const differing = mismatches(service, answers);
  const lines = Object.entries(answers).map(([id, { v }], i) => {
    const step = service.steps.find((one) => one.id === id);
    const label = step?.label[language] ?? id;
    const mark = differing.some((one) => one.step === id) ? ` (${flows.labels.differs[language]})` : '';
    const value = step ? `${answerText(reading, step, v)}${mark}` : '';
    return form === 'sms' ? `${i + 1} ${label}: ${value}` : `*${i + 1}.* ${label}: ${value}`;
  });
  return lines.join('\n');
}

/** One answer in words; `isOpen` hides nothing. */
export function answerText(
  { flows, language, isOpen = false }: Pick<Reading, 'flows' | 'language'> & { isOpen?: boolean },
  step: Step,
  value: Json,
): string {
  const { labels } = flows;
  if (value === null) return labels.none[language];
  if (step.private && !isOpen) return labels.hidden[language];
  switch (step.ask) {
    case 'nik':
    case 'kk':
      return isOpen ? String(value) : `...${String(value).slice(-4)}`;
    case 'yes-no':
      return (value ? labels.yes : labels.no)[language];
    case 'choice':
      return step.options.find(({ id }) => id === value)?.label[language] ?? String(value);
    case 'date':
      return formatDate(
        Temporal.ZonedDateTime.from(`${value}T12:00[UTC]`).epochMilliseconds,
        language,
        'UTC',
      );
    case 'document':
      return documentText(flows, language, value);
    case 'location':
      return placeText(value);
    default:
      return String(value);
  }
}

function documentText({ labels }: Flows, language: Language, value: Json): string {
  if (typeof value === 'object' && value !== null && 'files' in value && Array.isArray(value.files)) {
    return `${value.files.length} ${labels.files[language]}`;
  }
  return labels.brought[language];
}

function placeText(value: Json): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return String(value);
  return `${value.latitude}, ${value.longitude}`;
}
