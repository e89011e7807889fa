/** Processes that share one Redis, for one test file. */
import { afterAll, afterEach, beforeAll } from 'vitest';
import { createHub } from '../../../src/store/hub.ts';
import { type OpenedShared, openShared } from '../../../src/store/redis/open.ts';
import { type RedisServer, startRedis } from '../../redis-server.ts';

/** Call it in a suite; `open` gives one more process, closed after the test; each test has keys of its own. */
export function useRedis(): { server: () => RedisServer; open: () => Promise<OpenedShared> } {
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
  return {
    server: () => server,
    async open() {
      const one = await openShared({
        redisUrl: server.url,
        localHub: createHub(),
        prefix: `loket-test-${process.pid}-${count}`,
      });
      opened.push(one);
      return one;
    },
  };
}
