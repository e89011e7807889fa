import type { Measure } from '../measure.ts';
import { compare, type Turn } from '../pairs.ts';
import { type ChildHandle, startChild } from '../start-child.ts';

/** The paper that every application ends with. It is not signed: signatures are not built yet. */
export const receipt: Measure = {
  name: 'receipt',
  title: 'The receipt as PDF with QR, not signed, beside the way of the tutorials (fonts by path, QR as PNG)',
  async run({ isQuick, note }) {
    const [ours, naive] = [
      await startChild('receipts', { draw: 'ours' }),
      await startChild('receipts', { draw: 'naive' }),
    ];
    const seconds = isQuick ? 0.5 : 2;
    note('drawing receipts');
    await Promise.all([drawn(ours, 1), drawn(naive, 1)]);
    const found = await compare(
      () => drawn(ours, seconds),
      () => drawn(naive, seconds),
      isQuick ? 3 : 5,
    );
    await Promise.all([ours.stop(), naive.stop()]);
    const each = ({ rate, cpuUs }: Turn) =>
      `${(1000 / rate).toFixed(1)} ms, ${(cpuUs / 1000).toFixed(1)} ms CPU`;
    return [
      {
        what: 'receipts in a second; ours has two languages, tags for screen readers and twice the text',
        value: found.rateRatio,
        unit: 'x the naive way',
        detail: `${found.pairs} pairs, ${found.rateRange.map((ratio) => ratio.toFixed(1)).join(' to ')}; by CPU ${found.cpuRatio.toFixed(1)}; ${each(found.ours)} beside ${each(found.floor)}; the aim of 12 is for signed ones, which is open`,
      },
    ];
  },
};

async function drawn(child: ChildHandle, seconds: number): Promise<Turn> {
  const done = await child.ask<{ receipts: number; seconds: number; cpuUs: number }>('run', { seconds });
  return { rate: done.receipts / done.seconds, cpuUs: done.cpuUs / done.receipts };
}
