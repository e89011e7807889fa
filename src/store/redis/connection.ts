/** The connections to Redis, and one form for their faults. */
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { AppError } from '../../errors.ts';

/** A Redis that hangs answers nothing: a command is given up after this, ms. */
const COMMAND_TIMEOUT_MS = 2_000;
const LONGEST_PAUSE_MS = 1_000;
/** Trouble is logged at most this often, ms. */
const TELL_EVERY_MS = 10_000;

const common = { retryStrategy: (times: number) => Math.min(times * 100, LONGEST_PAUSE_MS) };

/**
 * For commands: away means an error at once, so that nobody waits for news. For `listening` and BullMQ's blocking
 * reads there are connections of their own.
 */
export function connectForCommands(url: string): Redis {
  return new Redis(url, {
    ...common,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    commandTimeout: COMMAND_TIMEOUT_MS,
  });
}

/** For subscriptions; they are made anew by who listens at each `ready`. */
export function connectForListening(url: string): Redis {
  return new Redis(url, { ...common, autoResubscribe: false, maxRetriesPerRequest: null });
}

/** For BullMQ's workers, which wait as long as it takes. */
export function connectForWork(url: string): Redis {
  return new Redis(url, { ...common, maxRetriesPerRequest: null });
}

/** Resolves when it is ready, or after `ms`: a process starts without Redis too. */
export function waitForReady(redis: Redis, ms: number): Promise<void> {
  if (redis.status === 'ready') return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    redis.once('ready', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** What `work` answers. Throws AppError REMOTE_UNAVAILABLE for every fault of Redis. */
export async function reach<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw new AppError('REMOTE_UNAVAILABLE', {
      detail: 'Redis does not answer; nothing is lost, work on effects waits for it (REDIS_URL)',
      cause,
    });
  }
}

/** Runs a Lua script by its hash. Keys must share one hash tag, so that a cluster of Redis keeps them on one node. */
export type Script = (keys: string[], args: (string | number)[]) => Promise<unknown>;

/** Gives a connection a script of that name. */
export function createScript(redis: Redis, name: string, lua: string): Script {
  redis.defineCommand(name, { lua });
  const run = (redis as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>)[name];
  if (!run) throw new TypeError(`no command ${name}`);
  return (keys, args) => run.call(redis, keys.length, ...keys, ...args);
}

/** Milliseconds since the epoch by Redis' own clock, as a Lua expression. */
export const LUA_NOW = `(function() local t = redis.call('TIME') return t[1] * 1000 + math.floor(t[2] / 1000) end)()`;

/** Tells of trouble that harms nothing, once a while. */
export function createNote(log: Logger | undefined): (error: unknown) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (error) => {
    const now = performance.now();
    if (!log || now - toldAt < TELL_EVERY_MS) return;
    toldAt = now;
    const reason = error instanceof Error ? error.message : 'no reason given';
    log.warn({ reason }, 'Redis is in trouble; what it cannot tell is found in the store');
  };
}
