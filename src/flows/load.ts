/** From the text of `flows.yaml` to flows that make sense, or to everything that is wrong with them. */
import { type Problem, problemAt, readYaml, sortProblems, type YamlResult } from '../yaml-file.ts';
import { checkCommands } from './checks/commands.ts';
import { checkConditions } from './checks/conditions.ts';
import type { Finding } from './checks/finding.ts';
import { checkForms } from './checks/forms.ts';
import { checkNames } from './checks/names.ts';
import { checkServices } from './checks/services.ts';
import { checkSteps } from './checks/steps.ts';
import { checkTexts } from './checks/texts.ts';
import { checkVocabulary } from './checks/vocabulary.ts';
import { type Flows, flowsSchema } from './schema.ts';

/** `position` gives line and column of a path, for remarks of later checks. */
export type LoadedFlows =
  | { ok: true; flows: Flows; position: Extract<YamlResult<Flows>, { ok: true }>['position'] }
  | { ok: false; problems: Problem[] };

/** What must hold beyond the shape; each looks at one concern and returns all it finds. */
const CHECKS: readonly ((flows: Flows) => Finding[])[] = [
  checkNames,
  checkServices,
  checkSteps,
  checkConditions,
  checkForms,
  checkTexts,
  checkVocabulary,
  checkCommands,
];

/**
 * Reads and checks `flows.yaml`. Every problem has its place and says how to mend it. Mistakes of shape come first:
 * the meaning is judged once the shape is right. `file` is only named; reading it is the caller's.
 */
export function loadFlows(text: string, file: string): LoadedFlows {
  const read = readYaml(text, file, flowsSchema);
  if (!read.ok) return read;
  const { value: flows, position } = read;
  const problems = CHECKS.flatMap((check) => check(flows)).map((finding) =>
    problemAt({ file, position, ...finding }),
  );
  return problems.length > 0
    ? { ok: false, problems: sortProblems(problems) }
    : { ok: true, flows, position };
}
