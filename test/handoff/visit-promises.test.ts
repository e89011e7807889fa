import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Booking } from '../../src/pickup/ports.ts';
import { openRequests, type RequestsWorld } from './requests-world.ts';

/** Tuesday to Thursday, in WITA. */
const wita = (at: string) => Date.parse(`2026-11-${at}+08:00`);
let world: RequestsWorld;
let vera: Awaited<ReturnType<RequestsWorld['login']>>;

let shifts = 0;

beforeAll(async () => {
  world = await openRequests();
});
beforeEach(async () => {
  world.clock.set(wita('24T10:00:00'));
  // The days pass, and sessions end.
  vera = await world.login(`vera${++shifts}`, 'verifier');
});
afterAll(() => world.close());

async function book(
  application: string,
  at: string,
  activity: 'submit' | 'pickup' = 'pickup',
): Promise<Booking> {
  const startAt = wita(at);
  const taken = await world.store.bookings.reserve({
    ...{ application, service: 'ktp-hilang-rusak', capacity: 10, now: world.clock.now() },
    slot: { point: 'kantor', activity, startAt, endAt: startAt + 1_800_000 },
  });
  if (!taken.ok) throw new Error(taken.reason);
  return taken.booking;
}

async function finished(number: string): Promise<void> {
  await vera.decide(number, 'take');
  for (const decision of ['approve', 'produce', 'finish']) await vera.decide(number, decision);
}

const marksOf = async ({ id }: Booking) =>
  (await world.store.visits.marksOf([id])).map(({ mark }) => mark).toSorted();
const isSaid = (words: string) => (screen: { messages: { direction: string; text: string }[] }) =>
  screen.messages.some(({ direction, text }) => direction === 'out' && text.includes(words));

describe('a booked visit, through the whole service', () => {
  test('is named when the card is ready, reminded of, answered, and served by the handing over', async () => {
    const from = '+6281234567801';
    const { number } = await world.file(undefined, { number: from });
    const phone = world.phone(from);
    const visit = await book(number, '26T10:00:00');
    await finished(number);
    await phone.until(
      isSaid('Silakan datang sesuai jadwal Bapak/Ibu: *Kamis 26 November 2026'),
      'the time of the visit',
    );
    world.clock.set(wita('25T16:00:00'));
    await world.service.visits.look();
    await phone.until(isSaid('Pengingat jadwal'), 'a reminder');
    await phone.say('OTW');
    await phone.until(isSaid('Baik, kami tunggu'), 'an answer to OTW');
    expect(await marksOf(visit)).toEqual(['on-way', 'reminded-day']);
    world.clock.set(wita('26T09:50:00'));
    const ani = await world.login('ani');
    expect((await ani.decide(number, 'hand-over', { oldCard: true })).status).toBe(200);
    expect(await marksOf(visit)).toEqual(['on-way', 'reminded-day', 'served']);
  });

  test('of a case that is rejected is free for others', async () => {
    const { number } = await world.file(undefined, { number: '+6281234567802' });
    await book(number, '26T10:00:00', 'submit');
    await vera.decide(number, 'take');
    await vera.decide(number, 'reject', { reason: 'Bukan warga kami' });
    expect(await world.store.bookings.findByApplication(number, world.clock.now())).toEqual([]);
  });

  test('that cannot be kept frees its seat and is offered another day', async () => {
    const from = '+6281234567803';
    const { number } = await world.file(undefined, { number: from });
    await finished(number);
    const phone = world.phone(from);
    await phone.until(({ state }) => state.expects === 'slot', 'times');
    await phone.dialogue(['1']);
    const bookings = () => world.store.bookings.findByApplication(number, world.clock.now());
    const [booked] = await bookings();
    await phone.say('maaf, saya tidak bisa datang');
    await phone.until(({ state }) => state.expects === 'slot', 'other times');
    const held = await bookings();
    expect(held[0]?.startAt).toBeGreaterThan((booked?.startAt ?? Infinity) + 12 * 3_600_000);
    expect(held.every(({ heldUntil }) => heldUntil !== undefined)).toBe(true);
  });

  test('news of it by SMS waits for the hours of SMS', async () => {
    const from = '+6281234567804';
    const { number } = await world.file(undefined, { number: from, channel: 'sms' as never });
    world.clock.set(wita('24T21:00:00'));
    await finished(number);
    const phone = world.phone(from, 'sms');
    await world.service.teller.look();
    expect(isSaid(number)(await phone.screen())).toBe(false);
    world.clock.set(wita('25T08:00:00'));
    await world.service.teller.look();
    await phone.until(isSaid(number), 'the news in the morning');
  });

  test('a promise that is broken is told once, and noted for the office', async () => {
    const { number, dueAt } = await world.file(undefined, { number: '+6281234567805' });
    world.clock.set(dueAt + 3 * 3_600_000);
    await world.service.expiry.look();
    await world
      .phone('+6281234567805')
      .until(isSaid('belum selesai pada waktu yang kami janjikan'), 'an apology');
    const susi = await world.login('susi', 'supervisor');
    const { body } = await susi.look(number);
    expect(body.history.at(-1)).toMatchObject({
      event: 'note',
      reason: expect.stringContaining('diberi tahu'),
    });
    const { counts } = (await susi.get('/requests?states=draft')).body;
    expect(counts.reduce((sum, { late }) => sum + late, 0)).toBeGreaterThan(0);
  });
});
