import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../src/handoff/ports.ts';
import type { OutageView, PointsView } from '../../src/handoff/schemas/places.ts';
import { type Counter, openCounter, START } from './counter.ts';
import { fileApplication } from './supervision-world.ts';

/** The counter's clock stands at Monday 23 November 2026, 10.00 WITA; the next pick-up is the day after. */
const TUESDAY_8 = Date.UTC(2026, 10, 24, 0, 0);
const HALF_HOUR = 1_800_000;

let counter: Counter;
let susi: Awaited<ReturnType<typeof browser>>;
let rina: Awaited<ReturnType<typeof browser>>;
beforeEach(async () => {
  counter = await openCounter();
  await counter.points.start();
  await counter.outages.start();
  [susi, rina] = [await browser('susi', 'operator'), await browser('rina', 'supervisor')];
});
afterEach(async () => {
  await counter.outages.stop();
  counter.points.stop();
  await counter.close();
});

async function browser(name: string, role: Role) {
  await counter.addOperator(name, { role });
  const one = await counter.login(name);
  const read = async <T>(path: string) => JSON.parse((await one.get(path)).text) as T;
  const outage = async (path: string, body: object) => {
    const answer = await one.post(path, body);
    return { status: answer.status, outage: (JSON.parse(answer.text) as { outage: OutageView }).outage };
  };
  return { ...one, read, outage };
}

const points = async () => (await susi.read<PointsView>('/api/points')).points;
const kantor = async () => (await points()).find(({ id }) => id === 'kantor');
const BROKEN = { status: 'broken', reason: 'Printer rusak', until: '2026-11-30' };

/** A case with a pick-up tomorrow at eight. */
async function book(): Promise<string> {
  const { number, service } = await fileApplication(counter, { state: 'ready', dueAt: START });
  const slot = {
    ...{ point: 'kantor', activity: 'pickup' as const },
    ...{ startAt: TUESDAY_8, endAt: TUESDAY_8 + HALF_HOUR },
  };
  await counter.store.bookings.reserve({ application: number, service, slot, capacity: 9, now: START });
  return number;
}

