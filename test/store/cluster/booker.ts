/**
 * One process of a race. Its arguments: the database, its own number, how many book. Says `ready`, waits for a word,
 * lets all of them book at once, and prints the bookings that they were told of.
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
process.stdout.write(`${JSON.stringify(answers.flat())}\n`);
await store.close();
process.stdin.destroy();

/**
 * Three slots of ten places, a quota of twenty-five; every third only holds at first, every fifth first has another
 * time, and every seventh is an application for which all processes ask. Gives every booking it was told of.
 */
async function book(n: number): Promise<string[]> {
  const application = n % 7 === 0 ? `all-${n}` : `${own}-${n}`;
  const told: string[] = [];
  const ask = async (slotNumber: number, changes: Partial<Reservation> = {}) => {
    const startAt = 1000 * (1 + (slotNumber % 3));
    const answer = await store.bookings.reserve({
      ...{ application, service: 'kia', capacity: 10, quota: { perDay: 25, from: 0, to: 10_000 }, now: 100 },
      ...changes,
      slot: { point: 'kantor', activity: 'pickup', startAt, endAt: startAt + 900 },
    });
    if (answer.ok) told.push(answer.booking.id);
  };
  if (n % 5 === 0) await ask(n + 1);
  await ask(n, n % 3 === 0 ? { heldUntil: 500 } : {});
  if (n % 3 === 0 && told.length > 0) await ask(n, { now: 499 });
  return told;
}
