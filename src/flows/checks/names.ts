/** Names that must be unlike each other: steps, codes, menu words, services against FAQ, and what people write. */
import { type Flows, LANGUAGES } from '../schema.ts';
import { RESERVED } from '../vocabulary.ts';
import { type Finding, type Named, plainWord, repeated } from './finding.ts';

/** The menu answers to one digit; 0 is the operator. */
const MENU_MAX = 9;

/** Everything that is called like something else. */
export function checkNames(flows: Flows): Finding[] {
  const services = Object.entries(flows.services);
  return [
    ...services.flatMap(([id, { steps }]) =>
      repeated(
        steps.map((step, at) => ({ name: step.id, path: ['services', id, 'steps', at, 'id'] })),
        (name) => `the service has two steps "${name}"; rename one, also where "when" refers to it`,
      ),
    ),
    ...repeated(
      services.flatMap(([id, { code }]): Named[] =>
        code ? [{ name: code, path: ['services', id, 'code'] }] : [],
      ),
      (code, first) => `the code ${code} belongs to ${first}; give each service its own two letters`,
    ),
    ...menuFindings(flows),
    ...reservedNames(flows),
    ...exampleFindings(flows),
  ];
}

function menuFindings(flows: Flows): Finding[] {
  const entries = Object.entries(flows.services).flatMap(([id, { menu }]) => (menu ? [{ id, menu }] : []));
  const tooMany = entries.slice(MENU_MAX).map(({ id }) => ({
    path: ['services', id, 'menu'],
    part: 'key' as const,
    message: `the menu has room for ${MENU_MAX} services; take "menu" from one that people rarely ask for`,
  }));
  const same = LANGUAGES.flatMap((language) =>
    repeated(
      entries.map(({ id, menu }) => ({
        name: plainWord(menu[language]),
        path: ['services', id, 'menu', language],
      })),
      (word, first) => `the menu says "${word}" already at ${first}; choose another word`,
    ),
  );
  return [...tooMany, ...same];
}

function reservedNames(flows: Flows): Finding[] {
  const services = Object.keys(flows.services).map((name) => ({ name, path: ['services', name] }));
  const faq = Object.keys(flows.faq).map((name) => ({ name, path: ['faq', name] }));
  const reserved = [...services, ...faq].filter(({ name }) => RESERVED.some((word) => word === name));
  const both = faq.filter(({ name }) => Object.hasOwn(flows.services, name));
  return [
    ...reserved.map(({ name, path }) => ({
      path,
      part: 'key' as const,
      message: `"${name}" is a name of Loket's own; choose another, for example "${name}-layanan"`,
    })),
    ...both.map(({ name, path }) => ({
      path,
      part: 'key' as const,
      message: `a service is called "${name}" too; rename one of the two`,
    })),
  ];
}

function exampleFindings(flows: Flows): Finding[] {
  const topics = [
    ...Object.entries(flows.services).map(([id, { examples }]) => ({
      path: ['services', id, 'examples'],
      examples,
    })),
    ...Object.entries(flows.faq).map(([id, { examples }]) => ({ path: ['faq', id, 'examples'], examples })),
  ];
  return repeated(
    topics.flatMap(({ path, examples }) =>
      examples.map((example, at) => ({ name: plainWord(example), path: [...path, at] })),
    ),
    (example, first) => `the example "${example}" stands already at ${first}; it can mean one thing only`,
  );
}
