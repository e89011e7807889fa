/** The two files of the office, read and checked. */
import { readFileSync } from 'node:fs';
import type { Config } from './config.ts';
import { AppError } from './errors.ts';
import { loadFlows } from './flows/load.ts';
import type { Flows } from './flows/schema.ts';
import { crossCheck } from './office/cross-checks.ts';
import { type LoadedOffice, loadOffice, type Office } from './office.ts';
import { loadRegions } from './regions.ts';
import { formatProblems, type Problem } from './yaml-file.ts';

/** Throws AppError FLOWS_INVALID with every problem, its line and repair; CONFIG_INVALID when it cannot be read. */
export function readFlows({ flowsFile }: Pick<Config, 'flowsFile'>): Flows {
  const loaded = loadFlows(readText(flowsFile, 'FLOWS_FILE'), flowsFile);
  if (loaded.ok) return loaded.flows;
  throw new AppError('FLOWS_INVALID', {
    detail: `mend these and start again:\n${formatProblems(loaded.problems)}`,
  });
}

/**
 * With `flows` also what shows only beside them is checked. Throws AppError CONFIG_INVALID with every problem, its line and
 * repair, or when it cannot be read.
 */
export function readOffice({ officeFile }: Pick<Config, 'officeFile'>, flows?: Flows): Office {
  const loaded = loadOffice(readText(officeFile, 'OFFICE_FILE'), officeFile);
  const problems = loaded.ok ? crossProblems(loaded, officeFile, flows) : loaded.problems;
  if (loaded.ok && problems.length === 0) return loaded.office;
  throw new AppError('CONFIG_INVALID', {
    detail: `mend these and start again:\n${formatProblems(problems)}`,
  });
}

function crossProblems(loaded: Extract<LoadedOffice, { ok: true }>, file: string, flows?: Flows): Problem[] {
  return flows ? crossCheck(loaded, file, { services: Object.keys(flows.services), loadRegions }) : [];
}

function readText(file: string, variable: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new AppError('CONFIG_INVALID', { detail: `${file} cannot be read; ${variable} names it`, cause });
  }
}
