/** Reads `flows.yaml` and `office.yaml` for the commands that need them. */
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { AppError } from '../errors.ts';
import { type LoadedFlows, loadFlows } from '../flows/load.ts';
import type { Flows } from '../flows/schema.ts';
import { loadOffice, type Office } from '../office.ts';
import { formatProblems } from '../yaml-file.ts';

/** The file's text. Throws AppError NOT_FOUND when it cannot be read. */
export function readTextFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : cause;
    throw new AppError('NOT_FOUND', { detail: `cannot read ${shortPath(file)} (${code})`, cause });
  }
}

/** As people write it: relative to where they are, when it lies below. */
export function shortPath(file: string): string {
  const short = relative(process.cwd(), file);
  return short.startsWith('..') || short === '' ? file : short;
}

/** Loads and checks. Throws AppError NOT_FOUND. */
export function loadFlowsFile(file: string): LoadedFlows {
  return loadFlows(readTextFile(file), shortPath(file));
}

/** The flows of a file that is right. Throws AppError FLOWS_INVALID with every problem otherwise. */
export function getFlows(file: string): Flows {
  const loaded = loadFlowsFile(file);
  if (!loaded.ok)
    throw new AppError('FLOWS_INVALID', { detail: `mend these first:\n${formatProblems(loaded.problems)}` });
  return loaded.flows;
}

/** The office of a file that is right. Throws AppError FLOWS_INVALID with every problem otherwise. */
export function getOffice(file: string): Office {
  const loaded = loadOffice(readTextFile(file), shortPath(file));
  if (!loaded.ok)
    throw new AppError('FLOWS_INVALID', { detail: `mend these first:\n${formatProblems(loaded.problems)}` });
  return loaded.office;
}

/** The time zone of `office.yaml`; undefined when there is none or it is wrong (flows check tells). */
export function findTimeZone(officeFile: string): string | undefined {
  if (!existsSync(officeFile)) return undefined;
  const loaded = loadOffice(readTextFile(officeFile), shortPath(officeFile));
  return loaded.ok ? loaded.office.timeZone : undefined;
}
