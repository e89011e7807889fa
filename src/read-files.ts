/** The two files of the office, read and checked. */
import { readFileSync } from 'node:fs';
import type { Config } from './config.ts';
import { AppError } from './errors.ts';
import { loadFlows } from './flows/load.ts';
import type { Flows } from './flows/schema.ts';
import { loadOffice, type Office } from './office.ts';
import { formatProblems } from './yaml-file.ts';

/** Throws AppError FLOWS_INVALID with every problem, its line and repair; CONFIG_INVALID when it cannot be read. */
export function readFlows({ flowsFile }: Pick<Config, 'flowsFile'>): Flows {
  const loaded = loadFlows(readText(flowsFile, 'FLOWS_FILE'), flowsFile);
  if (loaded.ok) return loaded.flows;
  throw new AppError('FLOWS_INVALID', {
    detail: `mend these and start again:\n${formatProblems(loaded.problems)}`,
  });
}

/** Throws AppError CONFIG_INVALID with every problem, its line and repair, or when it cannot be read. */
export function readOffice({ officeFile }: Pick<Config, 'officeFile'>): Office {
  const loaded = loadOffice(readText(officeFile, 'OFFICE_FILE'), officeFile);
  if (loaded.ok) return loaded.office;
  throw new AppError('CONFIG_INVALID', {
    detail: `mend these and start again:\n${formatProblems(loaded.problems)}`,
  });
}

function readText(file: string, variable: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new AppError('CONFIG_INVALID', { detail: `${file} cannot be read; ${variable} names it`, cause });
  }
}
