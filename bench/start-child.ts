/** Starts measured processes and speaks with them. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Json } from '../src/json.ts';
import type { Usage } from './child.ts';

export interface ChildHandle {
  url: string;
  ask<Answer>(question: string, details?: Json): Promise<Answer>;
  usage(): Promise<Usage>;
  /** Resolves when the process has ended. */
  stop(): Promise<void>;
}

type Message = { url: string } | { id: number; answer?: Json; error?: string };

const running = new Set<ChildProcess>();

/** Ends what a failed measure has left. */
export function endChildren(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Resolves when the process is ready. `execArgv` are options of node, such as `--expose-gc`. */
export async function startChild(
  role: string,
  options: { [name: string]: Json } = {},
  execArgv: string[] = [],
): Promise<ChildHandle> {
  const main = fileURLToPath(new URL('./child-main.ts', import.meta.url));
  const child = fork(main, [role, JSON.stringify(options)], { execArgv });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const asked = new Map<number, { resolve(answer: never): void; reject(error: Error): void }>();
  const ready = Promise.withResolvers<string>();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let lastId = 0;
  child.on('message', (message: Message) => {
    if ('url' in message) return ready.resolve(message.url);
    const waiting = asked.get(message.id);
    asked.delete(message.id);
    if (message.error === undefined) waiting?.resolve(message.answer as never);
    else waiting?.reject(new Error(`${role}: ${message.error}`));
  });
  child.once('exit', (code) => {
    const error = new Error(`${role} ended with ${code}`);
    ready.reject(error);
    for (const waiting of asked.values()) waiting.reject(error);
  });
  const ask = <Answer>(question: string, details: Json = null) => {
    const waiting = Promise.withResolvers<Answer>();
    lastId += 1;
    asked.set(lastId, waiting);
    child.send({ id: lastId, question, details });
    return waiting.promise;
  };
  return {
    url: await ready.promise,
    ask,
    usage: () => ask<Usage>('usage'),
    stop: async () => {
      await ask('stop');
      await ended;
    },
  };
}
