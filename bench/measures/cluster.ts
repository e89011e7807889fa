import { type Cluster, type Servers, serverCpu, startCluster, startServers } from '../cluster-run.ts';
import { fullLoad, percentile } from '../load.ts';
import type { Finding, Measure, MeasureOptions } from '../measure.ts';
import { traffic } from './cluster-traffic.ts';

const CONNECTIONS = 16;
/** About a thousand messages, where the database takes fifty a second. */
const WARM_SECONDS = 20;

/** Many processes on MongoDB and Redis. What they share this machine with weighs on every figure but the counts. */
export const cluster: Measure = {
  name: 'cluster',
  title:
    'Cluster: one web process and some workers, a server of MongoDB’s protocol and Redis, all on this machine',
  async run(options) {
    const servers = await startServers();
    try {
      const findings = await traffic(servers, options);
      for (const workers of [1, 2, 4]) findings.push(await throughput(servers, workers, options));
      return [versionsOf(servers), ...findings];
    } finally {
      await servers.stop();
    }
  },
};

/** A server that is not MongoDB itself says so in its name. */
function versionsOf({ mongo, versions }: Servers): Finding {
  const isStandIn = mongo.kind === 'ferretdb' || mongo.kind === 'secantus';
  const words = isStandIn
    ? `${mongo.kind} stands in for MongoDB: its counts are MongoDB's, its speed says nothing about MongoDB's`
    : 'a real MongoDB';
  return { what: 'servers and drivers', value: 1, unit: 'of each', detail: `${versions}; ${words}` };
}

/** From the webhooks' full load to the last reply marked sent. */
async function throughput(
  servers: Servers,
  workers: number,
  { isQuick, note }: MeasureOptions,
): Promise<Finding> {
  note(`${workers} workers`);
  const run = await startCluster(servers, workers);
  const load = { url: run.web.url, connections: CONNECTIONS, seconds: isQuick ? 2 : 12 };
  // A cold process takes several times as much: the code is compiled while it runs.
  const warm = await fullLoad({ ...load, seconds: isQuick ? 1 : WARM_SECONDS });
  await run.answered(warm.requests);
  const before = await cpuOf(servers, run);
  const startMs = performance.now();
  const { requests, seconds, latenciesMs } = await fullLoad(load);
  await run.answered(warm.requests + requests);
  const tookSeconds = (performance.now() - startMs) / 1000;
  const after = await cpuOf(servers, run);
  await run.stop();
  const each = (name: keyof typeof after) => (after[name] - before[name]) / requests;
  const wait = (share: number) => percentile(latenciesMs, share).toFixed(0);
  return {
    what: `messages a second to the last reply, ${workers} worker process${workers > 1 ? 'es' : ''}, ${CONNECTIONS} connections`,
    value: requests / tookSeconds,
    unit: '/s',
    detail: `accepted ${Math.round(requests / seconds)}/s, p50 ${wait(0.5)} ms, p99 ${wait(0.99)} ms; CPU a message: web ${Math.round(each('webUs'))} us, workers ${Math.round(each('workersUs'))} us, database ${Math.round(each('mongoUs'))} us, Redis ${Math.round(each('redisUs'))} us; two cores for all of them: more workers show their overhead, not a gain`,
    figures: {
      workers,
      rate: requests / tookSeconds,
      webUs: each('webUs'),
      workersUs: each('workersUs'),
      mongoUs: each('mongoUs'),
      redisUs: each('redisUs'),
    },
  };
}

async function cpuOf(servers: Servers, { web, workers }: Cluster) {
  const used = await Promise.all(workers.map((worker) => worker.usage()));
  return {
    webUs: (await web.usage()).cpuUs,
    workersUs: used.reduce((sum, { cpuUs }) => sum + cpuUs, 0),
    ...(await serverCpu(servers)),
  };
}
