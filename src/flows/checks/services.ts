/** What each kind of service needs to work. */
import type { Flows, Service, Step } from '../schema.ts';
import type { Finding } from './finding.ts';

/** Everything a service lacks for its outcome, or has without effect. */
export function checkServices(flows: Flows): Finding[] {
  return Object.entries(flows.services).flatMap(([id, service]) =>
    OUTCOMES[service.outcome](service).map(({ path, ...rest }) => ({
      ...rest,
      path: ['services', id, ...path],
    })),
  );
}

const OUTCOMES: Readonly<Record<Service['outcome'], (service: Service) => Finding[]>> = {
  application: (service) => [
    ...lacks(
      service.code,
      'code',
      'outcome application needs a code, two capital letters that begin its numbers; add for example code: KL',
    ),
    ...lacks(
      service.promise,
      'promise',
      'outcome application needs a promise, the working days it takes; add for example promise: P1D',
    ),
    ...lacks(
      service.steps[0],
      'steps',
      'outcome application needs at least one step; add one, or make it outcome: answer',
    ),
    ...(service.mode === 'information'
      ? [
          {
            path: ['mode'],
            message: 'a service that files applications is not mode information; write online or appointment',
          },
        ]
      : []),
  ],
  status: (service) => [
    ...statusStep(service, 'nomor', 'application-number'),
    ...statusStep(service, 'pin', 'pin'),
  ],
  answer: (service) => [
    ...lacks(
      service.intro,
      'intro',
      'outcome answer says its intro and nothing else; add intro: { id: "...", en: "..." }',
    ),
    ...(service.steps.length > 0
      ? [
          {
            path: ['steps'],
            part: 'key' as const,
            message: 'outcome answer asks nothing; remove the steps or change the outcome',
          },
        ]
      : []),
  ],
};

function lacks(value: unknown, key: string, message: string): Finding[] {
  return value === undefined ? [{ path: [key], message }] : [];
}

function statusStep(service: Service, id: string, format: string): Finding[] {
  const at = service.steps.findIndex((step: Step) => step.id === id);
  const step = service.steps[at];
  const wanted = `{ id: ${id}, ask: text, format: ${format}, ... }`;
  if (!step)
    return [
      { path: ['steps'], part: 'key', message: `outcome status looks up by the step "${id}"; add ${wanted}` },
    ];
  if (step.ask === 'text' && step.format === format) return [];
  return [{ path: ['steps', at, 'ask'], message: `outcome status needs this step as ${wanted}` }];
}