describe('service points', () => {
  test('are listed as they stand, with hours in one line, capacity and visits ahead', async () => {
    await book();
    const main = await kantor();
    expect(main).toMatchObject({ status: 'active', reason: null, until: null, changed: null, stock: null });
    expect(main?.activities.find(({ id }) => id === 'pickup')).toMatchObject({
      ...{ name: 'pengambilan', hours: 'Sen-Kam 08.00-14.00, Jum 08.00-10.00 WITA' },
      ...{ capacity: 10, slotMinutes: 30, booked: 1 },
    });
    const kiosk = (await points())
      .find(({ id }) => id === 'mpp')
      ?.activities.find(({ id }) => id === 'print');
    expect(kiosk).toMatchObject({ hours: 'Sab-Min 10.00-21.00 WITA', capacity: null, slotMinutes: null });
  });

  test('are changed by whoever works there, for citizens to read, and put back as office.yaml has them', async () => {
    expect((await susi.post('/api/points/kantor', BROKEN)).status).toBe(200);
    expect(await kantor()).toMatchObject({
      ...{ ...BROKEN, reason: { id: 'Printer rusak', en: 'Printer rusak' } },
      changed: { by: 'Susi', at: START },
    });
    await susi.post('/api/points/kantor', { activity: 'pickup', status: 'suspended' });
    expect((await kantor())?.activities.find(({ id }) => id === 'pickup')).toMatchObject({
      ...{ status: 'suspended', reason: null, until: null },
    });
    await susi.post('/api/points/kantor', { restore: true });
    expect(await kantor()).toMatchObject({ status: 'active', changed: null });
  });

  test('stand as before again after the last day out of order', async () => {
    await susi.post('/api/points/kantor', { ...BROKEN, until: '2026-11-23' });
    expect((await kantor())?.status).toBe('broken');
    counter.wait(86_400_000);
    // Her session has ended overnight.
    susi = await browser('budi', 'operator');
    expect((await kantor())?.status).toBe('active');
  });

  test('have capacities that only a supervisor changes, or puts back', async () => {
    const path = '/api/points/kantor';
    const change = { activity: 'pickup', capacity: 3 };
    expect(await susi.post(path, change)).toMatchObject({
      status: 403,
      body: { error: { code: 'FORBIDDEN' } },
    });
    expect((await rina.post(path, change)).status).toBe(200);
    const capacity = async () => (await kantor())?.activities.find(({ id }) => id === 'pickup')?.capacity;
    expect(await capacity()).toBe(3);
    const restore = { activity: 'pickup', restore: true };
    expect((await susi.post(path, restore)).status).toBe(403);
    expect((await susi.post(path, { activity: 'pickup', status: 'broken' })).status).toBe(200);
    expect(await capacity()).toBe(3);
    expect((await rina.post(path, restore)).status).toBe(200);
    expect(await capacity()).toBe(10);
  });

  test('are in the audit log, without the words', async () => {
    await susi.post('/api/points/kantor', BROKEN);
    await rina.post('/api/points/kantor', { restore: true });
    await rina.post('/api/days', { days: [{ date: '2026-12-28', until: '2026-12-29', reason: 'Banjir' }] });
    const lines = await counter.audited();
    expect(lines).toMatchObject([
      {
        ...{ actor: 'op-susi', action: 'point.change', subject: 'kantor' },
        details: { status: 'broken', until: '2026-11-30' },
      },
      { actor: 'op-rina', action: 'point.restore', subject: 'kantor', details: {} },
      {
        ...{ actor: 'op-rina', action: 'days.set', subject: 'office' },
        details: { count: 1, dates: ['2026-12-28/2026-12-29'] },
      },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/Printer|Banjir/);
  });

  test.each([
    { status: 'flooded' },
    {},
    { restore: true, status: 'active' },
    { status: 'broken', until: '2026-11-22' },
    { status: 'broken', until: '2026-02-31' },
    { status: 'active', reason: 'Printer rusak' },
    { reason: 'Printer rusak' },
    { capacity: 3 },
    { status: 'broken', reason: 'x'.repeat(201) },
  ])('are not changed by %o', async (body) => {
    expect(await rina.post('/api/points/kantor', body)).toMatchObject({ status: 400 });
    expect(await counter.actions()).toEqual([]);
  });

  test('that do not exist are not found', async () => {
    expect((await susi.post('/api/points/pasar', { status: 'broken' })).status).toBe(404);
    expect((await susi.post('/api/points/kantor', { activity: 'print', status: 'broken' })).status).toBe(404);
    expect((await susi.post('/api/points/toString', { status: 'broken' })).status).toBe(404);
  });
});

describe('days off', () => {
  const days = async () => (await susi.read<PointsView>('/api/points')).days;

  test('stand beside those of office.yaml, and are set by a supervisor', async () => {
    const fixed = (await days()).length;
    const day = { date: '2026-12-28', reason: 'Banjir', points: ['kantor'] };
    expect((await susi.post('/api/days', { days: [day] })).status).toBe(403);
    expect((await rina.post('/api/days', { days: [day] })).status).toBe(200);
    expect((await days()).find(({ date }) => date === '2026-12-28')).toEqual({
      ...{ date: '2026-12-28', until: null, reason: { id: 'Banjir', en: 'Banjir' }, points: ['kantor'] },
      ...{ isFixed: false, by: 'Rina' },
    });
    expect(await days()).toHaveLength(fixed + 1);
    await rina.post('/api/days', { days: [] });
    expect(await days()).toHaveLength(fixed);
  });

  test('that end before they begin, or are of no such place, are refused', async () => {
    const day = { date: '2026-12-28', reason: 'Banjir' };
    expect((await rina.post('/api/days', { days: [{ ...day, until: '2026-12-27' }] })).status).toBe(400);
    expect((await rina.post('/api/days', { days: [{ ...day, points: ['pasar'] }] })).status).toBe(404);
    expect(await counter.actions()).toEqual([]);
  });

  test.each([
    { date: '2026-11-24', until: '2027-12-31' },
    { date: '2028-01-03', until: '9999-12-31' },
  ])('that leave the office no working day for 60 days are refused with a sentence: %o', async (day) => {
    const refused = await rina.post('/api/days', { days: [{ ...day, reason: 'Banjir' }] });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'INVALID_REQUEST' } } });
    expect(refused.body.error.reason).toMatch(/tidak punya hari kerja selama 60 hari/);
    expect((await days()).every(({ isFixed }) => isFixed)).toBe(true);
    const ofOne = { ...day, reason: 'Banjir', points: ['kantor'] };
    expect((await rina.post('/api/days', { days: [ofOne] })).status).toBe(200);
  });

  test('of the past are kept, and do not count', async () => {
    const day = { date: '2020-01-01', until: '2020-12-31', reason: 'Pandemi' };
    expect((await rina.post('/api/days', { days: [day] })).status).toBe(200);
    expect((await days())[0]).toMatchObject({ date: '2020-01-01', isFixed: false });
  });
});

