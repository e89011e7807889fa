/** Looks into a zod schema: which keys it knows at a place. Suggestions need this; zod's issues do not tell. */
import type { z } from 'zod';
import type { Path } from './positions.ts';

type Schema = z.core.$ZodTypes;

/** The schemas that may apply at `path` of `data`; of a discriminated union, the variant that the data names. */
function schemasAt(schema: z.core.$ZodType, data: unknown, path: Path): Schema[] {
  const here = variants(schema as Schema, data);
  const [name, ...rest] = path;
  if (name === undefined) return here;
  const child = childOf(data, name);
  return here
    .flatMap((variant) => childSchemas(variant, name))
    .flatMap((next) => schemasAt(next, child, rest));
}

/** The keys that an object may have at `path`; empty where any key goes, or none. */
export function keysAt(schema: z.core.$ZodType, data: unknown, path: Path): string[] {
  const keys = schemasAt(schema, data, path).flatMap(({ _zod: { def } }) =>
    def.type === 'object' ? Object.keys(def.shape) : [],
  );
  return [...new Set(keys)];
}

/** Names the variants of a discriminated union at `path` that know `key`, e.g. `ask: choice`. */
export function ownersOf(schema: z.core.$ZodType, data: unknown, path: Path, key: string): string[] {
  const parents = schemasAt(schema, data, path.slice(0, -1));
  const last = path.at(-1);
  if (last === undefined) return [];
  const unions = parents
    .flatMap((parent) => childSchemas(parent, last))
    .map((child) => (child as Schema)._zod.def);
  return unions.flatMap((def) => {
    if (def.type !== 'union' || !('discriminator' in def)) return [];
    const { discriminator } = def as z.core.$ZodDiscriminatedUnionDef;
    return def.options
      .filter((option) => key in shapeOf(option as Schema))
      .flatMap((option) =>
        literalsOf(shapeOf(option as Schema)[discriminator]).map((value) => `${discriminator}: ${value}`),
      );
  });
}

/** What the value at `path` of `data` is. */
export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce(childOf, data);
}

function childOf(data: unknown, name: PropertyKey): unknown {
  return typeof data === 'object' && data !== null && Object.hasOwn(data, name)
    ? (data as Record<PropertyKey, unknown>)[name]
    : undefined;
}

/** Takes the wrappings off a schema. */
function variants(schema: Schema, data: unknown): Schema[] {
  const { def } = schema._zod;
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return variants(def.innerType as Schema, data);
    case 'pipe':
      return variants(def.in as Schema, data);
    case 'lazy':
      return variants(def.getter() as Schema, data);
    case 'union':
      return matching(def, data).flatMap((option) => variants(option, data));
    default:
      return [schema];
  }
}

function matching(def: z.core.$ZodUnionDef, data: unknown): Schema[] {
  const options = def.options as readonly Schema[];
  if (!('discriminator' in def)) return [...options];
  const { discriminator } = def as z.core.$ZodDiscriminatedUnionDef;
  const value = childOf(data, discriminator);
  return options.filter((option) => literalsOf(shapeOf(option)[discriminator]).includes(value));
}

function childSchemas(schema: Schema, name: PropertyKey): z.core.$ZodType[] {
  const { def } = schema._zod;
  if (def.type === 'object')
    return Object.hasOwn(def.shape, name) ? [def.shape[String(name)] as z.core.$ZodType] : [];
  if (def.type === 'array') return [def.element];
  if (def.type === 'record') return [def.valueType];
  return [];
}

function shapeOf(schema: Schema): Readonly<Record<string, z.core.$ZodType>> {
  return schema._zod.def.type === 'object' ? schema._zod.def.shape : {};
}

function literalsOf(schema: z.core.$ZodType | undefined): unknown[] {
  const def = (schema as Schema | undefined)?._zod.def;
  return def?.type === 'literal' ? [...def.values] : [];
}
