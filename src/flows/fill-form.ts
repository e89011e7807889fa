/** What is written into the fields of a form, from the answers of a service. */
import type { Json } from '../json.ts';
import { holds } from './conditions.ts';
import { type ChoiceField, type Field, type FormValue, fieldsOf } from './forms/form.ts';
import { FORM_DEFINITIONS } from './forms.ts';
import type { FormSource, Service, Step } from './schema.ts';
import type { Answers } from './talk.ts';
import type { FormCode } from './vocabulary.ts';

interface Filling {
  service: Service;
  code: FormCode;
  answers: Answers;
  /** The number, when it is filed. */
  application?: string;
  /** Milliseconds since the epoch: conditions may ask how long ago a date is. */
  now: number;
}

/** The values by field. What was not asked, skipped or left for the counter is not among them. Private answers are. */
export function fillForm(filling: Filling): { [field: string]: FormValue } {
  const { service, code } = filling;
  const fields = [...fieldsOf(FORM_DEFINITIONS[code]).values()];
  const written = fields.flatMap((field) => {
    const given = service.forms[code]?.[field.id];
    const sources = given === undefined ? [] : [given].flat();
    const value = valueFor(field, sources.filter(applies(filling)), filling);
    return value === undefined ? [] : [[field.id, value] as const];
  });
  return Object.fromEntries(written);
}

function applies({ answers, now }: Filling): (source: FormSource) => boolean {
  return (source) => typeof source === 'string' || holds(source.when, answers, now);
}

function valueFor(field: Field, sources: FormSource[], filling: Filling): FormValue | undefined {
  if (field.kind === 'choice') {
    const ticks = sources.flatMap((source) => ticksOf(field, source, filling));
    return ticks.length > 0 ? [...new Set(ticks)] : undefined;
  }
  const known = field.kind === 'text' ? knownFor(field.from, filling) : undefined;
  return known ?? sources.map((source) => textOf(source, filling)).find((text) => text !== undefined);
}

function knownFor(from: 'service' | 'application' | undefined, filling: Filling): string | undefined {
  if (from === 'service') return filling.service.title.id;
  return from === 'application' ? filling.application : undefined;
}

/** An answer ticks the option of its own name; one that the form does not have ticks `lainnya`. */
function ticksOf(field: ChoiceField, source: FormSource, filling: Filling): string[] {
  if (typeof source === 'object' && 'tick' in source) return [source.tick];
  const { value } = answerTo(source, filling);
  const named = typeof value === 'boolean' ? yesNo(value) : value;
  if (typeof named !== 'string') return [];
  const option =
    field.options.find(({ id }) => id === named) ?? field.options.find(({ id }) => id === 'lainnya');
  return option === undefined ? [] : [option.id];
}

function textOf(source: FormSource, filling: Filling): string | undefined {
  if (typeof source === 'object' && 'tick' in source) return undefined;
  const { step, value } = answerTo(source, filling);
  if (typeof value === 'number') return String(value).replace('.', ',');
  if (typeof value === 'boolean') return value ? 'Ya' : 'Tidak';
  if (typeof value !== 'string') return undefined;
  return step?.ask === 'choice' ? step.options.find(({ id }) => id === value)?.label.id : value;
}

function yesNo(value: boolean): string {
  return value ? 'ya' : 'tidak';
}

function answerTo(
  source: Exclude<FormSource, { tick: string }>,
  { service, answers }: Filling,
): { step: Step | undefined; value: Json } {
  const id = typeof source === 'string' ? source : source.step;
  return { step: service.steps.find((step) => step.id === id), value: answers[id]?.v ?? null };
}
