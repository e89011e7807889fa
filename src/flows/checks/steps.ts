/** What the parts of one step must agree on. */
import { suggest } from '../../yaml-file/did-you-mean.ts';
import { ELEMENT_ASKS } from '../readings.ts';
import { type Flows, LANGUAGES, type Service, type Step } from '../schema.ts';
import { READINGS } from '../vocabulary.ts';
import { type Finding, plainWord, repeated } from './finding.ts';

type Of<Ask extends Step['ask']> = Extract<Step, { ask: Ask }>;
type Reads = NonNullable<Of<'document'>['reads']>;

/** Everything in a step that contradicts itself or a step it names. */
export function checkSteps(flows: Flows): Finding[] {
  return Object.entries(flows.services).flatMap(([id, service]) =>
    service.steps.flatMap((step, at) =>
      inStep(step, service).map(({ path, ...rest }) => ({
        ...rest,
        path: ['services', id, 'steps', at, ...path],
      })),
    ),
  );
}

function inStep(step: Step, service: Service): Finding[] {
  switch (step.ask) {
    case 'nik':
      return [...agreesWith(step, service, 'birth'), ...agreesWith(step, service, 'sex')];
    case 'number':
      return step.min > step.max
        ? [{ path: ['max'], message: `is less than min (${step.min}); swap the two` }]
        : [];
    case 'text':
      return step.minLength > step.maxLength
        ? [{ path: ['maxLength'], message: `is less than minLength (${step.minLength}); swap the two` }]
        : [];
    case 'choice':
      return choiceFindings(step);
    case 'document':
      return step.reads ? readsFindings(step.reads, service) : [];
    default:
      return [];
  }
}

/** The kinds of step whose answers can be compared with what a NIK says. */
const AGREES = { birth: 'date', sex: 'choice' } as const;

function agreesWith(step: Of<'nik'>, service: Service, what: keyof typeof AGREES): Finding[] {
  const name = step.agrees?.[what];
  if (name === undefined) return [];
  const path = ['agrees', what];
  const fitting = service.steps.filter(({ ask }) => ask === AGREES[what]).map(({ id }) => id);
  const other = service.steps.find(({ id }) => id === name);
  if (!other) return [{ path, message: `this service has no step "${name}"${suggest(name, fitting)}` }];
  if (other.ask === AGREES[what]) return [];
  return [
    {
      path,
      message: `"${name}" is ask: ${other.ask}, but ${what} is compared with ask: ${AGREES[what]}${suggest('', fitting)}`,
    },
  ];
}

/** What is read must be an element of the kind of document, and answer a step of a fitting kind. */
function readsFindings({ kind, fields }: Reads, { steps }: Service): Finding[] {
  const elements: readonly string[] = READINGS[kind];
  return Object.entries(fields).flatMap(([element, name]): Finding[] => {
    const path = ['reads', 'fields', element];
    if (!elements.includes(element)) {
      const message = `nothing called "${element}" is read off a ${kind}${suggest(element, elements)}`;
      return [{ path, part: 'key', message }];
    }
    const ask = ELEMENT_ASKS[element as keyof typeof ELEMENT_ASKS];
    const fitting = steps.filter((step) => step.ask === ask).map(({ id }) => id);
    const step = steps.find(({ id }) => id === name);
    if (!step) return [{ path, message: `this service has no step "${name}"${suggest(name, fitting)}` }];
    if (step.ask === ask) return [];
    const message = `"${name}" is ask: ${step.ask}, but ${element} answers ask: ${ask}${suggest('', fitting)}`;
    return [{ path, message }];
  });
}

function choiceFindings({ options }: Of<'choice'>): Finding[] {
  const ids = options.map((option, at) => ({ name: option.id, path: ['options', at, 'id'] }));
  const words = options.flatMap((option, at) => {
    const own = [
      ...LANGUAGES.map((language) => ({
        word: option.label[language],
        path: ['options', at, 'label', language],
      })),
      ...option.words.map((word, wordAt) => ({ word, path: ['options', at, 'words', wordAt] })),
    ].map(({ word, path }) => ({ name: plainWord(word), path }));
    // Saying the same of one option twice does no harm: only the first counts against other options.
    return own.filter(({ name }, first) => own.findIndex((other) => other.name === name) === first);
  });
  return [
    ...repeated(ids, (id) => `two options are called "${id}"; rename one`),
    ...repeated(
      words,
      (word, first) => `"${word}" means another option too (${first}); people could not choose by it`,
    ),
  ];
}
