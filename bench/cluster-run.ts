/** A cluster on this machine: MongoDB's protocol, Redis, one web process and some workers, each a process of its own. */
import { readFileSync } from 'node:fs';
import { type MongoKind, mongoKinds } from '../test/mongodb-programs.ts';
import { freshUrl, type MongoServer, startMongo } from '../test/mongodb-server.ts';
import { type RedisServer, startRedis } from '../test/redis-server.ts';
import type { ProcessOptions } from './children/process.ts';
import { type ChildHandle, startChild } from './start-child.ts';

export interface Servers {
  mongo: MongoServer;
  redis: RedisServer;
  standIn: ChildHandle;
  /** Names and versions. */
  versions: string;
  stop(): Promise<void>;
}

export interface Cluster {
  web: ChildHandle;
  workers: ChildHandle[];
  /** Resolves when the stand-in has seen the replies to so many messages since the start of this cluster. */
  answered(messages: number): Promise<void>;
  stop(): Promise<void>;
}

/** How long nothing may happen before answers count as lost, ms. */
const PATIENCE_MS = 20_000;

/** Of the stand-ins the faster one first; FerretDB as the tests build it, which uses its indexes. */
const PREFERRED: readonly MongoKind[] = ['given', 'mongod', 'ferretdb', 'secantus'];

export async function startServers(): Promise<Servers> {
  const [mongo, redis, standIn] = [await startBest(), await startRedis(), await startChild('stand-in')];
  return {
    mongo,
    redis,
    standIn,
    versions: `${mongo.kind}, Redis ${await infoOf(redis, 'redis_version')}, ${packages().join(', ')}`,
    stop: async () => {
      await Promise.all([mongo.stop(), redis.stop(), standIn.stop()]);
    },
  };
}

async function startBest(): Promise<MongoServer> {
  const here = mongoKinds();
  for (const kind of PREFERRED.filter((name) => here.includes(name))) {
    // One that could be made in principle (pip, Go) may fail for want of a network.
    const mongo = await startMongo({ kind }).catch(() => undefined);
    if (mongo) return mongo;
  }
  throw new Error('no server of MongoDB found: set MONGODB_URL, or install mongod, Python or Go');
}

/** On a database of its own and an emptied Redis. `through` replaces the servers' addresses for one kind of process. */
export async function startCluster(
  { mongo, redis, standIn }: Servers,
  workers: number,
  through: (roles: ProcessOptions['roles'], name: 'mongo' | 'redis', url: string) => string = (_, __, url) =>
    url,
): Promise<Cluster> {
  await redis.command('FLUSHALL');
  const mongodbUrl = freshUrl(mongo.url);
  const start = (roles: ProcessOptions['roles']) =>
    startChild('process', {
      roles,
      mongodbUrl: through(roles, 'mongo', mongodbUrl),
      redisUrl: through(roles, 'redis', redis.url),
      apiUrl: standIn.url,
    });
  const web = await start('web');
  const others = await Promise.all(Array.from({ length: workers }, () => start('worker')));
  const before = await standIn.ask<number>('sent');
  return {
    web,
    workers: others,
    async answered(messages) {
      await web.ask('drain');
      let last = { sent: -1, atMs: Date.now() };
      for (;;) {
        const sent = (await standIn.ask<number>('sent')) - before;
        if (sent >= messages) return;
        if (sent > last.sent) last = { sent, atMs: Date.now() };
        if (Date.now() - last.atMs > PATIENCE_MS) throw new Error(`${sent} replies to ${messages} messages`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    stop: async () => {
      await Promise.all([web, ...others].map((child) => child.stop()));
    },
  };
}

/** Processor time of the database and of Redis so far, microseconds; NaN for servers that were given from outside. */
export async function serverCpu({ mongo, redis }: Servers): Promise<{ mongoUs: number; redisUs: number }> {
  const seconds = async (name: string) => Number(await infoOf(redis, name));
  return {
    mongoUs: mongo.pid === undefined ? Number.NaN : cpuUsOf(mongo.pid),
    redisUs: ((await seconds('used_cpu_user')) + (await seconds('used_cpu_sys'))) * 1e6,
  };
}

async function infoOf(redis: RedisServer, name: string): Promise<string> {
  const info = String(await redis.command('INFO'));
  return new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? '';
}

/** utime and stime of proc(5), in clock ticks of 10 ms. */
function cpuUsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

function packages(): string[] {
  const versionOf = (name: string) => {
    const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
    return `${name} ${JSON.parse(readFileSync(file, 'utf8')).version}`;
  };
  return ['mongoose', 'mongodb', 'ioredis', 'bullmq'].map(versionOf);
}
