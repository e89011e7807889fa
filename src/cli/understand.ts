/** `loket understand`: what each line of text is taken for. */
import type { Flows } from '../flows/schema.ts';
import { createUnderstanding } from '../flows/understanding.ts';
import { type Io, printSlowly, readLines } from './io.ts';

/** Reads plain lines, or JSON objects with `text`; writes one { intent, confidence } for each, in order. */
export async function runUnderstand(flows: Flows, io: Io): Promise<void> {
  const understanding = createUnderstanding(flows);
  for await (const line of readLines(io.input)) {
    const { intent, confidence } = understanding.intent(textOf(line));
    await printSlowly(io.output, JSON.stringify({ intent, confidence }));
  }
}

/** A line that begins like JSON and is none is a citizen's text as any other. */
function textOf(line: string): string {
  if (!line.trimStart().startsWith('{')) return line;
  try {
    const data: unknown = JSON.parse(line);
    return typeof data === 'object' && data !== null && 'text' in data ? String(data.text ?? '') : line;
  } catch {
    return line;
  }
}
