/** Servers of MongoDB's protocol for tests, chaos and benchmarks. Needs no test runner. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import mongoose from 'mongoose';
import { findProgram, type MongoKind, mongoKinds, type Program, type Serve } from './mongodb-programs.ts';

export interface MongoServer {
  kind: MongoKind;
  /** For MONGODB_URL, with a database of its own. */
  url: string;
  /** Of the process, and where its data lies; absent for `given`. */
  pid: number | undefined;
  dir: string | undefined;
  /** Stands still, connections open, until `resume`. */
  pause(): void;
  resume(): void;
  /** Ends at once; what it had acknowledged is there after `start`, on the same address. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ends it, and removes its data. */
  stop(): Promise<void>;
}

/**
 * Starts a server of its own, of that kind or of the first that can be had. `isDetached`: it outlives this process.
 * Throws when there is none.
 */
export async function startMongo(
  options: { kind?: MongoKind; isDetached?: boolean } = {},
): Promise<MongoServer> {
  for (const kind of options.kind ? [options.kind] : mongoKinds()) {
    if (kind === 'given') return givenMongo();
    const serve = await findProgram(kind);
    if (serve) return startProgram(kind, serve, options.isDetached ?? false);
  }
  throw new Error('no server of MongoDB found: set MONGODB_URL, or install mongod, Go or Python');
}

/** Another database of the same server. */
export function freshUrl(url: string): string {
  const [, server, query = ''] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(url) ?? [];
  if (!server) throw new Error('MONGODB_URL is not the address of a MongoDB');
  return `${server}/loket_test_${randomUUID().slice(0, 8)}${query}`;
}

/** Drops the databases of these addresses. */
export async function dropDatabases(urls: string[]): Promise<void> {
  const [first] = urls;
  if (!first) return;
  const client = new mongoose.mongo.MongoClient(first);
  try {
    for (const url of urls)
      await client.db(new URL(url.replace(/^.*\//, 'x:/')).pathname.slice(1)).dropDatabase();
  } finally {
    await client.close();
  }
}

/** Leaves the collections and their indexes, and nothing in them. */
export async function emptyDatabase(url: string): Promise<void> {
  const client = new mongoose.mongo.MongoClient(url);
  try {
    const db = client.db();
    const collections = await db.listCollections({}, { nameOnly: true }).toArray();
    await Promise.all(collections.map(({ name }) => db.collection(name).deleteMany({})));
  } finally {
    await client.close();
  }
}

async function startProgram(kind: Program, serve: Serve, isDetached: boolean): Promise<MongoServer> {
  const dir = mkdtempSync(join(tmpdir(), `loket-${kind}-`));
  const port = await freePort();
  const url = freshUrl(`mongodb://127.0.0.1:${port}/`);
  let child: ChildProcess;

  async function start(): Promise<void> {
    const [program, ...args] = serve(port, dir);
    child = spawn(program, args, { stdio: 'ignore', detached: isDetached, cwd: dir });
    if (isDetached) child.unref();
    const gone = once(child, 'exit').then(() => Promise.reject(new Error(`${kind} ended at its start`)));
    gone.catch(() => {});
    await Promise.race([answers(url), gone]);
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  await start();
  // Whoever started it and ends without stopping it takes it along.
  if (!isDetached) process.once('exit', () => child.kill('SIGKILL'));
  return {
    kind,
    url,
    dir,
    get pid() {
      return child.pid;
    },
    start,
    kill,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async stop() {
      await kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function givenMongo(): MongoServer {
  const refuse = () => {
    throw new Error('a server that tests may stop is needed: install mongod, Go or Python');
  };
  const [kill, start] = [async () => refuse(), async () => refuse()];
  const url = freshUrl(process.env.MONGODB_URL ?? '');
  const stop = () => dropDatabases([url]);
  return {
    kind: 'given',
    url,
    pid: undefined,
    dir: undefined,
    pause: refuse,
    resume: refuse,
    kill,
    start,
    stop,
  };
}

/** A server that has just started may take the connection before it can answer. */
async function answers(url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const client = new mongoose.mongo.MongoClient(url, { serverSelectionTimeoutMS: 1_000 });
    try {
      await client.db().command({ ping: 1 });
      return;
    } catch (cause) {
      if (Date.now() > deadline) throw cause;
      await pause(50);
    } finally {
      await client.close();
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
