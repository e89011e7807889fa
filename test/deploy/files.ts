/** Reads what is deployed with: YAML with its anchors and merges, and the settings that a process would get. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { VARIABLES } from '../../src/config/reader.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export function readText(name: string): string {
  return readFileSync(join(ROOT, name), 'utf8');
}

/** Every document of a YAML file, as plain data; throws what the parser finds wrong. */
export function readYaml<T>(name: string): T[] {
  const documents = parseAllDocuments(readText(name), { merge: true, uniqueKeys: true });
  if (!Array.isArray(documents)) return [];
  return documents.map((document) => {
    const [fault] = document.errors;
    if (fault) throw fault;
    return document.toJS() as T;
  });
}

/** Those of these variables that Loket does not read. Node reads NODE_OPTIONS itself. */
export function unknownVariables(names: string[]): string[] {
  return names.filter((name) => name !== 'NODE_OPTIONS' && !VARIABLES.some((known) => known === name));
}

/** 32 bytes, for examples that leave the secret out. */
export const SOME_KEY = Buffer.alloc(32, 7).toString('base64');
