/** One process of Loket in a chaos run: it loses its life, and comes back at the same address. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Env, type StartingService, spawnService } from '../e2e/service-process.ts';

export type MemberRole = 'all' | 'web' | 'worker';

export interface Member {
  name: string;
  role: MemberRole;
  /** Its own address, without a slash at the end. */
  url: string;
  /** Starts it until it answers; what keeps it from starting (no database) is waited out. */
  start(): Promise<void>;
  /** kill -9 */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code, null when it had to be killed after 40 s. */
  stop(): Promise<number | null>;
  /** SIGSTOP for so long. */
  hold(ms: number): Promise<void>;
  /** Lines of the log of all its lives. */
  log(): LogLine[];
}

export interface LogLine {
  /** pino's: 30 info, 40 warn, 50 error, 60 fatal. */
  level: number;
  msg: string;
  [field: string]: unknown;
}

const START_LIMIT_MS = 90_000;
const STOP_LIMIT_MS = 40_000;
const LOOK_EVERY_MS = 50;

/** `through`: a command that becomes the process (`ip netns exec <name>`). */
export function createMember(options: {
  name: string;
  role: MemberRole;
  url: string;
  env: Env;
  through?: string[];
}): Member {
  const { name, role, url, env, through } = options;
  let service: StartingService | undefined;
  const past: string[] = [];
  const bury = (ended: StartingService) => {
    past.push(ended.out());
    if (service === ended) service = undefined;
  };
  return {
    name,
    role,
    url,
    async start() {
      const limit = Date.now() + START_LIMIT_MS;
      for (;;) {
        const starting = spawnService(env, through);
        service = starting;
        const end = await Promise.race([healthy(url, starting), starting.ended]);
        if (end === 'healthy') return;
        bury(starting);
        if (Date.now() > limit) throw new Error(`${name} cannot start:\n${end.out}${end.err}`);
        await pause(500);
      }
    },
    async kill() {
      const victim = service;
      await victim?.kill();
      if (victim) bury(victim);
    },
    async stop() {
      const leaving = service;
      const limit = setTimeout(() => leaving?.signal('SIGKILL'), STOP_LIMIT_MS);
      const code = (await leaving?.stop()) ?? null;
      clearTimeout(limit);
      if (leaving) bury(leaving);
      return code;
    },
    async hold(ms) {
      service?.signal('SIGSTOP');
      await pause(ms);
      service?.signal('SIGCONT');
    },
    log: () => [...past, service?.out() ?? ''].flatMap(linesOf),
  };
}

async function healthy(url: string, { ended }: StartingService): Promise<'healthy'> {
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  for (;;) {
    const isHealthy = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) }).then(
      (answer) => answer.text().then(() => answer.ok),
      () => false,
    );
    // After the end the answer counts no more; the loop must not go on for ever.
    if (isHealthy || isOver) return 'healthy';
    await pause(LOOK_EVERY_MS);
  }
}

/** A life that was cut off may leave half a line. */
function linesOf(text: string): LogLine[] {
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as LogLine];
    } catch {
      return [];
    }
  });
}
