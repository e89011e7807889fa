import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../src/handoff/ports.ts';
import type { PointsView, StockView } from '../../src/handoff/schemas/places.ts';
import { type Counter, openCounter, START } from './counter.ts';

const DAY = 24 * 3_600_000;

let counter: Counter;
let desk: Awaited<ReturnType<typeof at>>;
beforeEach(async () => {
  counter = await openCounter();
  desk = await at('budi', 'operator');
});
afterEach(() => counter.close());

async function at(username: string, role: Role) {
  await counter.addOperator(username, { role });
  return counter.login(username);
}

const get = async <T>(path: string) => JSON.parse((await desk.get(path)).text) as T;
const stockOf = (point = 'kantor') => get<StockView>(`/api/points/${point}/stock`);
const points = () => get<PointsView>('/api/points');
const enter = (line: object, point = 'kantor') =>
  desk.post(`/api/points/${point}/stock`, { id: randomUUID(), ...line });
const count = (cards: number, point = 'kantor') => enter({ kind: 'counted', count: cards }, point);
const receive = (cards: number) => enter({ kind: 'received', count: cards, reference: 'BAST-470/12/2026' });

describe('the ledger of a point', () => {
  test('begins with a count, and adds what came to what went', async () => {
    expect(await stockOf()).toEqual({ count: 0, isOut: false, lines: [] });
    await count(100);
    await receive(50);
    await enter({ kind: 'used', count: 7 });
    const { status, body } = await enter({ kind: 'spoiled', count: 3 });
    expect(status).toBe(200);
    expect(body).toMatchObject({ count: 140, isOut: false });
    const { lines } = await stockOf();
    expect(lines.map(({ kind, change }) => [kind, change]).toSorted()).toEqual([
      ['counted', 100],
      ['received', 50],
      ['spoiled', -3],
      ['used', -7],
    ]);
    expect(lines.find(({ kind }) => kind === 'received')).toMatchObject({
      ...{ reference: 'BAST-470/12/2026', by: 'Budi', at: START },
    });
    await count(139);
    expect((await stockOf()).count).toBe(139);
    expect((await stockOf('kecamatan-hulu')).lines).toEqual([]);
  });

  test('takes the same line once, however often it is sent', async () => {
    const line = { id: randomUUID(), kind: 'received', count: 50, reference: 'BAST-1' };
    for (let i = 0; i < 3; i++) expect((await enter(line)).status).toBe(200);
    expect((await stockOf()).count).toBe(50);
  });

  test('stands at the point, on its page and in the audit log, where the BAST number does not', async () => {
    await receive(50);
    const { points: all } = await points();
    expect(all.find(({ id }) => id === 'kantor')?.stock).toEqual({ count: 50, isOut: false });
    expect(all.find(({ id }) => id === 'mpp')?.stock).toBeNull();
    const [line] = await counter.audited();
    expect(line).toMatchObject({ actor: 'op-budi', action: 'stock.line', subject: 'kantor' });
    expect(line?.details).toEqual({ kind: 'received', change: 50 });
  });

  test('takes no cards without their handover record, and nothing that makes no sense', async () => {
    const wrong = [
      { kind: 'received', count: 50 },
      { kind: 'received', count: 0, reference: 'BAST-1' },
      { kind: 'used', count: 0 },
      { kind: 'spoiled', count: -1 },
      { kind: 'counted', count: -1 },
      { kind: 'counted', count: 1.5 },
      { kind: 'counted', count: 1_000_001 },
      { kind: 'stolen', count: 1 },
      { kind: 'counted', count: 1, id: 'x' },
    ];
    for (const line of wrong) expect((await enter(line)).status, JSON.stringify(line)).toBe(400);
    expect((await stockOf()).lines).toEqual([]);
  });

  test('is of a point that there is, and for those who work there', async () => {
    expect((await enter({ kind: 'counted', count: 1 }, 'pasar')).status).toBe(404);
    expect((await desk.get('/api/points/toString/stock')).status).toBe(404);
    const wati = await at('wati', 'auditor');
    expect((await wati.get('/api/points/kantor/stock')).status).toBe(403);
  });

  test('below zero is shown as none, and what is amiss is told', async () => {
    await count(2);
    await enter({ kind: 'spoiled', count: 5 });
    expect(await stockOf()).toMatchObject({ count: 0, isOut: true });
    const { warnings } = await points();
    expect(warnings.join('\n')).toMatch(/kurang dari nol \(-3\)/);
    expect(warnings.join('\n')).toMatch(/habis di semua tempat yang mencatat/);
  });

  test('warns below twenty, or below what a week takes', async () => {
    const warning = async () =>
      (await points()).warnings.find((line) => line.includes('Loket pelayanan') && line.includes('tinggal'));
    await count(300);
    expect(await warning()).toBeUndefined();
    await enter({ kind: 'used', count: 220 });
    expect(await warning()).toBeUndefined();
    await enter({ kind: 'used', count: 30 });
    expect(await warning()).toContain('tinggal 50 lembar');
    counter.wait(29 * DAY);
    desk = await counter.login('budi');
    expect(await warning()).toBeUndefined();
    await count(19);
    expect(await warning()).toContain('tinggal 19 lembar');
  });
});

test('the announcement to everybody and the ledgers are held against each other', async () => {
  await counter.notices.start();
  const susi = await at('susi', 'supervisor');
  await count(40);
  const announce = (isOn: boolean) => susi.post('/api/notices', { kind: 'blangko', isOn });
  expect((await announce(true)).status).toBe(200);
  const warnings = async () => (await points()).warnings.join('\n');
  expect(await warnings()).toContain('Pengumuman blangko habis masih menyala');
  await count(0);
  expect(await warnings()).not.toContain('masih menyala');
  expect(await warnings()).not.toContain('habis di semua tempat');
  await announce(false);
  expect(await warnings()).toContain('habis di semua tempat yang mencatat');
  counter.notices.stop();
});
