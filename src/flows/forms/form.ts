/** The shape of a form of Permendagri 109/2019 as data: what stands on it, in order. documents/papers/forms/ draws it. */
import type { FormCode } from '../vocabulary.ts';

/** One form. */
export interface FormDefinition {
  code: FormCode;
  /** Printed in capitals, as in the regulation. */
  title: string;
  /** What it is, in small print. */
  english: string;
  /** `form`: values in frames; `statement`: a letter that is signed, values on dotted lines. */
  look: 'form' | 'statement';
  blocks: readonly Block[];
}

/** A block is printed when its `when` is absent, or ticked in that field, or when nothing is ticked there. */
export type Block = { when?: { field: string; ticks: string } } & (
  | { kind: 'text'; text: string; isSmall?: boolean }
  | { kind: 'fields'; title?: string; note?: string; fields: readonly Field[] }
  /** Fields of choices side by side, each with its own heading. */
  | { kind: 'columns'; title: string; fields: readonly ChoiceField[] }
  /** One field of choices over the whole width. */
  | { kind: 'ticks'; title: string; columns: number; field: ChoiceField }
  | { kind: 'table'; id: string; title?: string; columns: readonly Column[]; rows: number }
  | { kind: 'signatures'; signers: readonly Signer[] }
);

/** One line of a form. */
export type Field =
  | TextField
  | ChoiceField
  /** One box a digit. */
  | (Common & { kind: 'digits'; length: number })
  /** Day, month, year in boxes; `weekday` writes the day's name before them. */
  | (Common & { kind: 'date'; weekday?: boolean })
  | (Common & { kind: 'time' });

interface Common {
  id: string;
  label: string;
  /** Two halves in a row share a line. */
  half?: boolean;
}

/** `unit` stands behind the value: kg, cm. `from`: known without being asked, the service's title or the application's number. */
type TextField = Common & { kind: 'text'; unit?: string; from?: 'service' | 'application' };

/** Boxes to tick, each with a name. `heading` stands before the option. */
export type ChoiceField = Common & { kind: 'choice'; options: readonly Option[] };

/** One box to tick. */
export interface Option {
  id: string;
  label: string;
  heading?: string;
}

/** A column of a table; a cell is the field `<table>_<row>_<column>`, rows from 1. `width` is its share. */
export interface Column {
  id: string;
  label: string;
  width: number;
  /** Stands over neighbours that have the same one. */
  heading?: string;
}

/** Who signs: `name` is the field with the name. `meterai`: a stamp is signed over. `dated`: place and date stand above. */
export interface Signer {
  role: string;
  name?: string;
  nik?: string;
  dated?: boolean;
  meterai?: boolean;
}

/**
 * What is written into a field: a text (digits, `2026-01-31`, `14:30` as they are stored); for a choice, the ids of the
 * options that are ticked.
 */
export type FormValue = string | readonly string[];

/** Every field of a form, by id: also cells of tables, and names that stand under signatures only. */
export function fieldsOf({ blocks }: FormDefinition): Map<string, Field> {
  const signed = blocks.flatMap((block) =>
    block.kind === 'signatures' ? block.signers.flatMap(namesOf) : [],
  );
  return new Map([...signed, ...blocks.flatMap(fieldsIn)].map((field) => [field.id, field]));
}

function namesOf({ role, name, nik }: Signer): Field[] {
  return [
    ...(name === undefined ? [] : [{ kind: 'text' as const, id: name, label: role }]),
    ...(nik === undefined ? [] : [{ kind: 'digits' as const, id: nik, label: `NIK ${role}`, length: 16 }]),
  ];
}

function fieldsIn(block: Block): readonly Field[] {
  switch (block.kind) {
    case 'fields':
    case 'columns':
      return block.fields;
    case 'ticks':
      return [block.field];
    case 'table':
      return Array.from({ length: block.rows }, (_, row) =>
        block.columns.map(
          ({ id, label }): Field => ({ kind: 'text', id: `${block.id}_${row + 1}_${id}`, label }),
        ),
      ).flat();
    default:
      return [];
  }
}
