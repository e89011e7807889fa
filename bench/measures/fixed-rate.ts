import { fixedLoad, percentile } from '../load.ts';
import type { Finding, Measure } from '../measure.ts';
import { median } from '../pairs.ts';
import { type ChildHandle, startChild } from '../start-child.ts';
import { loadTurn } from '../turn.ts';
import { startFloor } from './floors.ts';

const RATE = 500;

/** How long a message waits for its answer when the machine is not full. Replies go to the stand-in meanwhile. */
export const fixedRate: Measure = {
  name: 'fixed-rate',
  title: `${RATE} messages a second, whether or not earlier ones were answered`,
  async run({ isQuick, note }) {
    const standIn = await startChild('stand-in');
    const [loket, floor] = [await startChild('loket', { apiUrl: standIn.url }), await startFloor(5)];
    note('warming up');
    await loadTurn(loket, { connections: 16, seconds: 3 });
    await loadTurn(floor, { connections: 16, seconds: 2 });
    const turns: { ours: Latency; floor: Latency }[] = [];
    for (let pair = 0; pair < 5; pair += 1) {
      note(`${RATE} a second, pair ${pair + 1}`);
      const seconds = isQuick ? 1 : 4;
      turns.push({ ours: await latency(loket, seconds), floor: await latency(floor, seconds) });
    }
    await Promise.all([loket.stop(), floor.stop(), standIn.stop()]);
    return (['p50', 'p99'] as const).map((name) => findingOf(name, turns));
  },
};

type Latency = { p50: number; p99: number };

async function latency({ url, ask }: ChildHandle, seconds: number): Promise<Latency> {
  const { latenciesMs } = await fixedLoad({ url, rate: RATE, seconds });
  await ask('drain');
  return { p50: percentile(latenciesMs, 0.5), p99: percentile(latenciesMs, 0.99) };
}

function findingOf(name: 'p50' | 'p99', turns: { ours: Latency; floor: Latency }[]): Finding {
  const ours = turns.map((turn) => turn.ours[name]);
  const floor = turns.map((turn) => turn.floor[name]);
  return {
    what: `${name} at ${RATE}/s, replies sent meanwhile`,
    value: median(turns.map((turn) => turn.ours[name] / turn.floor[name])),
    unit: 'x floor 5 (which sends nothing)',
    detail: `${median(ours).toFixed(2)} ms beside ${median(floor).toFixed(2)} ms, medians of ${turns.length}`,
  };
}
