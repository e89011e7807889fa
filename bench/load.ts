/** The load: signed webhook calls, as fast as a number of connections can, or at a fixed rate. */

import { type Connection, openConnection } from './connection.ts';
import { citizens, DIALOGUE, type Said } from './dialogue.ts';
import { requestOf } from './webhook-request.ts';

export interface LoadResult {
  requests: number;
  seconds: number;
  /** Milliseconds from the time a request was due to the end of its answer, sorted. */
  latenciesMs: number[];
}

/** Makes the bytes of one message's HTTP request to the server at `base`. */
export type RequestOf = (base: string, said: Said) => string;

/** Citizens of different runs never meet. */
let nextCitizen = 1;

function freshCitizens(): Generator<Said, never> {
  const first = nextCitizen;
  nextCitizen += 10_000;
  return citizens({ first, stride: 1 });
}

/** Each connection sends as soon as its last request was answered. Throws when an answer is not 200. */
export async function fullLoad(options: {
  url: string;
  connections: number;
  seconds: number;
  /** Default: Twilio's signed form. */
  request?: RequestOf;
}): Promise<LoadResult> {
  const { url, connections, seconds, request = requestOf } = options;
  const lines = await Promise.all(Array.from({ length: connections }, () => openConnection(url)));
  const latenciesMs: number[] = [];
  const startMs = performance.now();
  const endMs = startMs + seconds * 1000;
  await Promise.all(
    lines.map(async (line) => {
      const said = freshCitizens();
      while (performance.now() < endMs) {
        const bytes = request(url, said.next().value);
        latenciesMs.push(await timed(line, bytes, performance.now()));
      }
    }),
  );
  const tookMs = performance.now() - startMs;
  for (const line of lines) line.close();
  return { requests: latenciesMs.length, seconds: tookMs / 1000, latenciesMs: sorted(latenciesMs) };
}

/** Each of `count` new citizens says the whole dialogue, one connection each. Resolves with the number of messages. */
export async function wholeDialogues({ url, count }: { url: string; count: number }): Promise<number> {
  const each = Array.from({ length: count }, async () => {
    const line = await openConnection(url);
    const said = freshCitizens();
    for (let message = 0; message < DIALOGUE.length; message += 1)
      await timed(line, requestOf(url, said.next().value), performance.now());
    line.close();
  });
  await Promise.all(each);
  return count * DIALOGUE.length;
}

/** A request every 1/`rate` of a second, whether or not earlier ones were answered. */
export async function fixedLoad(options: {
  url: string;
  rate: number;
  seconds: number;
}): Promise<LoadResult> {
  const { url, rate, seconds } = options;
  const idle = await Promise.all(
    Array.from({ length: 64 }, async () => ({ line: await openConnection(url), said: freshCitizens() })),
  );
  const lines = [...idle];
  const latenciesMs: number[] = [];
  const pending = new Set<Promise<void>>();
  const startMs = performance.now();
  for (let due = 0; due < rate * seconds; due += 1) {
    const dueMs = startMs + (due * 1000) / rate;
    while (performance.now() < dueMs) await nextTurn();
    const free = idle.pop() ?? { line: await openConnection(url), said: freshCitizens() };
    const done = timed(free.line, requestOf(url, free.said.next().value), dueMs).then((ms) => {
      latenciesMs.push(ms);
      idle.push(free);
      pending.delete(done);
    });
    pending.add(done);
  }
  await Promise.all(pending);
  for (const { line } of [...lines, ...idle]) line.close();
  return { requests: latenciesMs.length, seconds, latenciesMs: sorted(latenciesMs) };
}

/** The value below which `share` of the sorted values lie. */
export function percentile(values: readonly number[], share: number): number {
  return values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
}

async function timed(line: Connection, request: string, dueMs: number): Promise<number> {
  const status = await line.exchange(request);
  if (status !== 200) throw new Error(`the server answered ${status}`);
  return performance.now() - dueMs;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function sorted(values: number[]): number[] {
  return values.sort((a, b) => a - b);
}
