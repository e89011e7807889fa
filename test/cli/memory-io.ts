/** Standard streams in memory. */
import { Readable, Writable } from 'node:stream';
import type { Io } from '../../src/cli/io.ts';

export interface MemoryIo extends Io {
  out(): string;
  err(): string;
}

/** `chunks` are what standard input brings, piece by piece. */
export function memoryIo(...chunks: (string | Buffer)[]): MemoryIo {
  const output = sink();
  const errors = sink();
  return {
    input: Readable.from(
      chunks.map((chunk) => Buffer.from(chunk)),
      { objectMode: false },
    ),
    output: output.stream,
    errors: errors.stream,
    out: output.text,
    err: errors.text,
  };
}

function sink() {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
}
