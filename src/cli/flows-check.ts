/** `loket flows check`: every mistake with its place, then what each text costs as an SMS. */
import { existsSync } from 'node:fs';
import type { Flows } from '../flows/schema.ts';
import { crossCheck, type Outside } from '../office/cross-checks.ts';
import { type LoadedOffice, loadOffice } from '../office.ts';
import { loadRegions } from '../regions.ts';
import { brokenPromise } from '../retention/rules.ts';
import { formatProblems, type Problem, problemAt, sortProblems } from '../yaml-file.ts';
import { loadFlowsFile, readTextFile, shortPath } from './flows-file.ts';
import { formatTable, type Io, print } from './io.ts';
import { faultOf, measureTexts, type SmsCost } from './sms-cost.ts';

/**
 * Problems and the table go to `output`. True when nothing is wrong. `officeFile` is checked too when it is given and
 * there. Throws AppError NOT_FOUND when `flowsFile` cannot be read.
 */
export function runFlowsCheck(
  files: { flowsFile: string; officeFile?: string | undefined },
  io: Io,
): boolean {
  const loaded = loadFlowsFile(files.flowsFile);
  const read = files.officeFile === undefined ? undefined : readOfficeFile(files.officeFile);
  const office = read?.ok === false ? read.problems : [];
  if (!loaded.ok) return report([...loaded.problems, ...office], io);

  const costs = measureTexts(loaded.flows);
  const file = shortPath(files.flowsFile);
  const dear = costs.flatMap((cost) => {
    const message = faultOf(cost);
    const path = cost.form === 'sms' ? [...cost.path, 'sms', cost.language] : [...cost.path, cost.language];
    return message === undefined ? [] : [problemAt({ file, path, message, position: loaded.position })];
  });
  const broken = read?.ok ? brokenPromise(read.office.retention, loaded.flows.privacy) : undefined;
  if (broken !== undefined) {
    const path = ['privacy', 'retentionDays'];
    office.push(problemAt({ file, path, message: broken, position: loaded.position }));
  }
  if (read?.ok && files.officeFile !== undefined)
    office.push(...crossCheck(read, shortPath(files.officeFile), outside(loaded.flows)));
  print(io.output, formatTable([['text', 'form', 'id', 'en'], ...rowsOf(costs)]));
  return report([...sortProblems(dear), ...office], io);
}

function outside(flows: Flows): Outside {
  return { services: Object.keys(flows.services), loadRegions };
}

function readOfficeFile(file: string): LoadedOffice | undefined {
  return existsSync(file) ? loadOffice(readTextFile(file), shortPath(file)) : undefined;
}

function report(problems: readonly Problem[], io: Io): boolean {
  if (problems.length > 0) print(io.output, formatProblems(problems));
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  print(io.errors, problems.length === 0 ? 'No problems.' : `${count}: nothing runs before they are mended.`);
  return problems.length === 0;
}

/** One row a text, its languages side by side. */
function rowsOf(costs: readonly SmsCost[]): string[][] {
  const rows = Map.groupBy(costs, ({ path }) => path.join('.'));
  return [...rows].map(([path, [first, second]]) => [path, first?.form ?? '', cell(first), cell(second)]);
}

/** `2 (180)`: segments and septets; with + when values of any length come on top, with ! when it is too dear. */
function cell(cost: SmsCost | undefined): string {
  if (!cost) return '';
  return `${cost.segments}${cost.isOpen ? '+' : ''} (${cost.units})${faultOf(cost) === undefined ? '' : ' !'}`;
}
