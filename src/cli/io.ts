/** Where a command reads and writes: data to `output`, talk to `errors`. */
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

export interface Io {
  input: Readable;
  output: Writable;
  errors: Writable;
}

/** Writes one line. */
export function print(stream: Writable, line: string): void {
  stream.write(`${line}\n`);
}

/** As `print`, for many lines: waits while the reader is behind. */
export async function printSlowly(stream: Writable, line: string): Promise<void> {
  if (!stream.write(`${line}\n`)) await once(stream, 'drain');
}

/**
 * The lines of a stream, without their end (LF or CRLF). Unlike `readline` it knows no other separators: a U+2028
 * inside a message is part of it. A last line without an end counts; nothing after the last end does not.
 */
export async function* readLines(input: Readable): AsyncGenerator<string> {
  let rest = '';
  input.setEncoding('utf8');
  for await (const chunk of input) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.replace(/\r$/, '');
  }
  if (rest !== '') yield rest.replace(/\r$/, '');
}

/** Whether somebody looks on: only then progress is told. */
export function isTerminal({ errors }: Io): boolean {
  return 'isTTY' in errors && errors.isTTY === true;
}

/** Columns of equal width, two spaces apart. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
