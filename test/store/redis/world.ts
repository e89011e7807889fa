/** Processes that share one Redis, for one test file. */
import { afterAll, afterEach, beforeAll } from 'vitest';
import { createHub } from '../../../src/store/hub.ts';
import { type OpenedShared, openShared } from '../../../src/store/redis/open.ts';
import { type RedisServer, startRedis } from '../../redis-server.ts';

/**
 * Call it in a suite; `open` gives one more process, closed after the test; each test has keys of its own. `age` makes
 * this Redis one that has been there for long, for the processes of this test (src/store/redis/locks.ts).
 */
export function useRedis(): {
  server: () => RedisServer;
  open: () => Promise<OpenedShared>;
  age: () => Promise<void>;
} {
  let server: RedisServer;
  let opened: OpenedShared[] = [];
  let count = 0;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterEach(async () => {
    await Promise.all(opened.map((one) => one.close()));
    opened = [];
    count++;
  });
  afterAll(() => server.stop());
  const prefix = () => `loket-test-${process.pid}-${count}`;
  return {
    server: () => server,
    age: () => ageRedis(server, prefix()),
    async open() {
      const one = await openShared({
        redisUrl: server.url,
        localHub: createHub(),
        prefix: prefix(),
      });
      opened.push(one);
      return one;
    },
  };
}

/** Puts the epochs of locks long ago: no work can have been in the hands of somebody forgotten. */
export async function ageRedis(server: RedisServer, prefix = 'loket'): Promise<void> {
  const epochs = Array.from({ length: 16 }, (_, tag) => [`${prefix}:{lock${tag}}:epoch`, '1']);
  await server.command('MSET', ...epochs.flat());
}