describe('outages', () => {
  const WANTED = { point: 'kantor', activity: 'pickup', cause: 'device', until: '2026-11-30' };

  test('are looked at before, begun, worked off and undone', async () => {
    await book();
    expect(JSON.parse((await susi.post('/api/outages/preview', WANTED)).text)).toEqual({
      ...{ visits: 1, firstAt: TUESDAY_8, lastAt: TUESDAY_8 },
    });
    const { outage } = await susi.outage('/api/outages', { ...WANTED, reason: 'Alat rusak' });
    expect(outage).toMatchObject({
      ...{ point: 'kantor', pointName: 'Loket pelayanan Disdukcapil', activity: 'pickup', cause: 'device' },
      ...{ reason: 'Alat rusak', until: '2026-11-30', at: START, by: 'Susi' },
      ...{ state: 'running', total: 1, done: 0, moved: 0, untold: 0 },
    });
    await counter.outages.look();
    const { outages } = await susi.read<{ outages: OutageView[] }>('/api/outages');
    expect(outages).toMatchObject([{ id: outage.id, state: 'done', done: 1, moved: 1 }]);
    expect((await susi.outage(`/api/outages/${outage.id}/undo`, {})).outage.state).toBe('undoing');
    await counter.outages.look();
    const path = `/api/outages/${outage.id}`;
    expect(await susi.read(path)).toMatchObject({ outage: { state: 'undone', restored: 1 } });
    expect((await susi.post(`${path}/undo`, {})).status).toBe(409);
  });

  test('are in the audit log, without the words', async () => {
    const { outage } = await susi.outage('/api/outages', { ...WANTED, reason: 'Alat rusak' });
    await rina.outage(`/api/outages/${outage.id}/undo`, {});
    const { id } = outage;
    expect(await counter.audited()).toMatchObject([
      {
        ...{ actor: 'op-susi', action: 'outage.begin', subject: 'kantor' },
        details: { outage: id, visits: 0, activity: 'pickup', cause: 'device', until: '2026-11-30' },
      },
      { actor: 'op-rina', action: 'outage.undo', subject: 'kantor', details: { outage: id } },
    ]);
    expect(JSON.stringify(await counter.audited())).not.toContain('Alat');
  });

  test('are news for whoever listens', async () => {
    let news = 0;
    counter.hub.subscribe('outages', () => {
      news += 1;
    });
    await susi.post('/api/outages', WANTED);
    await expect.poll(() => news).toBe(1);
  });

  test.each([
    [{ ...WANTED, point: 'pasar' }, 404],
    [{ point: 'mpp', activity: 'record', cause: 'device' }, 404],
    [{ ...WANTED, until: '2026-11-22' }, 400],
    [{ ...WANTED, until: '2026-02-31' }, 400],
    [{ ...WANTED, cause: 'flood' }, 400],
    [{ ...WANTED, cause: 'calendar' }, 400],
    [{ cause: 'device' }, 400],
  ])('are not begun by %o', async (body, status) => {
    expect((await susi.post('/api/outages', body)).status).toBe(status);
    expect((await susi.post('/api/outages/preview', body)).status).toBe(status);
    expect(await counter.actions()).toEqual([]);
    expect(counter.outages.list()).toEqual([]);
  });

  test('of visits on a day off are begun when somebody says so, once', async () => {
    await book();
    const path = '/api/outages';
    const calendar = { cause: 'calendar' };
    expect((await susi.post(path, calendar)).status).toBe(409);
    const days = [{ date: '2026-11-24', reason: 'Banjir' }];
    const saved = JSON.parse((await rina.post('/api/days', { days })).text) as PointsView;
    expect(saved.strays).toEqual({ visits: 1, firstAt: TUESDAY_8, lastAt: TUESDAY_8 });
    expect(counter.outages.list()).toEqual([]);

    const { outage } = await susi.outage(path, calendar);
    expect(outage).toMatchObject({
      ...{ point: null, pointName: null, activity: null, cause: 'calendar', reason: null, until: null },
      ...{ by: 'Susi', state: 'running', total: 1 },
    });
    expect((await susi.read<PointsView>('/api/points')).strays).toBeNull();
    expect((await susi.post(path, calendar)).status).toBe(409);
    await counter.outages.look();
    expect(await susi.read(`${path}/${outage.id}`)).toMatchObject({ outage: { state: 'done', moved: 1 } });
    await susi.outage(`${path}/${outage.id}/undo`, {});
    expect((await counter.audited()).slice(1)).toMatchObject([
      {
        ...{ actor: 'op-susi', action: 'outage.begin', subject: 'office' },
        details: { outage: outage.id, visits: 1, cause: 'calendar' },
      },
      { actor: 'op-susi', action: 'outage.undo', subject: 'office', details: { outage: outage.id } },
    ]);
  });

  test('that nobody knows are not found', async () => {
    expect((await susi.post('/api/outages/none/undo', {})).status).toBe(404);
    expect((await susi.get('/api/outages/none')).status).toBe(404);
  });

  test.each(['admin', 'auditor'] as const)('are nothing for the role %s', async (role) => {
    const wati = await browser('wati', role);
    expect((await wati.get('/api/points')).status).toBe(403);
    expect((await wati.get('/api/outages')).status).toBe(403);
    expect((await wati.post('/api/outages', WANTED)).status).toBe(403);
  });
});
