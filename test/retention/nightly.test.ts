import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createNightly, lastRunAt, nextNight } from '../../src/retention/nightly.ts';
import { DAY, openWorld, START, type World } from './world.ts';

const HOUR = DAY / 24;
const ZONE = 'Asia/Makassar';
/** 02.00 there, the night after START (11.00 there). */
const NIGHT = START + 15 * HOUR;

/** A process of the office. */
function openNightly({ store, clock }: World) {
  const rules = { filesMs: 30 * DAY, draftsMs: 30 * DAY, chatMs: 30 * DAY };
  return createNightly({ ...store, clock, rules, timeZone: ZONE, log: pino({ level: 'silent' }) });
}

const runs = async ({ store }: World) =>
  (await store.audit.list({ actions: ['retention.run'], limit: 99 })).map(({ at }) => at);

it('is at two in the morning of the office', () => {
  expect(nextNight(START, ZONE)).toBe(NIGHT);
  expect(nextNight(NIGHT - 1, ZONE)).toBe(NIGHT);
  expect(nextNight(NIGHT, ZONE)).toBe(NIGHT + DAY);
  expect(nextNight(START, 'Asia/Jayapura')).toBe(NIGHT - HOUR);
});

it('runs once a night, and a new office waits for its first', async () => {
  const world = await openWorld();
  const nightly = openNightly(world);
  for (const at of [START, NIGHT - 1, NIGHT, NIGHT + HOUR, NIGHT + DAY - 1, NIGHT + DAY]) {
    world.clock.at = at;
    await nightly.look();
  }
  expect(await runs(world)).toEqual([NIGHT, NIGHT + DAY]);
  expect(await lastRunAt(world.store.settings)).toBe(NIGHT + DAY);
});

it('runs when it is on again after a night that it was off, and not for what another process did', async () => {
  const world = await openWorld();
  await openNightly(world).look();
  world.clock.at = NIGHT + 6 * HOUR;
  const other = openNightly(world);
  await openNightly(world).look();
  await other.look();
  expect(await runs(world)).toEqual([NIGHT + 6 * HOUR]);
});

it('erases by itself what is kept no longer', async () => {
  const world = await openWorld();
  const nightly = openNightly(world);
  await nightly.look();
  const file = await world.put('siti', START);
  world.clock.at = NIGHT + 31 * DAY;
  expect(await nightly.look()).toBe(1);
  expect(await world.isThere(file)).toBe(false);
});

it('that is stopped on its way begins anew the next time', async () => {
  const world = await openWorld();
  const nightly = openNightly(world);
  await nightly.look();
  await world.put('siti', START);
  world.clock.at = NIGHT + 31 * DAY;
  nightly.start();
  const look = nightly.look();
  await nightly.stop();
  await look;
  expect(await runs(world)).toEqual([]);
  await openNightly(world).look();
  expect(await runs(world)).toHaveLength(1);
});
