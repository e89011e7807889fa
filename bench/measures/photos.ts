import type { Measure } from '../measure.ts';
import { compare, type Turn } from '../pairs.ts';
import { type ChildHandle, startChild } from '../start-child.ts';

/** Photos that come at once in the second part. */
const BURST = 50;
const MEGABYTE = 1024 ** 2;

/** What it costs to look at a photo, and what messages feel of it. */
export const photos: Measure = {
  name: 'photos',
  title: 'A photo of 12 megapixels looked at, beside sharp alone (decode, make smaller, encode); 50 at once',
  async run({ isQuick, note }) {
    const [ours, bare] = [
      await startChild('photos', { look: 'ours' }),
      await startChild('photos', { look: 'bare' }),
    ];
    note('one after the other');
    await Promise.all([looked(ours, 1), looked(bare, 1)]);
    const seconds = isQuick ? 1 : 4;
    const found = await compare(
      () => looked(ours, seconds),
      () => looked(bare, seconds),
      isQuick ? 2 : 5,
    );
    await bare.stop();
    note(`${BURST} at once`);
    const cost = await ours.ask<Burst>('burst', { count: isQuick ? 5 : BURST });
    await ours.stop();
    const each = ({ rate, cpuUs }: Turn) =>
      `${(1000 / rate).toFixed(0)} ms, ${(cpuUs / 1000).toFixed(0)} ms CPU`;
    return [
      {
        what: 'a photo of 12 megapixels looked at: true type, decoded, upright, stripped, smaller, light, sharpness, frame',
        value: 1000 / found.ours.rate,
        unit: 'ms',
        detail: `${found.pairs} pairs; ${each(found.ours)} beside ${each(found.floor)} of sharp alone; ${found.rateRatio.toFixed(2)} x its rate`,
      },
      {
        what: `memory of the process at most, ${BURST} such photos at once`,
        value: cost.mostBytes / MEGABYTE,
        unit: 'MiB',
        aim: { atMost: 600 },
        detail: `${(cost.beforeBytes / MEGABYTE).toFixed(0)} before; ${(cost.photoBytes / MEGABYTE).toFixed(1)} MiB each; ${cost.seconds.toFixed(1)} s for all of them`,
      },
      {
        what: 'event-loop delay of the main thread meanwhile, p99',
        value: cost.p99Ms,
        unit: 'ms',
        aim: { atMost: 20 },
        detail: `longest ${cost.maxMs.toFixed(1)} ms; sampled every 5 ms, which is in the figures`,
      },
    ];
  },
};

interface Burst {
  beforeBytes: number;
  mostBytes: number;
  photoBytes: number;
  seconds: number;
  p99Ms: number;
  maxMs: number;
}

async function looked(child: ChildHandle, seconds: number): Promise<Turn> {
  const done = await child.ask<{ photos: number; seconds: number; cpuUs: number }>('run', { seconds });
  return { rate: done.photos / done.seconds, cpuUs: done.cpuUs / done.photos };
}
