import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Counter, type createBrowser, openCounter, START } from './counter.ts';

const MINUTE = 60_000;

let counter: Counter;
let siti: ReturnType<typeof createBrowser>;
let budi: ReturnType<typeof createBrowser>;
beforeEach(async () => {
  counter = await openCounter();
  await Promise.all([counter.addOperator('siti'), counter.addOperator('budi')]);
  [siti, budi] = await Promise.all([counter.login('siti'), counter.login('budi')]);
  await counter.talks.add({ id: 'talk' }, [{ text: 'Tolong, petugas' }]);
});
afterEach(() => counter.close());

const act = (browser: typeof siti, action: string, body?: unknown, id = 'talk') =>
  browser.post(`/api/conversations/${id}/${action}`, body);
const claim = (browser: typeof siti, id = 'talk') => act(browser, 'claim', undefined, id);
const reply = (browser: typeof siti) =>
  act(browser, 'reply', { id: crypto.randomUUID(), text: 'Selamat pagi' });
const linesOf = async (action: string) =>
  (await counter.audited()).filter((line) => line.action === `conversation.${action}`);

describe('a claim', () => {
  test('belongs to one operator: the second is refused with the name of the first', async () => {
    expect((await claim(siti)).status).toBe(200);
    const refused = await claim(budi);
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'TAKEN', by: 'Siti' } } });
  });

  test('has one winner when many ask at the same moment', async () => {
    const answers = await Promise.all([claim(siti), claim(budi), claim(siti), claim(budi)]);
    const { body } = await siti.get('/api/conversations/talk');
    const winner = body.attention.operator?.name;
    expect(answers.map((answer) => answer.status).filter((status) => status === 200)).toHaveLength(2);
    expect(['Siti', 'Budi']).toContain(winner);
  });

  test('ends 5 minutes after the last sign of life, and goes on with a heartbeat or a reply', async () => {
    await claim(siti);
    counter.wait(4 * MINUTE);
    await claim(siti);
    counter.wait(4 * MINUTE);
    await reply(siti);
    counter.wait(4 * MINUTE);
    expect((await claim(budi)).status).toBe(409);
    counter.wait(MINUTE);
    expect((await claim(budi)).status).toBe(200);
  });

  test('is not taken anew by the heartbeat of a forgotten tab, once the chat was handed back or taken over', async () => {
    const renew = (browser: typeof siti) => act(browser, 'claim', { renew: true });
    await claim(siti);
    counter.wait(4 * MINUTE);
    expect((await renew(siti)).body.attention).toMatchObject({ isMine: true });
    counter.wait(6 * MINUTE);
    expect((await renew(siti)).status).toBe(200);
    await act(siti, 'resolve');
    expect(await renew(siti)).toMatchObject({ status: 409, body: { error: { code: 'NOT_CLAIMED' } } });
    expect((await siti.get('/api/conversations/talk')).body.attention.status).toBe('bot');
    await claim(budi);
    expect(await renew(siti)).toMatchObject({ body: { error: { code: 'TAKEN', by: 'Budi' } } });
    expect((await act(siti, 'claim', { renew: 'perhaps' })).status).toBe(400);
  });

  test('is audited once, however often it is renewed, with how long the citizen had waited', async () => {
    counter.wait(3 * MINUTE);
    await claim(siti);
    await claim(siti);
    expect(await linesOf('claim')).toMatchObject([
      { details: { waitedMs: 3 * MINUTE, reason: 'asked', service: 'akta-kelahiran' } },
    ]);
  });

  test('opens a chat that the bot has, also a closed one, and the log calls it so', async () => {
    await claim(siti);
    await act(siti, 'resolve');
    const { status, body } = await claim(budi);
    expect(status).toBe(200);
    expect(body.attention).toMatchObject({ status: 'claimed', reason: 'opened', isMine: true });
    expect(await linesOf('open')).toMatchObject([{ actor: 'op-budi', subject: 'talk' }]);
  });

  test('given back puts the chat into the queue at its old place', async () => {
    await claim(siti);
    counter.wait(MINUTE);
    expect((await act(siti, 'release')).status).toBe(204);
    const { body } = await budi.get('/api/inbox');
    expect(body.conversations[0]?.attention).toMatchObject({ status: 'waiting', since: START });
  });

  test.each(['release', 'resolve'])('of a colleague cannot be ended by %s', async (action) => {
    await claim(siti);
    const answer = await act(budi, action);
    expect(answer).toMatchObject({ status: 409, body: { error: { code: 'TAKEN', by: 'Siti' } } });
    expect((await siti.get('/api/conversations/talk')).body.attention.isMine).toBe(true);
  });

  test.each(['release', 'resolve'])('ended twice by a weak line (%s) is ended once', async (action) => {
    await claim(siti);
    const answers = [await act(siti, action), await act(siti, action)];
    expect(answers.map(({ status }) => status)).toEqual([204, 204]);
    expect(await linesOf(action)).toHaveLength(1);
  });

  test('that ran out and was taken over does not let the first one reply or hand back', async () => {
    await claim(siti);
    counter.wait(5 * MINUTE);
    await claim(budi);
    expect((await reply(siti)).status).toBe(409);
    expect((await act(siti, 'resolve')).status).toBe(409);
  });
});

