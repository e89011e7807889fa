/** Blank cards as citizens hear of them: the whole service, from the ledger to the phone. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StockView } from '../../src/handoff/schemas/places.ts';
import { type Desk, openRequests, type RequestsWorld, START } from './requests-world.ts';

const HOUR = 3_600_000;
const NONE_LEFT = 'sebaiknya jangan datang dulu';
const CITIZEN = '+6281234567890';
const OTHER = '+6281200000099';

let world: RequestsWorld;
let budi: Desk;
let susi: Desk;
beforeEach(async () => {
  world = await openRequests();
  [budi, susi] = [await world.login('budi'), await world.login('susi', 'supervisor')];
});
afterEach(() => world.close());

const get = async <T>(path: string) => (await budi.get(path)).body as unknown as T;
const stockOf = (point = 'kantor') => get<StockView>(`/points/${point}/stock`);
const enter = (line: object, point = 'kantor') =>
  budi.post(`/points/${point}/stock`, { id: randomUUID(), ...line });
const count = async (cards: number, point = 'kantor') =>
  expect((await enter({ kind: 'counted', count: cards }, point)).status).toBe(200);
const receive = async (cards: number) =>
  expect((await enter({ kind: 'received', count: cards, reference: 'BAST-470/12/2026' })).status).toBe(200);

/** A card that is approved, and ready to be fetched. */
async function makeReady(phone = CITIZEN): Promise<string> {
  const { number } = await world.file(undefined, { number: phone });
  for (const decision of ['take', 'approve', 'produce', 'finish'])
    expect((await susi.decide(number, decision)).status).toBe(200);
  await world.phone(phone).until(({ state }) => state.expects !== null, 'what there is to answer');
  return number;
}

/** What the office has written to this phone. */
const said = async (phone = CITIZEN) =>
  (await world.phone(phone).screen()).messages
    .filter(({ direction }) => direction === 'out')
    .map(({ text }) => text);
const hears = (words: string, phone = CITIZEN) =>
  expect.poll(async () => (await said(phone)).join('\n').toLowerCase()).toContain(words.toLowerCase());
const timesSaid = async (words: string, phone = CITIZEN) =>
  (await said(phone)).filter((text) => text.includes(words)).length;
const visitOf = async (number: string) =>
  (await world.store.bookings.findByApplication(number, world.clock.now())).at(-1);
const look = () => world.service.cardsAgain.look();

describe('where no card is left', () => {
  test('nobody is asked to come for one, and who was told so hears once when cards have come', async () => {
    await count(0);
    await count(0, 'kecamatan-hulu');
    const number = await makeReady();
    await hears(NONE_LEFT);
    expect(await said()).toContainEqual(expect.stringContaining('Blangko (bahan kartu) di Loket pelayanan'));
    expect(await visitOf(number)).toBeUndefined();
    expect(await look()).toBe(0);

    await receive(40);
    expect(await look()).toBe(1);
    await hears('blangko kartu ada lagi');
    await expect.poll(async () => (await visitOf(number))?.point).toBe('kantor');
    world.clock.set(START + HOUR);
    expect(await look()).toBe(0);
    expect(await timesSaid('blangko kartu ada lagi')).toBe(1);
  });

  test('another point that has some is offered, and nobody has to wait', async () => {
    await count(0);
    const number = await makeReady();
    await expect.poll(async () => (await visitOf(number))?.point).toBe('kecamatan-hulu');
    await receive(40);
    expect(await look()).toBe(0);
  });

  test('no more people are asked to come than there are cards, who filed first comes first', async () => {
    await count(0);
    await count(0, 'kecamatan-hulu');
    const first = await makeReady();
    await hears(NONE_LEFT);
    world.clock.set(START + 60_000);
    const second = await makeReady(OTHER);
    await hears(NONE_LEFT, OTHER);
    await receive(1);
    expect(await look()).toBe(1);
    await expect.poll(async () => (await visitOf(first))?.point).toBe('kantor');
    expect(await look()).toBe(0);
    expect(await visitOf(second)).toBeUndefined();
    await receive(5);
    expect(await look()).toBe(1);
    await expect.poll(async () => (await visitOf(second))?.point).toBe('kantor');
  });

  test('who has found a time by then hears nothing more, and nobody at night', async () => {
    await count(0);
    await count(0, 'kecamatan-hulu');
    const number = await makeReady();
    await hears(NONE_LEFT);
    await receive(40);
    world.clock.set(START + 12 * HOUR);
    expect(await look()).toBe(0);
    await world.phone(CITIZEN).dialogue(['ubah jadwal', '1']);
    await expect.poll(async () => await visitOf(number)).toBeDefined();
    world.clock.set(START + 22 * HOUR);
    expect(await look()).toBe(0);
    expect(await timesSaid('blangko kartu ada lagi')).toBe(0);
  });

  test('an outage of blank cards says the same as the ledger, until it is undone', async () => {
    const begun: string[] = [];
    for (const point of ['kantor', 'kecamatan-hulu']) {
      const { text } = await budi.post('/outages', { point, cause: 'blangko' });
      begun.push((JSON.parse(text) as { outage: { id: string } }).outage.id);
    }
    await count(40);
    expect(await stockOf()).toMatchObject({ count: 40, isOut: true });
    await makeReady();
    await hears(NONE_LEFT);
    expect(await look()).toBe(0);
    await budi.post(`/outages/${begun[0]}/undo`);
    expect(await look()).toBe(1);
    await hears('blangko kartu ada lagi');
  });
});

describe('a card that is handed over', () => {
  test('is one less at the point where it is fetched, once, with the number of its application', async () => {
    await count(30);
    const number = await makeReady();
    await expect.poll(async () => (await visitOf(number))?.point).toBe('kantor');
    await world.phone(CITIZEN).say('1');
    expect((await budi.decide(number, 'hand-over', { oldCard: true })).status).toBe(200);
    expect((await budi.decide(number, 'hand-over')).status).toBe(409);
    const { count: left, lines } = await stockOf();
    expect(left).toBe(29);
    expect(lines.filter(({ kind }) => kind === 'used')).toMatchObject([
      { change: -1, reference: number, by: 'budi' },
    ]);
  });

  test('begins no ledger where nobody counts', async () => {
    const number = await makeReady();
    expect((await budi.decide(number, 'hand-over')).status).toBe(200);
    expect((await stockOf()).lines).toEqual([]);
  });
});
