/** `loket flows graph`: the conversation as a Mermaid state diagram, from the data of `flows.yaml`. */
import type { AnswerTest, Condition, Flows, Service, Step } from '../flows/schema.ts';
import { type Io, print } from './io.ts';

/** Writes `stateDiagram-v2`: idle, one composite state a service with its steps, the visit, the handoff. */
export function runFlowsGraph(flows: Flows, io: Io): void {
  const services = Object.entries(flows.services);
  const lines = [
    'stateDiagram-v2',
    '  state "menu" as idle',
    '  state "with an operator" as handoff',
    '  state "visit: offer, choose, book" as visit',
    '  [*] --> idle',
    '  idle --> handoff: PETUGAS',
    '  handoff --> idle: resolved',
    '  visit --> idle: booked',
    ...services.flatMap(([id, service]) => serviceLines(nameOf(id), service)),
  ];
  print(io.output, lines.join('\n'));
}

function serviceLines(name: string, service: Service): string[] {
  const title = quoted(service.title.id);
  if (service.outcome === 'answer') return [`  idle --> idle: ${plain(service.title.id)}`];
  const end = service.outcome === 'status' ? 'lookup' : 'confirm';
  const first = service.outcome === 'application' ? 'consent' : 'next';
  return [
    `  state ${title} as ${name} {`,
    `    [*] --> ${name}_${first}`,
    `    state "${first}" as ${name}_${first}`,
    ...service.steps.map(
      (step) =>
        `    state ${quoted(`${step.id}: ${step.ask}${step.optional ? ', optional' : ''}`)} as ${name}_${step.id}`,
    ),
    `    state "${end}" as ${name}_${end}`,
    ...edges(name, service.steps, { first, end }).map((edge) => `    ${edge}`),
    ...(end === 'confirm'
      ? [`    ${name}_confirm --> ${name}_filing: YA`, `    state "filing" as ${name}_filing`]
      : []),
    '  }',
    `  idle --> ${name}`,
    `  ${name} --> ${service.outcome === 'application' && service.visit ? 'visit' : 'idle'}${labelOf(service.visit?.when)}`,
  ];
}

/** From each place to every step that may come next: the conditional ones, up to the first that is always asked. */
function edges(name: string, steps: readonly Step[], ends: { first: string; end: string }): string[] {
  const places = [ends.first, ...steps.map(({ id }) => id)];
  return places.flatMap((place, at) => {
    const later = steps.slice(at);
    const sure = later.findIndex(({ when }) => when === undefined);
    const next = sure === -1 ? later : later.slice(0, sure + 1);
    return [
      ...next.map((step) => `${name}_${place} --> ${name}_${step.id}${labelOf(step.when)}`),
      ...(sure === -1 ? [`${name}_${place} --> ${name}_${ends.end}`] : []),
    ];
  });
}

function labelOf(condition: Condition | undefined): string {
  const tests = Object.entries(condition ?? {}).map(([step, test]) => `${step} ${testOf(test)}`);
  return tests.length > 0 ? `: ${plain(tests.join(', '))}` : '';
}

function testOf(test: AnswerTest): string {
  if (typeof test !== 'object') return `= ${test}`;
  if ('in' in test) return `in ${test.in.join(' / ')}`;
  if ('not' in test) return `not ${test.not}`;
  if ('answered' in test) return test.answered ? 'answered' : 'not answered';
  return 'olderThan' in test ? `older than ${test.olderThan}` : `younger than ${test.youngerThan}`;
}

/** Mermaid's own signs would end a label. */
function plain(text: string): string {
  return text
    .replace(/[;{}#"\n]/g, ' ')
    .replaceAll(':', ' -')
    .trim();
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', "'")}"`;
}

function nameOf(id: string): string {
  return id.replaceAll('-', '_');
}
