/** Zod's issues in words for the person who edits the file. */
import type { z } from 'zod';
import { nearest, suggest } from './did-you-mean.ts';
import type { Path } from './positions.ts';
import { keysAt, ownersOf, valueAt } from './schema-tree.ts';

type Issue = z.core.$ZodIssue;

export interface SchemaFault {
  path: Path;
  message: string;
  part?: 'key' | 'value';
}

interface Source {
  schema: z.core.$ZodType;
  data: unknown;
}

/** One fault or more for each issue; a key that is both missing and misspelt is one fault. */
export function describeIssues(
  schema: z.core.$ZodType,
  data: unknown,
  issues: readonly Issue[],
): SchemaFault[] {
  const source = { schema, data };
  const faults = issues.flatMap((issue) => describe(source, issue));
  const meant = new Set(faults.flatMap((fault) => (fault.meant ? [JSON.stringify(fault.meant)] : [])));
  return faults.filter(({ path, isMissing }) => !(isMissing && meant.has(JSON.stringify(path))));
}

interface Described extends SchemaFault {
  isMissing?: boolean;
  /** The path that was probably meant by a misspelt one. */
  meant?: Path;
}

function describe(source: Source, issue: Issue): Described[] {
  const { path } = issue;
  const value = valueAt(source.data, path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(source, path, key));
  if (value === undefined || (value === null && path.length === 0)) return [missing(source, issue)];
  switch (issue.code) {
    case 'invalid_type':
      return [{ path, message: wrongType([issue.expected], value) }];
    case 'invalid_value':
      return [
        {
          path,
          message: `${show(value)} is not possible here${suggest(String(value), issue.values.map(String))}`,
        },
      ];
    case 'invalid_union':
      return union(source, issue, value);
    case 'invalid_key':
      return [{ path, part: 'key', message: badKey(issue) }];
    case 'too_small':
    case 'too_big':
      return [{ path, message: wrongSize(issue) }];
    default:
      return [{ path, message: isOwnWords(issue) ? issue.message : badFormat(issue, value) }];
  }
}

function unknownKey({ schema, data }: Source, path: Path, key: string): Described {
  const known = keysAt(schema, data, path);
  const present = Object.keys(valueAt(data, path) as object);
  const owners = ownersOf(schema, data, path, key);
  const absent = known.filter((name) => !present.includes(name));
  // `id:a` without a space is one word to YAML.
  const [name = key, glued] = key.split(':');
  const meant = owners.length > 0 ? undefined : nearest(name, absent);
  return {
    path: [...path, key],
    part: 'key',
    message: `unknown key "${key}"${glued === undefined ? keyHint({ key, known, owners, meant }) : '; write a space after the colon'}`,
    ...(meant !== undefined && { meant: [...path, meant] }),
  };
}

function keyHint(found: {
  key: string;
  known: string[];
  owners: string[];
  meant: string | undefined;
}): string {
  const { key, known, owners, meant } = found;
  if (owners.length > 0) return `; it belongs to ${owners.join(', ')}`;
  return suggest(key, meant === undefined ? known : [meant]);
}

function missing({ data }: Source, issue: Issue): Described {
  const name = String(issue.path.at(-1) ?? '');
  if (issue.path.length === 0) return { path: [], message: 'the file is empty' };
  const siblings = Object.keys((valueAt(data, issue.path.slice(0, -1)) as object | undefined) ?? {});
  const written = nearest(name, siblings);
  const values = issue.code === 'invalid_union' || issue.code === 'invalid_value' ? oneOf(issue) : '';
  const hint = written === undefined ? '' : `; is "${written}" meant to be it?`;
  return { path: issue.path, message: `"${name}" is missing${values}${hint}`, isMissing: true };
}

function oneOf(issue: Issue): string {
  if (issue.code === 'invalid_value') return `; it is one of ${issue.values.join(', ')}`;
  if (issue.code === 'invalid_union' && 'options' in issue)
    return `; it is one of ${issue.options?.join(', ')}`;
  return '';
}

