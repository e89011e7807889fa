/** The answers of a request, in the order of the form, as they are read and as they are typed into SIAK. */
import type { StoredFile } from '../../conversation/types.ts';
import type { Flows, Step } from '../../flows/schema.ts';
import type { Answer, Answers } from '../../flows/talk.ts';
import type { Json } from '../../json.ts';
import type { FieldView } from '../schemas/requests.ts';
import { masked, shown, typed } from './field-text.ts';
import { type Photos, viewPhotos } from './photos.ts';
import type { RequestRecord } from './ports.ts';

/**
 * Steps without an answer are left out: they did not apply. A step that flows.yaml no longer has comes last, by its id.
 * Masked: long numbers and private answers are hidden, and nothing can be copied.
 */
export function viewFields(flows: Flows, record: RequestRecord, isMasked: boolean): FieldView[] {
  const steps = flows.services[record.service]?.steps ?? [];
  const known = steps.filter(({ id }) => id in record.answers);
  const rest = Object.keys(record.answers).filter((id) => !known.some((step) => step.id === id));
  const photos = viewPhotos(flows, record.service, { answers: answersOf(record), isMasked });
  return [
    ...known.map((step) => viewField(flows, record, { id: step.id, step, isMasked, photos })),
    ...rest.map((id) => viewField(flows, record, { id, step: undefined, isMasked, photos })),
  ];
}

interface Which {
  id: string;
  step: Step | undefined;
  isMasked: boolean;
  photos: Photos;
}

function viewField(flows: Flows, record: RequestRecord, { id, step, isMasked, photos }: Which): FieldView {
  const { v, w } = readAnswer(record.answers[id]);
  const files = filesOf(v);
  const verdict = record.verdicts[id];
  return {
    id,
    label: step?.label.id ?? id,
    text: step ? shown(flows, step, v, isMasked) : masked(String(v ?? ''), isMasked),
    copy: isMasked || !step ? null : typed(flows, step, v),
    kind: step?.ask ?? 'text',
    files: isMasked ? files.map(({ name: _, ...file }) => file) : files,
    isBrought: isObject(v) && v.counter === true,
    warnings: w,
    readings: photos.readingsOf(id),
    photo: photos.against(id),
    verdict: verdict
      ? { verdict: verdict.verdict, reason: verdict.reason ?? null, by: verdict.by.name, at: verdict.at }
      : null,
  };
}

/** Answers are kept as `{ v, w, d }` (flows/talk.ts). */
function readAnswer(answer: Json | undefined): { v: Json; w: string[] } {
  if (!isObject(answer)) return { v: null, w: [] };
  const { v = null, w } = answer;
  return { v, w: Array.isArray(w) ? w.filter((code) => typeof code === 'string') : [] };
}

/** With what was read off their photos. */
function answersOf({ answers }: RequestRecord): Answers {
  const all = Object.entries(answers).map(([step, answer]): [string, Answer] => {
    const { v } = readAnswer(answer);
    const d = isObject(answer) ? answer.d : undefined;
    return [step, isObject(d) ? { v, d } : { v }];
  });
  return Object.fromEntries(all);
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
