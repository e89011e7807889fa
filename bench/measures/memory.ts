import type { Measure } from '../measure.ts';
import { startChild } from '../start-child.ts';

/** Does memory grow with the number of messages? */
export const memory: Measure = {
  name: 'memory',
  title: 'Memory over many messages',
  async run({ isQuick, note }) {
    const messages = isQuick ? 4_000 : 100_000;
    const citizens = isQuick ? 300 : 5_000;
    note(`${messages} messages`);
    const child = await startChild('heap', { citizens }, ['--expose-gc']);
    const { before, after } = await child.ask<{ before: number; after: number }>('grow', { messages });
    const { rssBytes } = await child.usage();
    await child.stop();
    return [
      {
        what: `heap growth a message, over ${messages} messages of ${citizens} citizens`,
        value: (after - before) / messages,
        unit: 'bytes',
        aim: { atMost: 20 },
        detail: `${mib(before)} before, ${mib(after)} after, both after collection, caches filled before`,
      },
      {
        what: `resident memory after them (a process with all roles, embedded store)`,
        value: rssBytes / 2 ** 20,
        unit: 'MiB',
        detail: 'citizens and load in the same process; after collection',
        figures: { rssMib: rssBytes / 2 ** 20 },
      },
    ];
  },
};

function mib(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
