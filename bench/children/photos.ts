/** Photos looked at by the inspector, and by bare sharp. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pino } from 'pino';
import sharp from 'sharp';
import { createInspector } from '../../src/documents/intake/inspection.ts';
import type { Json } from '../../src/json.ts';
import { shoot } from '../../test/documents/photos.ts';
import type { Child } from '../child.ts';

/** Answers `run` {seconds} with what was looked at, `burst` {count} with what many at once cost. */
export async function start({ look }: { look: 'ours' | 'bare' }): Promise<Child> {
  const photo = await shoot({ width: 3000, height: 4000 }).jpeg({ quality: 90 }).toBuffer();
  const inspector = createInspector({ clamd: undefined, log: pino({ level: 'silent' }) });
  const inspect = async () => {
    const found = await inspector.inspect(photo);
    if (!found.ok) throw new Error(found.reason);
  };
  const work = look === 'ours' ? inspect : () => bare(photo);
  return {
    url: '',
    ask: async (question, details) => {
      const { seconds = 0, count = 0 } = details as { seconds?: number; count?: number };
      return question === 'burst' ? burst(work, count, photo.length) : run(work, seconds);
    },
    stop: () => inspector.close(),
  };
}

/** Decoded whole and encoded again at the same size and quality as ours, on one thread. */
async function bare(photo: Buffer): Promise<void> {
  sharp.concurrency(1);
  sharp.cache(false);
  await sharp(photo).resize({ width: 2600, height: 2600, fit: 'inside' }).jpeg({ quality: 85 }).toBuffer();
}

async function run(work: () => Promise<void>, seconds: number) {
  const before = process.cpuUsage();
  const startMs = performance.now();
  let photos = 0;
  while (performance.now() < startMs + seconds * 1000) {
    await work();
    photos += 1;
  }
  const { user, system } = process.cpuUsage(before);
  return { photos, seconds: (performance.now() - startMs) / 1000, cpuUs: user + system };
}

async function burst(work: () => Promise<void>, count: number, photoBytes: number): Promise<Json> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const [beforeBytes, startMs] = [process.memoryUsage.rss(), performance.now()];
  let mostBytes = beforeBytes;
  const watch = setInterval(() => {
    mostBytes = Math.max(mostBytes, process.memoryUsage.rss());
  }, 20);
  delay.enable();
  await Promise.all(Array.from({ length: count }, work));
  delay.disable();
  clearInterval(watch);
  const seconds = (performance.now() - startMs) / 1000;
  return {
    beforeBytes,
    mostBytes,
    photoBytes,
    seconds,
    p99Ms: delay.percentile(99) / 1e6,
    maxMs: delay.max / 1e6,
  };
}
