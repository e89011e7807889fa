/**
 * The chaos run from the command line: `npm run chaos -- --store cluster --minutes 10 --seed 1 --citizens 1000`.
 * Ends with 1 when a promise was broken. `--report` writes the result into docs/chaos.md.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Program } from '../mongodb-programs.ts';
import { type ChaosOptions, runChaos } from './chaos.ts';
import { insertReport, writeReport } from './report.ts';
import { bestDatabase } from './servers.ts';

const { values } = parseArgs({
  options: {
    store: { type: 'string', default: 'embedded' },
    database: { type: 'string' },
    network: { type: 'string', default: 'relays' },
    minutes: { type: 'string', default: '10' },
    citizens: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    report: { type: 'boolean', default: false },
    faults: { type: 'string' },
    patience: { type: 'string', default: '180' },
    dump: { type: 'string' },
  },
});

const minutes = Number(values.minutes);
const options: ChaosOptions = {
  database: values.store === 'cluster' ? ((values.database as Program) ?? (await bestDatabase())) : undefined,
  network: values.network === 'namespaces' ? 'namespaces' : 'relays',
  seed: Number(values.seed),
  citizens: Number(values.citizens),
  arriveWithinMs: minutes * 60_000 * 0.9,
  thinkMs: Math.min(3_000, minutes * 1_000),
  faults: Number(values.faults ?? Math.ceil(minutes * 5)),
  patienceMs: Number(values.patience) * 1_000,
  onProgress: (line) => process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${line}` : `${line}\n`),
};

process.stderr.write(`chaos: ${values.store}, ${options.citizens} citizens, seed ${options.seed}\n`);
const onStart = (close: () => Promise<void>) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void close().finally(() => process.exit(130)));
};
const result = await runChaos({ ...options, onStart });
const report = writeReport(result);
process.stdout.write(`\n${report}\n`);
if (values.report) insertReport(result, report);
if (values.dump)
  writeFileSync(values.dump, JSON.stringify({ ...result, logged: [...result.logged] }, null, 1));
process.exit(result.broken.length === 0 ? 0 : 1);