describe('handing over to a colleague', () => {
  const transfer = (browser: typeof siti, to: string) => act(browser, 'transfer', { to });

  test('makes the claim theirs, and stands in the audit log', async () => {
    await claim(siti);
    expect((await transfer(siti, 'op-budi')).status).toBe(204);
    expect((await budi.get('/api/conversations/talk')).body.attention.isMine).toBe(true);
    expect((await reply(siti)).status).toBe(409);
    expect(await linesOf('transfer')).toMatchObject([{ actor: 'op-siti', details: { to: 'op-budi' } }]);
  });

  test('needs the claim', async () => {
    expect(await transfer(siti, 'op-budi')).toMatchObject({ body: { error: { code: 'NOT_CLAIMED' } } });
    await claim(budi);
    expect(await transfer(siti, 'op-budi')).toMatchObject({ body: { error: { code: 'TAKEN' } } });
  });

  test.each(['op-siti', 'op-auditor', 'op-gone', 'nobody'])('to %s is not possible', async (to) => {
    await counter.addOperator('auditor', { role: 'auditor' });
    await counter.addOperator('gone', { disabled: true });
    await claim(siti);
    expect(await transfer(siti, to)).toMatchObject({
      status: 409,
      body: { error: { code: 'NOT_POSSIBLE' } },
    });
  });

  test("by a supervisor takes a colleague's chat, who learns at the next reply who has it now", async () => {
    await counter.addOperator('ibu', { role: 'supervisor' });
    const ibu = await counter.login('ibu');
    await claim(siti);
    expect((await transfer(ibu, 'op-budi')).status).toBe(204);
    expect(await reply(siti)).toMatchObject({ status: 409, body: { error: { code: 'TAKEN', by: 'Budi' } } });
    expect((await budi.get('/api/conversations/talk')).body.attention.isMine).toBe(true);
    expect((await reply(budi)).status).toBe(200);
    expect((await transfer(ibu, 'op-ibu')).status).toBe(204);
    expect((await reply(budi)).body.error).toMatchObject({ code: 'TAKEN', by: 'Ibu' });
    expect(await linesOf('reassign')).toMatchObject([
      { actor: 'op-ibu', subject: 'talk', details: { from: 'op-siti', to: 'op-budi' } },
      { actor: 'op-ibu', details: { from: 'op-budi', to: 'op-ibu' } },
    ]);
    expect(await linesOf('transfer')).toEqual([]);
  });

  test('by a supervisor needs somebody who has it, and somebody else to go to', async () => {
    await counter.addOperator('ibu', { role: 'supervisor' });
    const ibu = await counter.login('ibu');
    expect((await transfer(ibu, 'op-budi')).body.error.code).toBe('NOT_CLAIMED');
    await claim(siti);
    expect((await transfer(ibu, 'op-siti')).body.error.code).toBe('NOT_POSSIBLE');
    expect((await transfer(ibu, 'nobody')).body.error.code).toBe('NOT_POSSIBLE');
    expect((await reply(siti)).status).toBe(200);
  });

  test('of a complaint goes to those only who may read it', async () => {
    await counter.addOperator('ibu', { role: 'supervisor' });
    await counter.addOperator('bapak', { role: 'supervisor' });
    const ibu = await counter.login('ibu');
    const complaint = { status: 'waiting', since: START, reason: 'complaint' } as const;
    await counter.talks.add({ id: 'pungli', attention: complaint });
    await claim(ibu, 'pungli');
    expect((await act(ibu, 'transfer', { to: 'op-siti' }, 'pungli')).status).toBe(409);
    expect((await act(ibu, 'transfer', { to: 'op-bapak' }, 'pungli')).status).toBe(204);
  });
});

test('handing back to the bot takes the chat out of the inbox; it can still be read', async () => {
  await claim(siti);
  expect((await act(siti, 'resolve')).status).toBe(204);
  expect((await siti.get('/api/inbox')).body.counts.all).toBe(0);
  expect((await siti.get('/api/conversations/talk')).body.attention.status).toBe('bot');
});

test('the audit log tells who did what to which chat, and nothing of what was said', async () => {
  await claim(siti);
  await act(siti, 'reply', { id: crypto.randomUUID(), text: 'Rahasia besar' });
  await act(siti, 'release');
  await claim(siti);
  await act(siti, 'resolve');
  const lines = (await counter.audited()).filter((entry) => entry.subject === 'talk');
  expect(lines.map((line) => line.action.replace('conversation.', ''))).toEqual([
    'claim',
    'view',
    'reply',
    'release',
    'claim',
    'resolve',
  ]);
  expect(new Set(lines.map((line) => line.actor))).toEqual(new Set(['op-siti']));
  expect(JSON.stringify(lines)).not.toMatch(/Rahasia/);
});
