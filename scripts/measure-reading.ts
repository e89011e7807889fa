/**
 * How well photos are read: takes the set of made-up photos (test/documents/reading/photos/), reads each, and prints of
 * each element how many were read and how many of these rightly. Ends with 1 below the floors.
 *
 *   npm run measure:reading                 all of them, some minutes
 *   npm run measure:reading -- --every 8    each eighth
 *   npm run measure:reading -- --seed 2     other photos of the same make; --wrong names what was misread
 */
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { createReader } from '../src/documents/reading/create-reader.ts';
import { type PhotoPlan, planPhotos } from '../test/documents/reading/photos/photos.ts';

/** Of what is proposed, this part must be right: a wrong proposal costs more than none. Family cards hold down the numbers' recall. */
const FLOORS = {
  number: { precision: 0.98, recall: 0.7 },
  other: { precision: 0.98, recall: 0.85 },
} as const;
const NUMBERS: readonly string[] = ['nik', 'kk'];

/** Quality is measured here; on a busy machine a photo may take long. */
const LIMIT_MS = 60_000;

interface Tally {
  element: string;
  isHandwritten: boolean;
  photos: number;
  read: number;
  right: number;
}

const { values: options } = parseArgs({
  options: {
    every: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    wrong: { type: 'boolean', default: false },
  },
});
const plans = planPhotos(Number(options.seed)).filter((_, index) => index % Number(options.every) === 0);
const reader = createReader({
  clock: { now: Date.now },
  timeZone: 'Asia/Makassar',
  log: pino({ level: 'warn' }),
  limitMs: LIMIT_MS,
  patienceMs: LIMIT_MS,
});
const tallies = new Map<string, Tally>();
let spentMs = 0;
for (const plan of plans) await measure(plan);
await reader.close();
const isGood = report([...tallies.values()]);
process.exitCode = isGood ? 0 : 1;

async function measure(plan: PhotoPlan): Promise<void> {
  const { bytes, truth } = await plan.take();
  const start = performance.now();
  const readings = new Map(
    (await reader.read(bytes, plan.kind)).map(({ element, value }) => [element, value]),
  );
  spentMs += performance.now() - start;
  for (const [element, expected] of Object.entries(truth)) {
    const tally = tallyOf(plan, element);
    const value = readings.get(element);
    tally.photos += 1;
    if (value !== undefined) tally.read += 1;
    if (value === expected) tally.right += 1;
    else if (options.wrong)
      say(`${plan.id} (${plan.care}) ${element}: ${expected}, read ${value ?? 'nothing'}`);
  }
}

function tallyOf({ kind, isHandwritten }: PhotoPlan, element: string): Tally {
  const key = `${kind} ${element}${isHandwritten ? ' by hand' : ''}`;
  const known = tallies.get(key) ?? { element: key, isHandwritten, photos: 0, read: 0, right: 0 };
  tallies.set(key, known);
  return known;
}

/** True when all floors are held. */
function report(all: Tally[]): boolean {
  say(`${'element'.padEnd(36)}photos  read  right  recall  precision`);
  for (const { element, photos, read, right } of all) {
    const [recall, precision] = [right / photos, read === 0 ? 1 : right / read];
    say(
      `${element.padEnd(36)}${cell(photos, 6)}${cell(read, 6)}${cell(right, 7)}${cell(recall.toFixed(3), 8)}${cell(precision.toFixed(3), 11)}`,
    );
  }
  say(`${Math.round(spentMs / plans.length)} ms a photo, ${plans.length} photos`);
  const below = all.filter(isBelow).map(({ element }) => element);
  if (below.length > 0) say(`below the floor: ${below.join(', ')}`);
  return below.length === 0;
}

/** What is written by hand is shown beside, and held to no floor: nobody has taught the engine to read it. */
function isBelow({ element, isHandwritten, photos, read, right }: Tally): boolean {
  if (isHandwritten) return false;
  const floor = NUMBERS.some((name) => element.endsWith(` ${name}`)) ? FLOORS.number : FLOORS.other;
  return right / photos < floor.recall || (read > 0 && right / read < floor.precision);
}

function cell(value: number | string, width: number): string {
  return String(value).padStart(width);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
