/** `npm run bench`: measures, prints the page, and writes it to bench/results/. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Finding, Measure } from './measure.ts';
import { bookings } from './measures/bookings.ts';
import { cluster } from './measures/cluster.ts';
import { firstView } from './measures/first-view.ts';
import { fixedRate } from './measures/fixed-rate.ts';
import { flatness } from './measures/flatness.ts';
import { floors } from './measures/floors.ts';
import { memory } from './measures/memory.ts';
import { peers } from './measures/peers.ts';
import { photos } from './measures/photos.ts';
import { receipt } from './measures/receipt.ts';
import { roundTrip } from './measures/round-trip.ts';
import { start } from './measures/start.ts';
import { steps } from './measures/steps.ts';
import { webhook } from './measures/webhook.ts';
import { machineWords, type Result, sectionOf, writeResults } from './report.ts';
import { writeScale } from './scale/write.ts';
import { endChildren } from './start-child.ts';

const MEASURES: readonly Measure[] = [
  webhook,
  roundTrip,
  peers,
  steps,
  bookings,
  flatness,
  cluster,
  memory,
  start,
  receipt,
  photos,
  firstView,
  fixedRate,
  floors,
];
const NAMES = MEASURES.map(({ name }) => name);

const HELP = `npm run bench -- [options]

  --only <names>  some measures only, with commas between: ${NAMES.join(', ')}
  --quick         short turns: shows that all of it runs, proves nothing, writes no files
  --help          this

About twenty minutes. Results go to standard output and to bench/results/; those of the cluster also to docs/scale.md
(npm run bench:scale writes it without measuring).
`;

const { values } = parseArgs({
  options: { only: { type: 'string' }, quick: { type: 'boolean' }, help: { type: 'boolean' } },
});
if (values.help) process.stdout.write(HELP);
else await run(chosen(values.only), values.quick ?? false);

async function run(measures: readonly Measure[], isQuick: boolean): Promise<void> {
  const results: Result[] = [];
  for (const measure of measures) {
    const note = (words: string) => void process.stderr.write(`${measure.name}: ${words}\n`);
    const { name, title } = measure;
    let findings: Finding[];
    try {
      findings = await measure.run({ isQuick, note });
    } catch (error) {
      // One that cannot run here (no Redis, no network for the peers) must not cost the others.
      note(error instanceof Error ? (error.stack ?? error.message) : String(error));
      process.exitCode = 1;
      endChildren();
      continue;
    }
    const result = { measure: name, title, at: new Date().toISOString(), machine: machineWords(), findings };
    results.push(result);
    console.log(sectionOf(result));
  }
  if (isQuick) return;
  const dir = join(import.meta.dirname, 'results');
  mkdirSync(dir, { recursive: true });
  writeResults(dir, results, NAMES);
  if (results.some(({ measure }) => measure === cluster.name)) writeScale();
}

function chosen(only: string | undefined): readonly Measure[] {
  if (only === undefined) return MEASURES;
  const wanted = only.split(',');
  const unknown = wanted.filter((name) => !NAMES.includes(name));
  if (unknown.length > 0)
    throw new Error(`no such measure: ${unknown.join(', ')}; there are ${NAMES.join(', ')}`);
  return MEASURES.filter(({ name }) => wanted.includes(name));
}
