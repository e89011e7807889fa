/** Words must be there for every code that the program uses, and for no other. */
import { suggest } from '../../yaml-file/did-you-mean.ts';
import type { Flows } from '../schema.ts';
import { QUIET_WARNINGS, REASONS, STATES, WARNINGS } from '../vocabulary.ts';
import type { Finding } from './finding.ts';

/** Missing and unknown codes in `errors`, `warnings` and `states`. */
export function checkVocabulary(flows: Flows): Finding[] {
  return [
    ...compare({ path: ['errors'], given: flows.errors, needed: Object.keys(REASONS) }),
    ...Object.entries(REASONS).flatMap(([kind, possible]) => {
      const given = flows.errors[kind];
      return given ? compare({ path: ['errors', kind], given, needed: ['default'], possible }) : [];
    }),
    ...compare({ path: ['warnings'], given: flows.warnings, needed: WARNINGS, possible: QUIET_WARNINGS }),
    ...compare({ path: ['states'], given: flows.states, needed: STATES }),
  ];
}

function compare(found: {
  path: string[];
  given: object;
  needed: readonly string[];
  possible?: readonly string[];
}): Finding[] {
  const { path, given, needed, possible = [] } = found;
  const known = [...needed, ...possible];
  const absent = needed.filter((name) => !Object.hasOwn(given, name));
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  return [
    ...absent.map((name) => ({ path, message: `"${name}" is missing; add ${name}: with its words` })),
    ...unknown.map((name) => ({
      path: [...path, name],
      part: 'key' as const,
      message: `nothing is called "${name}" here${suggest(name, absent.length > 0 ? absent : known)}`,
    })),
  ];
}