/** Speaks of the variant that the author most likely meant. */
function union(source: Source, issue: z.core.$ZodIssueInvalidUnion, value: unknown): Described[] {
  const { path } = issue;
  if ('options' in issue && issue.options) {
    return [
      {
        path,
        message: `${show(value)} is not possible here${suggest(String(value), issue.options.map(String))}`,
      },
    ];
  }
  const keys = keysAt(source.schema, source.data, path);
  const wanted = typesOf(issue);
  if (!isObject(value))
    return [
      {
        path,
        message: wrongType(keys.length > 0 ? [...wanted, `{ ${keys.join(' or ')}: ... }`] : wanted, value),
      },
    ];
  const likely = issue.errors
    .filter(
      (errors) =>
        errors.some((error) => error.path.length > 0) ||
        errors.every((error) => error.code === 'unrecognized_keys'),
    )
    .filter(
      (errors) =>
        !errors.some((error) => error.path.length === 1 && valueAt(value, error.path) === undefined),
    )
    .at(0);
  if (likely)
    return likely.flatMap((error) => describe(source, { ...error, path: [...path, ...error.path] }));
  const [written] = Object.keys(value).filter((key) => !keys.includes(key));
  if (written === undefined) return [{ path, message: `needs exactly one of ${keys.join(', ')}` }];
  return [
    { path: [...path, written], part: 'key', message: `unknown key "${written}"${suggest(written, keys)}` },
  ];
}

/** The plain types that a union takes at its own level. */
function typesOf(issue: z.core.$ZodIssueInvalidUnion): string[] {
  const found = issue.errors.flat().flatMap((error): string[] => {
    if (error.path.length > 0) return [];
    if (error.code === 'invalid_type') return [error.expected];
    return error.code === 'invalid_union' ? typesOf(error) : [];
  });
  return [...new Set(found)].filter((type) => type !== 'object');
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list ([...] or lines that begin with -)',
  object: 'keys with values',
  record: 'keys with values',
};

function wrongType(expected: readonly string[], value: unknown): string {
  const wanted = expected.map((type) => TYPES[type] ?? type).join(' or ');
  if (value === null) return `is empty; it must be ${wanted}`;
  const isUnquoted = expected.includes('string') && (typeof value === 'number' || typeof value === 'boolean');
  return `must be ${wanted}, not ${show(value)}${isUnquoted ? `; put it in quotes: "${value}"` : ''}`;
}

function wrongSize(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  if (isOwnWords(issue)) return issue.message;
  const [limit, word] = issue.code === 'too_small' ? [issue.minimum, 'at least'] : [issue.maximum, 'at most'];
  if (issue.origin === 'array')
    return limit === 1 && word === 'at least' ? 'must not be empty' : `needs ${word} ${limit} entries`;
  if (issue.origin === 'string')
    return limit === 1 && word === 'at least' ? 'must not be empty' : `needs ${word} ${limit} letters`;
  return `must be ${issue.inclusive === false ? (word === 'at least' ? 'more than' : 'less than') : word} ${limit}`;
}

function badKey(issue: z.core.$ZodIssueInvalidKey): string {
  const [inner] = issue.issues;
  const name = show(String(issue.path.at(-1)));
  return inner && isOwnWords(inner)
    ? `the name ${name} ${inner.message}`
    : `the name ${name} is not allowed here`;
}

function badFormat(issue: Issue, value: unknown): string {
  const pattern = issue.code === 'invalid_format' && issue.pattern ? `; it must match ${issue.pattern}` : '';
  return `${show(value)} has the wrong form${pattern}`;
}

/** True when the schema's author wrote the message. */
function isOwnWords(issue: Issue): boolean {
  return !/^(Invalid|Too (small|big)|Unrecognized)/.test(issue.message);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value, short. */
function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'keys with values';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}..."` : text;
}
