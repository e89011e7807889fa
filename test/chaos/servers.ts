/** The servers of the cluster set, as a chaos run treats them. */
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { findProgram, type Program } from '../mongodb-programs.ts';
import { startMongo } from '../mongodb-server.ts';
import { startRedis } from '../redis-server.ts';

export type ServerName = 'redis' | 'database';

/** A server that is hurt, and heals. */
export interface Server {
  /** `host:port` */
  address: string;
  /** kill -9, and after a while a new start on what is on the disk (Redis: nothing). */
  restart(downMs: number): Promise<void>;
  /** SIGSTOP for so long. */
  hold(ms: number): Promise<void>;
}

export interface Servers {
  database: Server & { dir: string };
  redis: Server;
  /** Empties Redis. */
  flush(): Promise<void>;
  /** What BullMQ still holds: how many jobs by the name of the list. */
  jobsLeft(): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

/** FerretDB 1.24 stops answering for good when much is asked of it at once: it is taken when there is no other. */
const BEST_FIRST = ['mongod', 'secantus', 'ferretdb'] as const;

/** The first that can be had here. Throws when there is none. */
export async function bestDatabase(): Promise<Program> {
  for (const kind of BEST_FIRST) if (await findProgram(kind)) return kind;
  throw new Error('no server of MongoDB found: install mongod, Go or Python');
}

/** Starts both. */
export async function startServers(kind: Program): Promise<Servers> {
  const database = await startMongo({ kind });
  const redis = await startRedis().catch(async (error: unknown) => {
    await database.stop();
    throw error;
  });
  return {
    database: { ...hurtable(database), dir: String(database.dir) },
    redis: hurtable(redis),
    flush: async () => void (await redis.command('FLUSHALL')),
    jobsLeft: () => countJobs(redis.url),
    async stop() {
      await Promise.all([redis.stop(), database.stop()]);
    },
  };
}

function hurtable(server: {
  url: string;
  pause(): void;
  resume(): void;
  kill(): Promise<void>;
  start(): Promise<void>;
}): Server {
  return {
    address: new URL(server.url).host,
    async restart(downMs) {
      await server.kill();
      await pause(downMs);
      await server.start();
    },
    async hold(ms) {
      server.pause();
      await pause(ms);
      server.resume();
    },
  };
}

/** BullMQ's lists and sorted sets of jobs that are not over. */
const KINDS = ['wait', 'active', 'delayed', 'prioritized', 'paused', 'failed'];

async function countJobs(url: string): Promise<Record<string, number>> {
  const redis = new Redis(url);
  redis.on('error', () => {});
  try {
    const counts: Record<string, number> = {};
    for (const key of (await Promise.all(KINDS.map((kind) => redis.keys(`*:${kind}`)))).flat()) {
      const type = await redis.type(key);
      const count = type === 'list' ? await redis.llen(key) : type === 'zset' ? await redis.zcard(key) : 0;
      if (count > 0) counts[key] = count;
    }
    return counts;
  } finally {
    redis.disconnect();
  }
}
