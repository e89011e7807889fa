/** `forms` must name fields that the form has, steps that the service has, and answers that fit the field. */
import { suggest } from '../../yaml-file/did-you-mean.ts';
import { type ChoiceField, type Field, fieldsOf } from '../forms/form.ts';
import { FORM_DEFINITIONS } from '../forms.ts';
import type { Flows, FormSource, Service, Step, StepType } from '../schema.ts';
import type { FormCode } from '../vocabulary.ts';
import { inCondition } from './conditions.ts';
import type { Finding } from './finding.ts';

type Path = (string | number)[];

/** Everything in the `forms` of services that could never be printed. */
export function checkForms(flows: Flows): Finding[] {
  return Object.entries(flows.services).flatMap(([id, service]) =>
    Object.entries(service.forms).flatMap(([code, mapping]) => {
      const fields = fieldsOf(FORM_DEFINITIONS[code as FormCode]);
      return Object.entries(mapping).flatMap(([name, given]) =>
        inField({ service, field: fields.get(name), known: [...fields.keys()] }, given, [
          'services',
          id,
          'forms',
          code,
          name,
        ]),
      );
    }),
  );
}

interface Where {
  service: Service;
  field: Field | undefined;
  known: string[];
}

function inField({ service, field, known }: Where, given: FormSource | FormSource[], path: Path): Finding[] {
  if (!field) {
    const [name, code] = [String(path.at(-1)), String(path.at(-2))];
    return [{ path, part: 'key', message: `${code} has no field "${name}"${suggest(name, known)}` }];
  }
  if (!Array.isArray(given)) return inSource(field, given, service, path);
  return given.flatMap((source, at) => inSource(field, source, service, [...path, at]));
}

function inSource(field: Field, source: FormSource, service: Service, path: Path): Finding[] {
  if (typeof source === 'string') return inStep(field, source, service, path);
  const { steps } = service;
  const when = inCondition({ when: source.when, path: [...path, 'when'], earlier: steps, all: steps });
  const own =
    'tick' in source
      ? inTick(field, source.tick, [...path, 'tick'])
      : inStep(field, source.step, service, [...path, 'step']);
  return [...own, ...when];
}

function inTick(field: Field, tick: string, path: Path): Finding[] {
  if (field.kind !== 'choice')
    return [{ path, message: `"${field.id}" has nothing to tick; name a step instead` }];
  const ids = field.options.map(({ id }) => id);
  if (ids.includes(tick)) return [];
  return [{ path, message: `"${field.id}" has no option "${tick}"${suggest(tick, ids)}` }];
}

/** Which kinds of question fill which kind of field; texts take any that can be written. */
const FITTING: Readonly<Record<Exclude<Field['kind'], 'text'>, readonly StepType[]>> = {
  digits: ['nik', 'kk', 'phone', 'number'],
  date: ['date'],
  time: ['time'],
  choice: ['choice', 'yes-no'],
};
const UNWRITABLE: readonly StepType[] = ['document', 'location'];

function inStep(field: Field, name: string, service: Service, path: Path): Finding[] {
  const fits = ({ ask }: Step) =>
    field.kind === 'text' ? !UNWRITABLE.includes(ask) : FITTING[field.kind].includes(ask);
  const step = service.steps.find(({ id }) => id === name);
  const fitting = service.steps.filter(fits).map(({ id }) => id);
  if (!step) return [{ path, message: `this service has no step "${name}"${suggest(name, fitting)}` }];
  if (!fits(step))
    return [
      {
        path,
        message: `"${name}" is ask: ${step.ask}, which the field "${field.id}" cannot hold${suggest('', fitting)}`,
      },
    ];
  return field.kind === 'choice' ? inOptions(field, step, path) : [];
}

/** Each answer must have its box: one of the same name, or `lainnya`. */
function inOptions({ id, options }: ChoiceField, step: Step, path: Path): Finding[] {
  const boxes = options.map((option) => option.id);
  const answers = step.ask === 'choice' ? step.options.map((option) => option.id) : ['ya', 'tidak'];
  if (boxes.includes('lainnya')) return [];
  return answers
    .filter((answer) => !boxes.includes(answer))
    .map((answer) => ({
      path,
      message: `"${id}" has no box for the answer "${answer}" of "${step.id}"; write { tick: ..., when: { ${step.id}: ${answer} } } for each answer`,
    }));
}
