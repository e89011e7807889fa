/** The service under load. Answers `drain` when nothing is left to send. */
import type { Child } from '../child.ts';
import { leaveEffects, startBenchService } from './service.ts';

/** `isSending`: replies are sent and marked sent, to a stand-in at `apiUrl` or without a network; else they wait. */
export async function start({
  apiUrl,
  isSending = true,
}: {
  apiUrl?: string;
  isSending?: boolean;
}): Promise<Child> {
  const service = await startBenchService(apiUrl);
  if (!isSending) leaveEffects(service);
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
