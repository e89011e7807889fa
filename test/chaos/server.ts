/** Redis or a database as a process that may be killed, paused, and started again on what it has kept. */
import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface ServerProcess {
  /** `host:port` */
  address: string;
  /** Starts it; resolves when it takes connections. */
  start(): Promise<void>;
  /** kill -9; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGSTOP for so long. */
  hold(ms: number): Promise<void>;
}

export interface ServerCommand {
  name: string;
  /** Program and arguments. */
  command: readonly string[];
  address: string;
  env?: Readonly<Record<string, string>>;
}

const START_LIMIT_MS = 20_000;

/** Whatever is left when this process ends. */
const alive = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** Starts nothing yet. */
export function createServerProcess({ name, command, address, env }: ServerCommand): ServerProcess {
  let child: ChildProcess | undefined;
  let words = '';
  return {
    address,
    async start() {
      const [program = '', ...args] = command;
      const started = spawn(program, args, {
        env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      alive.add(started);
      for (const stream of [started.stdout, started.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => {
          words = (words + text).slice(-4_000);
        });
      const gone = new Promise<never>((_resolve, reject) => {
        started.once('error', (cause) => reject(new Error(`${name} cannot be started`, { cause })));
        started.once('exit', (code) => {
          alive.delete(started);
          reject(new Error(`${name} ended with ${code}:\n${words}`));
        });
      });
      // Its end later on is no fault: it is killed again and again.
      gone.catch(() => {});
      await Promise.race([gone, listening(name, address)]);
    },
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child?.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
    async hold(ms) {
      child?.kill('SIGSTOP');
      await pause(ms);
      child?.kill('SIGCONT');
    },
  };
}

async function listening(name: string, address: string): Promise<void> {
  const limit = Date.now() + START_LIMIT_MS;
  while (!(await takesConnections(address))) {
    if (Date.now() > limit) throw new Error(`${name} does not listen on ${address}`);
    await pause(50);
  }
}

function takesConnections(address: string): Promise<boolean> {
  const [host, port] = address.split(':');
  return new Promise((resolve) => {
    const socket = connect({ host: String(host), port: Number(port) });
    socket.once('connect', () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });
}
