import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Notices } from '../../src/handoff/schemas/supervision.ts';
import { type Counter, openCounter, START } from './counter.ts';
import { HOUR, openSupervisor } from './supervision-world.ts';

let counter: Counter;
let rina: Awaited<ReturnType<typeof openSupervisor>>;
beforeEach(async () => {
  counter = await openCounter();
  rina = await openSupervisor(counter);
});
afterEach(() => counter.close());

const OFF = { isOn: false, since: null, until: null, reason: null, by: null };
const set = (body: object) => rina.post('/api/notices', body);

describe('what is out of order', () => {
  test('is nothing at first, of each kind', async () => {
    expect(await rina.read<Notices>('/api/notices')).toEqual({
      notices: [
        { kind: 'siak', ...OFF },
        { kind: 'blangko', ...OFF },
      ],
    });
  });

  test('is declared with its end and reason, for every operator and the bot', async () => {
    const about = { until: START + HOUR, reason: 'Jaringan pusat putus' };
    expect((await set({ kind: 'siak', isOn: true, ...about })).status).toBe(200);
    await counter.addOperator('wati', { role: 'auditor' });
    const wati = await counter.login('wati');
    expect(JSON.parse((await wati.get('/api/notices')).text).notices[0]).toEqual({
      ...{ kind: 'siak', isOn: true, since: START, by: 'Rina' },
      ...about,
    });
    expect(counter.notices.active()).toEqual([{ kind: 'siak', since: START, ...about }]);
  });

  test('ends when its time has come, or when it is declared over', async () => {
    await set({ kind: 'siak', isOn: true, until: START + HOUR });
    await set({ kind: 'blangko', isOn: true });
    counter.wait(HOUR);
    const isOn = async () => (await rina.read<Notices>('/api/notices')).notices.map((notice) => notice.isOn);
    expect(await isOn()).toEqual([false, true]);
    await set({ kind: 'blangko', isOn: false });
    expect(await isOn()).toEqual([false, false]);
  });

  test('is news for whoever listens', async () => {
    let news = 0;
    counter.hub.subscribe('notices', () => {
      news += 1;
    });
    await set({ kind: 'siak', isOn: true });
    await expect.poll(() => news).toBe(1);
  });

  test('is in the audit log, without the words', async () => {
    await set({ kind: 'siak', isOn: true, until: START + HOUR, reason: 'rahasia' });
    await set({ kind: 'siak', isOn: false });
    const lines = await counter.audited();
    expect(lines).toMatchObject([
      { actor: 'op-rina', action: 'notice.on', subject: 'siak', details: { until: START + HOUR } },
      { actor: 'op-rina', action: 'notice.off', subject: 'siak', details: {} },
    ]);
    expect(JSON.stringify(lines)).not.toContain('rahasia');
  });

  test.each([
    { kind: 'printer', isOn: true },
    { kind: 'siak' },
    { kind: 'siak', isOn: true, until: START },
    { kind: 'siak', isOn: true, reason: 'x'.repeat(201) },
  ])('is not declared by %o', async (body) => {
    expect(await set(body)).toMatchObject({ status: 400, body: { error: { code: 'INVALID_REQUEST' } } });
    expect(await counter.actions()).toEqual([]);
  });
});
