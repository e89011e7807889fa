/** The results as a page of Markdown and as files. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { type Finding, isMet } from './measure.ts';

export interface Result {
  measure: string;
  title: string;
  at: string;
  machine: string;
  findings: Finding[];
}

/** Where and with what it was measured: ratios hold, absolute figures only here. */
export function machineWords(): string {
  const { model = 'unknown processor' } = cpus()[0] ?? {};
  const sqlite = process.versions.sqlite ?? '';
  return `${cpus().length} cores (${model.trim()}), ${process.platform}, Node ${process.versions.node}, SQLite ${sqlite}`;
}

/** One measure as a section. */
export function sectionOf({ title, at, machine, findings }: Result): string {
  const rows = findings.map(
    (finding) =>
      `| ${finding.what} | ${figure(finding.value)} ${finding.unit} | ${aimWords(finding)} | ${finding.detail} |`,
  );
  return [
    `## ${title}`,
    '',
    `${at.slice(0, 16)}Z, ${machine}`,
    '',
    '| | found | aim | how |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** Writes `<measure>.json` and, from the last result of every measure, `latest.md`. */
export function writeResults(dir: string, results: Result[], order: readonly string[]): void {
  for (const result of results)
    writeFileSync(join(dir, `${result.measure}.json`), `${JSON.stringify(result, null, 2)}\n`);
  const sections = order.flatMap((name) => readResult(dir, name)).map(sectionOf);
  const head = `# Benchmark results\n\nWritten by \`npm run bench\`; docs/performance.md says what each line means.\n`;
  writeFileSync(join(dir, 'latest.md'), [head, ...sections].join('\n'));
}

function readResult(dir: string, name: string): Result[] {
  try {
    return [JSON.parse(readFileSync(join(dir, `${name}.json`), 'utf8')) as Result];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function aimWords(finding: Finding): string {
  const { aim } = finding;
  if (!aim) return '';
  const words = 'atLeast' in aim ? `>= ${aim.atLeast}` : `<= ${aim.atMost}`;
  return isMet(finding) ? `${words}, met` : `${words}, **missed**`;
}

function figure(value: number): string {
  if (Math.abs(value) >= 100) return String(Math.round(value));
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
