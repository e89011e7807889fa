/** Reads a YAML file against a schema; every mistake is told with its place and how to mend it. */
import { type Document, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { createLocator, type Locator, type Path, type Place } from './yaml-file/positions.ts';
import { describeIssues } from './yaml-file/schema-faults.ts';
import { describeSyntax } from './yaml-file/syntax-faults.ts';

/** One mistake. `line` and `column` count from 1; `path` reads `services.akta.steps.2.text`, '' for the whole file. */
export interface Problem extends Place {
  file: string;
  path: string;
  /** What is wrong and how to mend it, in one line. */
  message: string;
}

/** `position` gives the place of a path in the file, or of its nearest ancestor that is there. */
export type YamlResult<T> = { ok: true; value: T; position: Locator } | { ok: false; problems: Problem[] };

/**
 * Parses `text` (YAML 1.2) and checks it with `schema`. All problems come at once, in the order of the file; when the
 * text is no YAML at all, only that is reported, since everything else would follow from it. `file` is only named.
 */
export function readYaml<T>(text: string, file: string, schema: z.ZodType<T>): YamlResult<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const position = createLocator(document, lines);
  const syntax = describeSyntax(document, lines).map((fault) => ({ ...fault, file }));
  if (syntax.some((fault) => fault.isFatal)) return { ok: false, problems: sortProblems(syntax) };

  const read = toData(document);
  if (!read.ok)
    return { ok: false, problems: [problemAt({ file, path: [], position, message: read.message })] };
  const parsed = schema.safeParse(read.data);
  if (parsed.success && syntax.length === 0) return { ok: true, value: parsed.data, position };

  const faults = parsed.success ? [] : describeIssues(schema, read.data, parsed.error.issues);
  const problems = faults.map((fault) => problemAt({ file, position, ...fault }));
  return { ok: false, problems: sortProblems([...syntax, ...problems]) };
}

/** A problem as found, by its path. */
export interface FoundProblem {
  file: string;
  path: Path;
  message: string;
  /** `key` points at the key itself. */
  part?: 'key' | 'value';
  position: Locator;
}

/** Places a problem that was found after reading (a rule that a schema cannot say). */
export function problemAt({ file, path, message, part, position }: FoundProblem): Problem {
  return { file, ...position(path, part), path: path.join('.'), message };
}

/** In the order of the file; of the same sentence at the same place, one. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const sorted = problems
    .map(({ file, line, column, path, message }) => ({ file, line, column, path, message }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
  return sorted.filter((problem, at) => !sorted.slice(0, at).some((other) => isSame(problem, other)));
}

/** One line each: `flows.yaml:12:7: services.akta.title: what is wrong`. */
export function formatProblems(problems: readonly Problem[]): string {
  return problems
    .map(
      ({ file, line, column, path, message }) =>
        `${file}:${line}:${column}: ${path ? `${path}: ` : ''}${message}`,
    )
    .join('\n');
}

/** The parser refuses files whose references multiply without end. */
function toData(document: Document): { ok: true; data: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, data: document.toJS() };
  } catch (error) {
    return { ok: false, message: `cannot be read: ${error instanceof Error ? error.message : error}` };
  }
}

function isSame(a: Problem, b: Problem): boolean {
  return a.line === b.line && a.column === b.column && a.message === b.message;
}
