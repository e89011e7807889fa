/** One turn of one side under full load: its rate and its processor time a request. */
import { fullLoad, type RequestOf } from './load.ts';
import type { Turn } from './pairs.ts';
import type { ChildHandle } from './start-child.ts';

/** What was accepted is carried to its end (`drain`) before the clock and the processor time are read. */
export async function loadTurn(
  side: ChildHandle,
  {
    connections,
    seconds,
    isToTheEnd = false,
    ...how
  }: { connections: number; seconds: number; isToTheEnd?: boolean; request?: RequestOf },
): Promise<Turn> {
  const before = await side.usage();
  const startMs = performance.now();
  const load = await fullLoad({ url: side.url, connections, seconds, ...how });
  await side.ask('drain');
  const tookSeconds = isToTheEnd ? (performance.now() - startMs) / 1000 : load.seconds;
  const after = await side.usage();
  return { rate: load.requests / tookSeconds, cpuUs: (after.cpuUs - before.cpuUs) / load.requests };
}
