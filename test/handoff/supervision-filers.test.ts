import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Filers } from '../../src/handoff/schemas/supervision.ts';
import { createOfficers } from '../../src/handoff/supervision/officers.ts';
import { type Counter, openCounter, START } from './counter.ts';
import { DAY, fileApplication, openSupervisor } from './supervision-world.ts';

let counter: Counter;
let rina: Awaited<ReturnType<typeof openSupervisor>>;
beforeEach(async () => {
  counter = await openCounter();
  rina = await openSupervisor(counter);
});
afterEach(() => counter.close());

const list = async () => (await rina.read<Filers>('/api/filers')).filers;
/** Files once for each family, today unless told otherwise. */
async function fileFor(conversation: string, families: number[], submittedAt = START): Promise<void> {
  await counter.talks.add({ id: conversation, address: '+6281234567890', lastInboundAt: START - 1 });
  for (const family of families) {
    const answers = { pemohon_kk: { v: `640804120590${String(family).padStart(4, '0')}` } };
    await fileApplication(counter, { conversation, answers, submittedAt });
  }
}
const name = (id: string, body: object) => rina.post(`/api/filers/${id}/officer`, body);
const PAK_LURAH = { name: 'Pak Hasan', village: 'Desa Swarga Bara' };

describe('phones that file for many families', () => {
  test('are those with four cards or more; their number is masked, and no card is told', async () => {
    await fileFor('family', [1, 1, 1, 1, 1]);
    await fileFor('neighbour', [1, 2, 3]);
    await fileFor('broker', [1, 2, 3, 4, 4]);
    expect(await list()).toEqual([
      {
        conversation: 'broker',
        address: expect.stringMatching(/•••7890$/),
        applications: 5,
        families: 4,
        lastAt: START,
        officer: null,
      },
    ]);
    expect((await rina.get('/api/filers')).text).not.toMatch(/640804|1234567/);
  });

  test('are of the last 90 days', async () => {
    await fileFor('broker', [1, 2, 3, 4], START - 90 * DAY);
    expect(await list()).toHaveLength(1);
    counter.wait(1);
    expect(await list()).toHaveLength(0);
  });

  test('come before those who may, the busiest first', async () => {
    await fileFor('village', [1, 2, 3, 4, 5, 6]);
    await fileFor('small', [1, 2, 3, 4]);
    await fileFor('large', [1, 2, 3, 4, 5]);
    await name('village', PAK_LURAH);
    expect((await list()).map(({ conversation }) => conversation)).toEqual(['large', 'small', 'village']);
  });
});

describe('village officers', () => {
  test('are known by name and village, with who said so', async () => {
    await fileFor('village', []);
    expect((await name('village', PAK_LURAH)).status).toBe(204);
    expect(await list()).toMatchObject([
      {
        conversation: 'village',
        families: 0,
        lastAt: START - 1,
        officer: { ...PAK_LURAH, by: 'Rina', at: START },
      },
    ]);
  });

  test('are told anew, and are so no more', async () => {
    await fileFor('village', []);
    await name('village', PAK_LURAH);
    await name('village', { ...PAK_LURAH, name: 'Bu Ani' });
    expect((await list()).map(({ officer }) => officer?.name)).toEqual(['Bu Ani']);
    expect((await rina.post('/api/filers/village/not-officer')).status).toBe(204);
    expect(await list()).toEqual([]);
  });

  test('are in the audit log without their names', async () => {
    await fileFor('village', []);
    await name('village', PAK_LURAH);
    await rina.post('/api/filers/village/not-officer');
    const lines = await counter.audited();
    expect(lines.map(({ actor, action, subject }) => [actor, action, subject])).toEqual([
      ['op-rina', 'filer.officer', 'village'],
      ['op-rina', 'filer.not-officer', 'village'],
    ]);
    expect(JSON.stringify(lines)).not.toContain('Hasan');
  });

  test('are all kept when two are named at the same moment', async () => {
    const officers = createOfficers({ settings: counter.store.settings, clock: { now: () => START } });
    const all = ['a', 'b', 'c'];
    await Promise.all(all.map((id) => officers.set(id, PAK_LURAH, 'Rina')));
    expect([...(await officers.list()).keys()].sort()).toEqual(all);
  });

  test('are chats that there are; a forged one leaves no trace', async () => {
    const unknown = { status: 404, body: { error: { code: 'NOT_FOUND' } } };
    expect(await name('forged', PAK_LURAH)).toMatchObject(unknown);
    expect(await rina.post('/api/filers/forged/not-officer')).toMatchObject(unknown);
    expect(await rina.post('/api/filers/__proto__/not-officer')).toMatchObject(unknown);
    expect(await counter.actions()).toEqual([]);
    expect(await list()).toEqual([]);
  });

  test('have a name and a village', async () => {
    await fileFor('village', []);
    for (const wrong of [{ name: '' }, { village: ' ' }, { name: 'x'.repeat(81) }, { more: 1 }])
      expect((await name('village', { ...PAK_LURAH, ...wrong })).status).toBe(400);
    expect(await list()).toEqual([]);
  });
});
