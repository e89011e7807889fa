import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMarks } from '../../src/applications/marks.ts';
import { isNumber } from '../../src/applications/number.ts';
import { createStatusHandler } from '../../src/applications/status.ts';
import { createSubmitHandler, workingDays } from '../../src/applications/submit.ts';
import type { Json } from '../../src/json.ts';
import { createCalendar } from '../../src/pickup/calendar/calendar.ts';
import { contextOf, officeOf, openTestStore, REMBANG, wib } from '../pickup/world.ts';

const HOUR_MS = 3_600_000;
const calendar = createCalendar(() => officeOf(REMBANG));

let test: Awaited<ReturnType<typeof openTestStore>>;
let now: number;
let pins: string[];
let slots: Map<string, Json>;

beforeEach(async () => {
  test = await openTestStore();
  now = wib('2026-11-23T09:00');
  pins = ['123456', '234567', '345678'];
  slots = new Map();
});
afterEach(() => test.close());

async function submit(draft = 1, service = 'akta-kelahiran') {
  const handler = createSubmitHandler({
    applications: test.store.applications,
    clock: { now: () => now },
    ids: { digits: () => pins.shift() ?? '000000' },
    hub: test.store.hub,
    marks: createMarks({ hash: test.store.sealer.hash, flows: { services: {} } }),
    timeZone: 'Asia/Jakarta',
    serviceFacts: (id) => ({ 'akta-kelahiran': { code: 'KL', promise: 'P1D' } })[id],
    addWorkingDays: calendar.addWorkingDays,
  });
  const params = { service, answers: { nama: { v: 'Siti' } }, draft, ask: null };
  const outcome = await handler.run({ id: 'c1.4.0', type: 'submit', params }, contextOf('c1'));
  return outcome.result as { number: string; pin: string; dueAt: number };
}

async function status(number: string, pin: string): Promise<Json | undefined> {
  const handler = createStatusHandler({
    applications: test.store.applications,
    clock: { now: () => now },
    findSlot: async (application) => slots.get(application),
  });
  const effect = { id: 'c1.9.0', type: 'status', params: { number, pin } };
  return (await handler.run(effect, contextOf('c1'))).result;
}

describe('filing', () => {
  it('gives a number, a PIN and the end of the next working day', async () => {
    const filed = await submit();
    expect(filed).toEqual({
      number: expect.stringMatching(/^KL-2611-0001-\d$/),
      pin: '123456',
      dueAt: wib('2026-11-24T15:00'),
    });
    expect(isNumber(filed.number)).toBe(true);
    expect(await test.store.applications.find(filed.number)).toMatchObject({
      conversation: 'c1',
      service: 'akta-kelahiran',
      state: 'submitted',
      answers: { nama: { v: 'Siti' } },
      submittedAt: now,
    });
  });

  it('happens once for a draft, whatever has changed since', async () => {
    const first = await submit();
    now += 40 * 24 * HOUR_MS;
    expect(await submit()).toEqual(first);
    expect(await test.store.applications.findByConversation('c1')).toHaveLength(1);
  });

  it('counts on within a month and from one in the next, in the office’s zone', async () => {
    const serials = [(await submit(1)).number, (await submit(2)).number];
    now = wib('2026-12-01T00:30');
    serials.push((await submit(3)).number);
    expect(serials.map((number) => number.slice(0, -2))).toEqual([
      'KL-2611-0001',
      'KL-2611-0002',
      'KL-2612-0001',
    ]);
  });

  it('is not possible for a service that has left flows.yaml', async () => {
    await expect(submit(1, 'gone')).rejects.toThrow(/NOT_FOUND.*gone/);
  });

  it.each([
    ['P1D', 1],
    ['P1W', 5],
    ['P1M', 22],
    ['PT3H', 1],
    ['P1DT1H', 2],
  ])('reads the promise %s as %i working days', (promise, days) => {
    expect(workingDays(promise)).toBe(days);
  });
});

describe('a look-up', () => {
  it('tells state, due time and visit to whoever has number and PIN', async () => {
    const { number, dueAt } = await submit();
    const facts = { ok: true, number, service: 'akta-kelahiran', state: 'submitted', dueAt };
    expect(await status(number, '123456')).toEqual({ ...facts, slot: null });
    slots.set(number, { startAt: 1 });
    expect(await status(number.toLowerCase().replaceAll('-', ' '), '123456')).toEqual({
      ...facts,
      slot: { startAt: 1 },
    });
  });

  it('says the same of a wrong PIN, a number that does not exist and one that is mistyped', async () => {
    const { number } = await submit();
    const unknown = { ok: false, reason: 'unknown' };
    expect(await status(number, '654321')).toEqual(unknown);
    expect(await status(number, '')).toEqual(unknown);
    expect(await status(number, '1234567')).toEqual(unknown);
    expect(await status(number.replace('0001', '0002'), '123456')).toEqual(unknown);
    expect(await status('halo', '123456')).toEqual(unknown);
  });

  it('shuts the case for an hour after five wrong PINs, even to the right one', async () => {
    const { number } = await submit();
    for (let i = 0; i < 5; i++)
      expect(await status(number, '000000')).toEqual({ ok: false, reason: 'unknown' });
    expect(await status(number, '123456')).toEqual({ ok: false, reason: 'locked' });
    now += HOUR_MS - 1;
    expect(await status(number, '123456')).toEqual({ ok: false, reason: 'locked' });
    now += 1;
    expect(await status(number, '123456')).toMatchObject({ ok: true });
  });

  it('shuts it again at the next wrong PIN, and not before the fifth once the right one was given', async () => {
    const { number } = await submit();
    for (let i = 0; i < 5; i++) await status(number, '000000');
    now += HOUR_MS;
    await status(number, '000000');
    expect(await status(number, '123456')).toEqual({ ok: false, reason: 'locked' });
    now += HOUR_MS;
    expect(await status(number, '123456')).toMatchObject({ ok: true });
    for (let i = 0; i < 4; i++) await status(number, '000000');
    expect(await status(number, '123456')).toMatchObject({ ok: true });
  });

  it('counts every wrong PIN when many are tried at once', async () => {
    const { number } = await submit();
    await Promise.all(Array.from({ length: 5 }, () => status(number, '000000')));
    expect((await test.store.applications.find(number))?.pinFailures).toBe(5);
  });

  it('writes nothing when the PIN is right at once', async () => {
    const { number } = await submit();
    const before = await test.store.applications.find(number);
    await status(number, '123456');
    expect(await test.store.applications.find(number)).toEqual(before);
  });
});
