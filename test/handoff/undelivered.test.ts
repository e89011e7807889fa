import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seedCommit, seedEntry } from '../contract/seeds.ts';
import { type Counter, type createBrowser, openCounter, START } from './counter.ts';

let counter: Counter;
let rina: ReturnType<typeof createBrowser>;
beforeEach(async () => {
  counter = await openCounter();
  await counter.addOperator('rina', { role: 'supervisor' });
  rina = await counter.login('rina');
  await giveUp('talk', 'say', { reason: 'REMOTE_REFUSED', tries: 8, at: START });
  await giveUp('other', 'submit', { reason: 'BUG', tries: 3, at: START + 1 });
});
afterEach(() => counter.close());

async function giveUp(id: string, type: string, cause: { reason: string; tries: number; at: number }) {
  await counter.conversations.commit(
    seedCommit(
      {
        id,
        attention:
          id === 'talk' ? { status: 'waiting', since: START, reason: 'delivery-failed' } : { status: 'bot' },
      },
      {
        entries: [seedEntry({ id: `${id}.1.0`, status: 'failed' })],
        effects: [{ id: `${id}.1.e`, type, params: { entry: `${id}.1.0`, nik: '3273011203900001' } }],
      },
    ),
  );
  await counter.jobs.bury(`${id}.1.e`, cause);
}

const retry = (browser: typeof rina, id = 'talk.1.e') => browser.post(`/api/undelivered/${id}/retry`);
const listed = async () => (await rina.get('/api/undelivered')).body.effects.map(({ id }) => id);

describe('what was given up', () => {
  test('is listed newest first, with what, why, when and how often, and without what it was about', async () => {
    const { status, body, text } = await rina.get('/api/undelivered');
    expect(status).toBe(200);
    expect(body.effects).toEqual([
      {
        ...{ id: 'other.1.e', conversation: 'other', type: 'submit', reason: 'BUG', tries: 3 },
        ...{ at: START + 1, isInInbox: false, canRetry: false },
      },
      {
        ...{ id: 'talk.1.e', conversation: 'talk', type: 'say', reason: 'REMOTE_REFUSED', tries: 8 },
        ...{ at: START, isInInbox: true, canRetry: true },
      },
    ]);
    expect(text).not.toContain('3273');
  });

  test('is for supervisors and admins only', async () => {
    for (const role of ['operator', 'verifier', 'auditor'] as const) {
      await counter.addOperator(role, { role });
      const browser = await counter.login(role);
      expect((await browser.get('/api/undelivered')).status).toBe(403);
      expect((await retry(browser)).status).toBe(403);
    }
    await counter.addOperator('boss', { role: 'admin' });
    expect((await (await counter.login('boss')).get('/api/undelivered')).status).toBe(200);
    expect((await counter.browser().get('/api/undelivered')).status).toBe(401);
    expect(
      (await rina.post('/api/undelivered/talk.1.e/retry', undefined, { 'x-csrf-token': 'x' })).status,
    ).toBe(403);
    expect(counter.takenAgain).toEqual([]);
  });

  test('is sent once more when it is a message, by whom stands in the audit log', async () => {
    expect((await retry(rina)).status).toBe(204);
    expect(await listed()).toEqual(['other.1.e']);
    expect(counter.takenAgain).toEqual(['talk.1.e']);
    expect(await counter.jobs.pendingEffects()).toMatchObject([
      { effect: { id: 'talk.1.e' }, tries: 1, entry: { status: 'queued' } },
    ]);
    expect((await counter.audited()).at(-1)).toMatchObject({
      ...{ actor: 'op-rina', action: 'message.retry', subject: 'talk', details: { effect: 'talk.1.e' } },
    });
  });

  test('is sent once however many ask', async () => {
    const answers = await Promise.all([retry(rina), retry(rina), retry(rina)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404]);
    expect(counter.takenAgain).toEqual(['talk.1.e']);
    expect((await retry(rina, 'nobody.1.e')).status).toBe(404);
  });

  test('is not done again when it is no message: the bot asks for that anew', async () => {
    expect(await retry(rina, 'other.1.e')).toMatchObject({
      ...{ status: 409, body: { error: { code: 'NOT_RETRYABLE' } } },
    });
    expect(await listed()).toHaveLength(2);
  });

  test('stands in the description of the API', async () => {
    const { paths } = (await rina.get('/api/openapi.json')).body;
    expect(Object.keys(paths['/undelivered/{id}/retry']?.post?.responses ?? {})).toEqual(
      expect.arrayContaining(['204', '403', '404', '409']),
    );
    expect(paths['/undelivered']?.get).toBeDefined();
  });
});
