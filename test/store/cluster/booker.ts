/**
 * One process of a race. Its arguments: the database, its own number, how many book. Says `ready`, waits for a word,
 * lets all of them book at once, and prints what each was answered.
 */
import { once } from 'node:events';
import type { Reservation } from '../../../src/pickup/ports.ts';
import { openStore } from '../../../src/store/open.ts';

const [mongodbUrl = '', own = '', count = ''] = process.argv.slice(2);
const store = await openStore({
  where: { kind: 'cluster', mongodbUrl, redisUrl: undefined },
  dataDir: '/nonexistent',
  masterKey: Buffer.alloc(32, 7),
});
process.stdout.write('ready\n');
await once(process.stdin, 'data');
const answers = await Promise.all(Array.from({ length: Number(count) }, (_, n) => book(n)));
process.stdout.write(`${JSON.stringify(answers)}\n`);
await store.close();
process.stdin.destroy();

/**
 * Three slots of ten places, a quota of twenty-five; every third only holds at first, every fifth first has another
 * time, and every seventh is an application for which all processes ask.
 */
async function book(n: number): Promise<string> {
  const application = n % 7 === 0 ? `all-${n}` : `${own}-${n}`;
  const startAt = 1000 * (1 + (n % 3));
  const ask = (changes: Partial<Reservation> = {}, at = startAt) =>
    store.bookings.reserve({
      ...{ application, service: 'kia', capacity: 10, quota: { perDay: 25, from: 0, to: 10_000 }, now: 100 },
      ...changes,
      slot: { point: 'kantor', activity: 'pickup', startAt: at, endAt: at + 900 },
    });
  if (n % 5 === 0) await ask({}, 1000 * (1 + ((n + 1) % 3)));
  const first = await ask(n % 3 === 0 ? { heldUntil: 500 } : {});
  const last = n % 3 === 0 && first.ok ? await ask({ now: 499 }) : first;
  return last.ok ? last.booking.id : last.reason;
}
