/** Puts together what processes share through Redis. */
import type { Logger } from 'pino';
import type { Hub, Shared } from '../../conversation/ports.ts';
import {
  connectForCommands,
  connectForListening,
  connectForWork,
  createNote,
  reach,
  waitForReady,
} from './connection.ts';
import { createRedisHub } from './hub.ts';
import { createLeases } from './leases.ts';
import { createLimits } from './limits.ts';
import { createLocks } from './locks.ts';
import { createWorkQueue } from './queue.ts';

/** How long a start waits for a Redis that is away, ms. It goes on without. */
const FIRST_WAIT_MS = 2_000;

export interface OpenedShared extends Shared {
  hub: Hub;
  close(): Promise<void>;
}

/**
 * Connects; resolves also when Redis is away (it is tried again for ever). No personal data goes there: ids, counts and
 * times. All keys begin with `prefix`, and those that belong together share a hash tag.
 */
export async function openShared(options: {
  redisUrl: string;
  localHub: Hub;
  prefix?: string;
  log?: Logger | undefined;
}): Promise<OpenedShared> {
  const { redisUrl, localHub, prefix = 'loket', log } = options;
  const note = createNote(log);
  const commands = connectForCommands(redisUrl);
  const listener = connectForListening(redisUrl);
  for (const redis of [commands, listener]) redis.on('error', note);
  const queue = createWorkQueue({ commands, connect: () => connectForWork(redisUrl), prefix, note });
  const locks = createLocks(commands, prefix);
  const hub = createRedisHub({ local: localHub, publisher: commands, listener, prefix, note });
  await Promise.all([commands, listener].map((redis) => waitForReady(redis, FIRST_WAIT_MS)));
  return {
    hub,
    queue,
    locks,
    leases: createLeases(commands, prefix),
    limits: createLimits(commands, prefix),
    ping: async () => void (await reach(() => commands.ping())),
    async close() {
      locks.stop();
      await queue.stop();
      commands.disconnect();
      listener.disconnect();
    },
  };
}
