/** Counters between processes and their servers. Answers `take` with the traffic of each, by name. */
import type { Json } from '../../src/json.ts';
import type { Child } from '../child.ts';
import { mongoCommand, openTap, redisCommand, type Tap } from '../wire.ts';

/** `servers`: addresses by name; those named `mongo...` are taken apart as MongoDB's, the others as Redis'. */
export async function start({ servers }: { servers: { [name: string]: string } }): Promise<Child> {
  const taps: { [name: string]: Tap } = {};
  for (const [name, url] of Object.entries(servers)) {
    const { hostname, port } = new URL(url);
    const isMongo = name.startsWith('mongo');
    taps[name] = await openTap(
      { host: hostname, port: Number(port || (isMongo ? 27017 : 6379)) },
      isMongo ? mongoCommand : redisCommand,
    );
  }
  return {
    url: '',
    ask: async (question) => {
      const each = ([name, tap]: [string, Tap]) =>
        [name, question === 'take' ? tap.take() : tap.port] as const;
      return Object.fromEntries(Object.entries(taps).map(each)) as unknown as Json;
    },
    stop: async () => {
      for (const tap of Object.values(taps)) tap.stop();
    },
  };
}
