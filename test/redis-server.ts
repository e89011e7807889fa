/** A Redis for tests: Debian's `redis-server`, on a socket in a directory of its own, keeping nothing on disk. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

export interface RedisServer {
  /** For REDIS_URL. */
  url: string;
  /** One command, e.g. `command('FLUSHALL')`. */
  command(name: string, ...args: string[]): Promise<unknown>;
  /** Stands still, connections open, until `resume`. */
  pause(): void;
  resume(): void;
  /** Ends at once, all that it held lost; `start` begins anew on the same address. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a server of its own. Without the program the one of REDIS_URL serves, which tests may empty but not stop:
 * those that need to, fail.
 */
export async function startRedis(): Promise<RedisServer> {
  const given = process.env.REDIS_URL;
  if (given && spawnSync('redis-server', ['--version']).error) return givenRedis(given);
  const dir = mkdtempSync(join(tmpdir(), 'loket-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess;

  async function start(): Promise<void> {
    const args = [
      '--port',
      `${port}`,
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      dir,
    ];
    child = spawn('redis-server', [...args, '--maxmemory-policy', 'noeviction'], { stdio: 'ignore' });
    const failed = once(child, 'error').then(([error]) => Promise.reject(error));
    failed.catch(() => {});
    await Promise.race([answers(url), failed]);
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  await start();
  return {
    url,
    start,
    kill,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    command: commandTo(url),
    async stop() {
      await kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function givenRedis(url: string): RedisServer {
  const refuse = () => {
    throw new Error('a server that tests may stop is needed: install redis-server');
  };
  const [kill, start] = [async () => refuse(), async () => refuse()];
  return { url, command: commandTo(url), pause: refuse, resume: refuse, kill, start, stop: async () => {} };
}

function commandTo(url: string): RedisServer['command'] {
  return async (name, ...args) => {
    const redis = new Redis(url);
    try {
      return await redis.call(name, ...args);
    } finally {
      redis.disconnect();
    }
  };
}

async function answers(url: string): Promise<void> {
  const redis = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  redis.on('error', () => {});
  try {
    await redis.ping();
  } finally {
    redis.disconnect();
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
