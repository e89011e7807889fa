/** Every text of `flows.yaml` with its path: for checks, costs and reviews. */
import type { Flows, Service, Text } from './schema.ts';

type Path = readonly (string | number)[];

/** All texts that are said, in the order of the file's parts. */
export function allTexts(flows: Flows): { path: Path; text: Text }[] {
  return [
    ...Object.entries(flows.texts).map(([key, text]) => ({ path: ['texts', key], text })),
    ...Object.entries(flows.errors).flatMap(([kind, reasons]) =>
      Object.entries(reasons).map(([reason, text]) => ({ path: ['errors', kind, reason], text })),
    ),
    ...Object.entries(flows.warnings).map(([code, text]) => ({ path: ['warnings', code], text })),
    ...Object.entries(flows.services).flatMap(([id, service]) => serviceTexts(id, service)),
    ...Object.entries(flows.faq).flatMap(([id, { answer, kiosk }]) => [
      { path: ['faq', id, 'answer'], text: answer },
      ...(kiosk ? [{ path: ['faq', id, 'kiosk'], text: kiosk }] : []),
    ]),
  ];
}

/** All names that are put into texts: labels, states, titles, options. */
export function allWords(flows: Flows): { path: Path; words: { id: string; en: string } }[] {
  return [
    ...Object.entries(flows.labels).map(([key, words]) => ({ path: ['labels', key], words })),
    ...Object.entries(flows.states).map(([state, words]) => ({ path: ['states', state], words })),
    ...Object.entries(flows.services).flatMap(([id, service]) => serviceWords(id, service)),
  ];
}

function serviceTexts(id: string, service: Service): { path: Path; text: Text }[] {
  const { requirements, intro, bring } = service;
  const own = Object.entries({ requirements, intro, bring }).flatMap(([key, text]) =>
    text ? [{ path: ['services', id, key], text }] : [],
  );
  return [
    ...own,
    ...service.steps.map(({ text }, at) => ({ path: ['services', id, 'steps', at, 'text'], text })),
  ];
}

function serviceWords(id: string, service: Service): { path: Path; words: { id: string; en: string } }[] {
  const base = ['services', id];
  return [
    { path: [...base, 'title'], words: service.title },
    ...(service.menu ? [{ path: [...base, 'menu'], words: service.menu }] : []),
    ...(service.result ? [{ path: [...base, 'result', 'document'], words: service.result.document }] : []),
    ...service.steps.flatMap((step, at) => {
      const path = [...base, 'steps', at];
      const options = step.ask === 'choice' ? step.options : [];
      const labels = options.map(({ label }, option) => ({
        path: [...path, 'options', option, 'label'],
        words: label,
      }));
      return [{ path: [...path, 'label'], words: step.label }, ...labels];
    }),
  ];
}
