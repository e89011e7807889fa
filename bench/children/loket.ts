/** The service under load. Answers `drain` when nothing is left to send. */
import type { Child } from '../child.ts';
import { startBenchService } from './service.ts';

export async function start({ apiUrl }: { apiUrl?: string }): Promise<Child> {
  const service = await startBenchService(apiUrl);
  return {
    url: service.url,
    ask: async (question) => {
      if (question === 'drain') {
        await service.engine.idle();
        await service.effects.idle();
      }
      return service.effects.size();
    },
    stop: service.stop,
  };
}
