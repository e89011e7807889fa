/** An example of a document is a part of a file: it is judged inside the real one. */
import { stringify } from 'yaml';

type Data = { [key: string]: unknown };

/** `part` over `whole`: mappings are merged, everything else is replaced. Neither is changed. */
export function merge(whole: unknown, part: unknown): unknown {
  if (!isMapping(whole) || !isMapping(part)) return part;
  const merged = Object.entries(part).map(([key, value]) => [key, merge(whole[key], value)]);
  return { ...whole, ...Object.fromEntries(merged) };
}

/** As text again, for loaders that read files. */
export function toYaml(data: unknown): string {
  return stringify(data, { aliasDuplicateObjects: false });
}

function isMapping(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
