/** `when` must ask about an earlier step, and for something that its answer can be. */
import { suggest } from '../../yaml-file/did-you-mean.ts';
import type { AnswerTest, Condition, Flows, Step } from '../schema.ts';
import type { Finding } from './finding.ts';

type Path = (string | number)[];

/** Every condition of a step or visit that could never be decided. */
export function checkConditions(flows: Flows): Finding[] {
  return Object.entries(flows.services).flatMap(([id, { steps, visit }]) => {
    const base = ['services', id];
    const ofSteps = steps.flatMap((step, at) =>
      inCondition({
        when: step.when,
        path: [...base, 'steps', at, 'when'],
        earlier: steps.slice(0, at),
        all: steps,
      }),
    );
    return [
      ...ofSteps,
      ...inCondition({ when: visit?.when, path: [...base, 'visit', 'when'], earlier: steps, all: steps }),
    ];
  });
}

/** Everything wrong in one condition; `earlier` are the steps that it may ask about. */
export function inCondition(found: {
  when: Condition | undefined;
  path: Path;
  earlier: Step[];
  all: Step[];
}): Finding[] {
  const { when, path, earlier, all } = found;
  return Object.entries(when ?? {}).flatMap(([name, test]): Finding[] => {
    const step = earlier.find(({ id }) => id === name);
    if (step) return inTest(test, step, [...path, name]);
    const message = all.some(({ id }) => id === name)
      ? `"${name}" is not asked before this step; move it up, or this one down`
      : `this service has no step "${name}"${suggest(
          name,
          earlier.map(({ id }) => id),
        )}`;
    return [{ path: [...path, name], part: 'key', message }];
  });
}

function inTest(test: AnswerTest, step: Step, path: Path): Finding[] {
  if (typeof test !== 'object') return inValue(test, step, path);
  if ('in' in test) return test.in.flatMap((value, at) => inValue(value, step, [...path, 'in', at]));
  if ('not' in test) return inValue(test.not, step, [...path, 'not']);
  if ('answered' in test || step.ask === 'date' || step.ask === 'nik') return [];
  const [key] = Object.keys(test);
  return [
    {
      path: [...path, String(key)],
      part: 'key',
      message: `only dates and NIKs have an age; "${step.id}" is ask: ${step.ask}`,
    },
  ];
}

function inValue(value: string | number | boolean, step: Step, path: Path): Finding[] {
  const message = misfit(value, step);
  return message === undefined ? [] : [{ path, message }];
}

function misfit(value: string | number | boolean, step: Step): string | undefined {
  const written = JSON.stringify(value);
  switch (step.ask) {
    case 'yes-no':
      return typeof value === 'boolean'
        ? undefined
        : `${written} is no answer of "${step.id}", which is ask: yes-no; write true or false`;
    case 'choice': {
      const ids = step.options.map(({ id }) => id);
      return ids.some((id) => id === value)
        ? undefined
        : `${written} is no option of "${step.id}"${suggest(String(value), ids)}`;
    }
    case 'number':
      return typeof value === 'number'
        ? undefined
        : `${written} is no answer of "${step.id}", which is ask: number; write a number without quotes`;
    case 'document':
    case 'location':
      return `"${step.id}" is ask: ${step.ask} and cannot be compared; write { answered: true } or { answered: false }`;
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(String(value))
        ? undefined
        : `${written} is no answer of "${step.id}", which is ask: date; write it as "2026-01-31"`;
    default:
      return typeof value === 'string'
        ? undefined
        : `${written} is no answer of "${step.id}", which is text; put it in quotes`;
  }
}
