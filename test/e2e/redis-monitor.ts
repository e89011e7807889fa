/** What our processes tell each other through Redis. */
import { Redis } from 'ioredis';

/** All commands that Redis is given until `stop`, as one text. */
export async function watchRedis(url: string): Promise<{ stop(): Promise<string> }> {
  const seen: string[] = [];
  const redis = new Redis(url, { retryStrategy: null });
  const monitor = await redis.monitor();
  monitor.on('monitor', (_time: string, args: string[]) => seen.push(args.join(' ')));
  return {
    async stop() {
      monitor.disconnect();
      redis.disconnect();
      return seen.join('\n');
    },
  };
}
