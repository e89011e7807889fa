/** The real service as a process of its own: `node src/main.ts` with nothing but what a test gives it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Compiled code, kept between the starts of one machine: a start costs half the time. */
const COMPILE_CACHE = join(tmpdir(), 'loket-e2e-compile-cache');

/** A loaded machine needs a while. */
const START_LIMIT_MS = 30_000;

/** A service that may still be starting. */
export interface StartingService {
  /** Its address, without a slash at the end, once it says that it is running. Rejects when it ends before. */
  ready: Promise<string>;
  out(): string;
  err(): string;
  /** Asks it to stop (SIGTERM) and resolves with its exit code. */
  stop(): Promise<number | null>;
  /** kill -9; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGSTOP, SIGCONT and the like. */
  signal(name: NodeJS.Signals): void;
  /** Resolves when it has ended, for whatever reason. */
  ended: Promise<Ended>;
}

/** A service that runs. */
export interface ServiceProcess extends StartingService {
  url: string;
}

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Settings; `undefined` leaves one out. */
export type Env = Record<string, string | undefined>;

interface Running {
  child: ChildProcess;
  out: string;
  err: string;
  ended: Promise<Ended>;
}

const alive = new Set<ChildProcess>();
const killAll = () => {
  for (const child of alive) child.kill('SIGKILL');
};
// Whatever a test that failed has left behind. The chaos run is no test: it has no `afterAll`.
if (process.env.VITEST) (await import('vitest')).afterAll(killAll);
process.on('exit', killAll);

/** A directory for DATA_DIR or files, and its removal. */
export function temporaryDir(): { dir: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'loket-e2e-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** A port that was free a moment ago: for a service that must come back at the same address. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Starts the service and resolves once it says that it is running. Rejects with its words when it ends before. */
export async function startService(env: Env): Promise<ServiceProcess> {
  const service = spawnService(env);
  return { ...service, url: await service.ready };
}

/**
 * Starts the service, to be killed whether it is up already or not. `through` is a command that becomes the service
 * (`ip netns exec <name>`).
 */
export function spawnService(env: Env, through: string[] = []): StartingService {
  const running = run(['src/main.ts'], env, through);
  const ready = announced(running);
  // Whoever kills it at once does not wait for it.
  ready.catch(() => {});
  return {
    ready,
    out: () => running.out,
    err: () => running.err,
    ended: running.ended,
    signal: (name) => void running.child.kill(name),
    async stop() {
      running.child.kill('SIGTERM');
      return (await running.ended).code;
    },
    async kill() {
      running.child.kill('SIGKILL');
      await running.ended;
    },
  };
}

/** Runs the service where it is expected to end by itself. */
export function endedService(env: Env): Promise<Ended> {
  return ending(run(['src/main.ts'], env));
}

/** Runs `loket` with arguments. */
export function loket(args: string[], env: Env): Promise<Ended> {
  return ending(run(['src/cli.ts', ...args], env));
}

/** What should have ended long ago is killed, so that its words can be read. */
function ending({ child, ended }: Running): Promise<Ended> {
  const limit = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS);
  return ended.finally(() => clearTimeout(limit));
}

function run(args: string[], env: Env, through: string[] = []): Running {
  const [command = process.execPath, ...rest] = [...through, process.execPath, ...args];
  const child = spawn(command, rest, {
    cwd: ROOT,
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: COMPILE_CACHE, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  alive.add(child);
  const running: Running = { child, out: '', err: '', ended: new Promise(() => {}) };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    running.out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    running.err += text;
  });
  running.ended = new Promise((resolve) => {
    child.once('close', (code) => {
      alive.delete(child);
      resolve({ code, out: running.out, err: running.err });
    });
  });
  return running;
}

function announced(running: Running): Promise<string> {
  const { child } = running;
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the service did not start in time:\n${running.out}${running.err}`));
    }, START_LIMIT_MS);
    const look = () => {
      const [, url] = /(http:\/\/\S+)\/healthz\n\n/.exec(running.err) ?? [];
      if (url === undefined) return;
      clearTimeout(limit);
      resolve(url);
    };
    child.stderr?.on('data', look);
    running.ended.then(({ code }) => {
      clearTimeout(limit);
      reject(new Error(`the service ended with ${code}:\n${running.out}${running.err}`));
    });
  });
}
