/** The servers of the cluster set, as a chaos run treats them. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from '../e2e/service-process.ts';
import { type DatabaseKind, databaseCommand } from './databases.ts';
import { createServerProcess, type ServerProcess } from './server.ts';

export type ServerName = 'redis' | 'database';

export interface Servers {
  database: ServerProcess;
  redis: ServerProcess;
  /** Empties Redis. */
  flush(): Promise<void>;
  /** What BullMQ still holds: how many jobs by the name of the list. */
  jobsLeft(): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

/** Starts both, keeping their data below `dir`. */
export async function startServers(options: {
  dir: string;
  database: DatabaseKind;
  hostOf(server: ServerName): string;
}): Promise<Servers> {
  const redis = await createRedis(options.dir, options.hostOf('redis'));
  const database = await createDatabase(options.dir, options.database, options.hostOf('database'));
  await Promise.all([redis.start(), database.start()]);
  return {
    database,
    redis,
    flush: () => withRedis(redis.address, async (client) => void (await client.flushall())),
    jobsLeft: () => withRedis(redis.address, countJobs),
    async stop() {
      await Promise.all([redis.kill(), database.kill()]);
    },
  };
}

async function createRedis(dir: string, host: string): Promise<ServerProcess> {
  const port = await freePort();
  const keeping = ['--save', '', '--appendonly', 'no', '--dir', dir, '--maxmemory-policy', 'noeviction'];
  const at = ['--port', String(port), '--bind', host, '--protected-mode', 'no'];
  const command = ['redis-server', ...at, ...keeping];
  return createServerProcess({ name: 'redis-server', command, address: `${host}:${port}` });
}

async function createDatabase(dir: string, kind: DatabaseKind, host: string): Promise<ServerProcess> {
  const data = join(dir, 'database');
  mkdirSync(data, { recursive: true });
  const address = `${host}:${await freePort()}`;
  return createServerProcess({ name: kind, command: databaseCommand(kind, address, data), address });
}

/** BullMQ's lists and sorted sets of jobs that are not over. */
const KINDS = ['wait', 'active', 'delayed', 'prioritized', 'paused', 'failed'];

async function countJobs(redis: Redis): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of KINDS) {
    for (const key of await redis.keys(`*:${kind}`)) {
      const type = await redis.type(key);
      const count = type === 'list' ? await redis.llen(key) : type === 'zset' ? await redis.zcard(key) : 0;
      if (count > 0) counts[key] = count;
    }
  }
  return counts;
}

async function withRedis<Result>(address: string, work: (redis: Redis) => Promise<Result>): Promise<Result> {
  const redis = new Redis(`redis://${address}`);
  redis.on('error', () => {});
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}
