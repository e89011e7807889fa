/** What one message costs, from the newest results of `npm run bench`. */
import { readFileSync } from 'node:fs';
import type { Result } from '../report.ts';

export interface Costs {
  /** Processor time in a web and in a worker process, microseconds, all threads. */
  webUs: number;
  workerUs: number;
  mongoReads: number;
  mongoWrites: number;
  redisCommands: number;
  /** Bytes that go to MongoDB: about what is stored. */
  storedBytes: number;
  /** Where and when that was measured. */
  measured: string;
}

/** Throws when `cluster` has not been measured yet. */
export function readCosts(resultsDir: URL): Costs {
  const { findings, at, machine } = JSON.parse(
    readFileSync(new URL('cluster.json', resultsDir), 'utf8'),
  ) as Result;
  const figures = (starts: string) => {
    const found = findings.find(({ what }) => what.startsWith(starts))?.figures;
    if (!found)
      throw new Error(`bench/results/cluster.json has no line "${starts}": npm run bench -- --only cluster`);
    return (name: string) => found[name] ?? Number.NaN;
  };
  const [web, worker] = [figures('web to MongoDB'), figures('worker to MongoDB')];
  const oneWorker = figures('messages a second to the last reply, 1 worker');
  const mongoWrites = web('writes') + worker('writes');
  return {
    webUs: oneWorker('webUs'),
    workerUs: oneWorker('workersUs'),
    mongoWrites,
    mongoReads: web('commands') + worker('commands') - mongoWrites,
    redisCommands: figures('web to Redis')('commands') + figures('worker to Redis')('commands'),
    storedBytes: web('bytesToServer'),
    measured: `${at.slice(0, 10)}, ${machine}`,
  };
}
