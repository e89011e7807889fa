/** What a message leaves behind in memory. Needs `--expose-gc`. */
import type { Service } from '../../src/service.ts';
import type { Child } from '../child.ts';
import { startBenchService } from './service.ts';
import { keepGoing, sayAgain, sayAll } from './talker.ts';

const IN_FLIGHT = 64;

/** Answers `grow` {messages} with the bytes of heap before and after. Caches with a limit are filled by `citizens` first. */
export async function start({ citizens }: { citizens: number }): Promise<Child> {
  const service = await startBenchService();
  let citizen = 0;
  await keepGoing(
    IN_FLIGHT,
    () => citizen < citizens,
    () => sayAll(service, citizen++),
  );
  return {
    url: '',
    ask: async (_question, details) => grow(service, citizens, (details as { messages: number }).messages),
    stop: service.stop,
  };
}

async function grow(service: Service, citizens: number, messages: number) {
  const before = await heapUsed(service);
  let left = messages;
  let citizen = 0;
  await keepGoing(
    IN_FLIGHT,
    () => left > 0,
    async () => {
      citizen = (citizen + 1) % citizens;
      left -= 2;
      await sayAgain(service, citizen);
    },
  );
  return { before, after: await heapUsed(service) };
}

async function heapUsed(service: Service): Promise<number> {
  await service.effects.idle();
  for (let i = 0; i < 4; i += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}
