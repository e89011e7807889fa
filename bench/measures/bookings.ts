import type { Measure } from '../measure.ts';
import { compare, type Turn } from '../pairs.ts';
import { startChild } from '../start-child.ts';
import { detailOf } from '../words.ts';

/** Reserving places, beside the least that makes one durable. */
export const bookings: Measure = {
  name: 'bookings',
  title: 'Places reserved, beside one durable insert each',
  async run({ isQuick, note }) {
    const seconds = isQuick ? 1 : 3;
    const [store, floor] = await Promise.all([
      startChild('bookings', { side: 'store' }),
      startChild('bookings', { side: 'floor' }),
    ]);
    note('64 at a time, embedded store');
    const found = await compare(
      () => store.ask<Turn>('run', { seconds }),
      () => floor.ask<Turn>('run', { seconds }),
      isQuick ? 3 : 7,
    );
    await Promise.all([store.stop(), floor.stop()]);
    return [
      {
        what: 'reservations a second beside one durable insert each, 64 at a time',
        value: found.rateRatio,
        unit: 'x',
        detail: detailOf(found),
      },
    ];
  },
};
