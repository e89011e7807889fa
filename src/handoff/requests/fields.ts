/** The answers of a request, in the order of the form, as they are read and as they are typed into SIAK. */
import { answerText } from '../../conversation/summary.ts';
import type { StoredFile } from '../../conversation/types.ts';
import type { Flows, Step } from '../../flows/schema.ts';
import type { Json } from '../../json.ts';
import { maskNumbers } from '../inbox/mask.ts';
import type { FieldView } from '../schemas/requests.ts';
import type { RequestRecord } from './ports.ts';

/** What stands for an answer that only a reveal shows (mother's name, cause of death). */
const HIDDEN = '••••';

/**
 * Steps without an answer are left out: they did not apply. A step that flows.yaml no longer has comes last, by its id.
 * Masked: long numbers and private answers are hidden, and nothing can be copied.
 */
export function viewFields(flows: Flows, record: RequestRecord, isMasked: boolean): FieldView[] {
  const steps = flows.services[record.service]?.steps ?? [];
  const known = steps.filter(({ id }) => id in record.answers);
  const rest = Object.keys(record.answers).filter((id) => !known.some((step) => step.id === id));
  return [
    ...known.map((step) => viewField(flows, record, { id: step.id, step, isMasked })),
    ...rest.map((id) => viewField(flows, record, { id, step: undefined, isMasked })),
  ];
}

interface Which {
  id: string;
  step: Step | undefined;
  isMasked: boolean;
}

function viewField(flows: Flows, record: RequestRecord, { id, step, isMasked }: Which): FieldView {
  const { v, w } = readAnswer(record.answers[id]);
  const files = filesOf(v);
  const verdict = record.verdicts[id];
  const text = step ? plainText(flows, step, v) : String(v ?? '');
  return {
    id,
    label: step?.label.id ?? id,
    text: isMasked ? (step?.private && v !== null ? HIDDEN : maskNumbers(text)) : text,
    copy: isMasked || !step ? null : typed(flows, step, v),
    kind: step?.ask ?? 'text',
    files: isMasked ? files.map(({ name: _, ...file }) => file) : files,
    isBrought: isObject(v) && v.counter === true,
    warnings: w,
    verdict: verdict
      ? { verdict: verdict.verdict, reason: verdict.reason ?? null, by: verdict.by.name, at: verdict.at }
      : null,
  };
}

/** As a person reads it, with nothing hidden. */
function plainText(flows: Flows, step: Step, value: Json): string {
  if ((step.ask === 'nik' || step.ask === 'kk') && typeof value === 'string') return value;
  return answerText({ flows, language: 'id' }, { ...step, private: false }, value);
}

/** As it is typed into SIAK: digits only, dates DD-MM-YYYY, names in capitals; null for documents and what is empty. */
function typed(flows: Flows, step: Step, value: Json): string | null {
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

/** Answers are kept as `{ v, w, d }` (flows/talk.ts). */
function readAnswer(answer: Json | undefined): { v: Json; w: string[] } {
  if (!isObject(answer)) return { v: null, w: [] };
  const { v = null, w } = answer;
  return { v, w: Array.isArray(w) ? w.filter((code) => typeof code === 'string') : [] };
}

function filesOf(value: Json): StoredFile[] {
  if (!isObject(value) || !Array.isArray(value.files)) return [];
  return value.files.filter(isStoredFile).map(({ file, contentType, sizeBytes, name }) => ({
    file,
    contentType,
    sizeBytes,
    ...(name === undefined ? {} : { name }),
  }));
}

function isStoredFile(value: Json): value is { [key: string]: Json } & StoredFile {
  return isObject(value) && typeof value.file === 'string' && typeof value.contentType === 'string';
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
