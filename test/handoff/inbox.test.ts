import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Counter, type createBrowser, openCounter, START } from './counter.ts';

const MINUTE = 60_000;
const NIK = '3273011203900001';

let counter: Counter;
let siti: ReturnType<typeof createBrowser>;
let budi: ReturnType<typeof createBrowser>;
beforeEach(async () => {
  counter = await openCounter();
  await Promise.all([counter.addOperator('siti'), counter.addOperator('budi')]);
  [siti, budi] = await Promise.all([counter.login('siti'), counter.login('budi')]);
  await counter.talks.add({ id: 'talk' }, [
    { text: `NIK saya ${NIK}` },
    { text: 'Tolong, petugas', note: 'x' },
  ]);
});
afterEach(() => counter.close());

const claim = (browser: typeof siti, id = 'talk') => browser.post(`/api/conversations/${id}/claim`);
const reply = (browser: typeof siti, text = 'Selamat pagi', id: string = randomUUID()) =>
  browser.post('/api/conversations/talk/reply', { id, text });
const texts = async () => (await counter.conversations.transcript('talk')).map((entry) => entry.text);

describe('the inbox', () => {
  test('lists chats by who waits longest, with reason, service, channel and the last words', async () => {
    await counter.talks.add({
      id: 'older',
      channel: 'sms',
      attention: { status: 'waiting', since: START - MINUTE, reason: 'upset' },
    });
    await counter.talks.add({ id: 'with-bot', attention: { status: 'bot' } });
    const { body } = await siti.get('/api/inbox');
    expect(body.conversations.map((each) => each.id)).toEqual(['older', 'talk']);
    expect(body.counts).toEqual({ waiting: 2, mine: 0, all: 2 });
    expect(body.conversations[0]).toMatchObject({
      channel: 'sms',
      attention: { reason: 'upset', since: START - MINUTE },
    });
    expect(body.conversations[1]).toMatchObject({
      title: 'Akta Kelahiran',
      last: { text: 'Tolong, petugas', direction: 'in' },
    });
  });

  test('says which chats are mine and which a colleague has', async () => {
    await claim(budi);
    const [hers, his] = [await siti.get('/api/inbox'), await budi.get('/api/inbox')];
    expect(hers.body.counts).toEqual({ waiting: 0, mine: 0, all: 1 });
    expect(hers.body.conversations[0]?.attention).toMatchObject({
      status: 'claimed',
      operator: { name: 'Budi' },
      isMine: false,
    });
    expect(his.body.counts).toEqual({ waiting: 0, mine: 1, all: 1 });
  });

  test('shows a chat as waiting again when its claim has run out', async () => {
    await claim(budi);
    counter.wait(5 * MINUTE);
    const { body } = await siti.get('/api/inbox');
    expect(body.conversations[0]?.attention).toMatchObject({ status: 'waiting', operator: null });
  });

  test('cuts the last words short and masks long numbers in them', async () => {
    await counter.talks.say('talk', { text: `${NIK} ${'panjang '.repeat(60)}` });
    const { body } = await siti.get('/api/inbox');
    expect(body.conversations[0]?.last?.text).toMatch(/^•{12}0001 panjang/);
    expect(body.conversations[0]?.last?.text.length).toBeLessThanOrEqual(141);
  });

  test('is closed to those who are not logged in, and to auditors', async () => {
    await counter.addOperator('auditor', { role: 'auditor' });
    const auditor = await counter.login('auditor');
    expect((await counter.browser().get('/api/inbox')).status).toBe(401);
    for (const path of ['/api/inbox', '/api/conversations/talk', '/api/files/x', '/api/events']) {
      expect(await auditor.get(path)).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
    }
    expect((await claim(auditor)).status).toBe(403);
  });
});

describe('a chat', () => {
  test('comes with transcript, answers so far, reason, and what its channel can do', async () => {
    await claim(siti);
    const { body } = await siti.get('/api/conversations/talk');
    expect(body).toMatchObject({
      channel: 'whatsapp',
      step: 'nama_anak',
      expects: 'name',
      attention: { reason: 'asked', isMine: true },
      answers: [{ label: 'NIK pelapor', text: NIK }],
      capabilities: { textForm: 'long', textLimit: 4096 },
    });
    expect(body.transcript[0]).toMatchObject({ author: 'citizen', direction: 'in', text: `NIK saya ${NIK}` });
  });

  test('shows long numbers only to the one who claimed it', async () => {
    await claim(budi);
    const hers = await siti.get('/api/conversations/talk');
    expect(hers.body.masked).toBe(true);
    expect(hers.text).not.toMatch(/3273011203900001|81234567890/);
    const his = await budi.get('/api/conversations/talk');
    expect(his.body).toMatchObject({ masked: false, address: '+6281234567890' });
  });

  test('is not there for operators while it is with the bot', async () => {
    await counter.talks.add({ id: 'with-bot', attention: { status: 'bot' } }, [{ text: 'private' }]);
    for (const answer of [
      await siti.get('/api/conversations/with-bot'),
      await claim(siti, 'with-bot'),
      await siti.get('/api/conversations/unknown'),
    ]) {
      expect(answer).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
    }
  });
});

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

  test('is audited once, however often it is renewed', async () => {
    await claim(siti);
    await claim(siti);
    expect((await counter.actions()).filter((action) => action === 'conversation.claim')).toHaveLength(1);
  });

  test('given back puts the chat into the queue at its old place', async () => {
    await claim(siti);
    counter.wait(MINUTE);
    expect((await siti.post('/api/conversations/talk/release')).status).toBe(204);
    const { body } = await budi.get('/api/inbox');
    expect(body.conversations[0]?.attention).toMatchObject({ status: 'waiting', since: START });
  });

  test.each(['release', 'resolve'])('of a colleague cannot be ended by %s', async (action) => {
    await claim(siti);
    const answer = await budi.post(`/api/conversations/talk/${action}`);
    expect(answer).toMatchObject({ status: 409, body: { error: { code: 'TAKEN', by: 'Siti' } } });
    expect((await siti.get('/api/conversations/talk')).body.attention.isMine).toBe(true);
  });

  test('that ran out and was taken over does not let the first one reply or hand back', async () => {
    await claim(siti);
    counter.wait(5 * MINUTE);
    await claim(budi);
    expect((await reply(siti)).status).toBe(409);
    expect((await siti.post('/api/conversations/talk/resolve')).status).toBe(409);
  });
});

describe('a reply', () => {
  test('goes to the citizen under the operator’s name', async () => {
    await claim(siti);
    const { status, body } = await reply(siti, 'Baik, kami bantu.');
    expect(status).toBe(200);
    expect(body.transcript.at(-1)).toMatchObject({
      direction: 'out',
      author: 'Siti',
      text: 'Baik, kami bantu.',
    });
  });

  test('sent twice by a weak line arrives once', async () => {
    await claim(siti);
    const id = randomUUID();
    const [first, second] = [await reply(siti, 'Sekali saja', id), await reply(siti, 'Sekali saja', id)];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect((await texts()).filter((text) => text === 'Sekali saja')).toHaveLength(1);
  });

  test('needs the claim', async () => {
    expect(await reply(siti)).toMatchObject({ status: 409, body: { error: { code: 'NOT_CLAIMED' } } });
    await claim(budi);
    expect(await reply(siti)).toMatchObject({ status: 409, body: { error: { code: 'TAKEN', by: 'Budi' } } });
    expect(await texts()).toHaveLength(2);
  });

  test('may be written slowly: an own claim that ran out is renewed when nobody took the chat', async () => {
    await claim(siti);
    counter.wait(20 * MINUTE);
    expect((await reply(siti)).status).toBe(200);
  });

  test.each([
    ['empty', { id: randomUUID(), text: '  ' }],
    ['too long', { id: randomUUID(), text: 'a'.repeat(4001) }],
    ['with a NUL in it', { id: randomUUID(), text: 'a\u0000b' }],
    ['without an id', { text: 'Halo' }],
    ['with an id that is no UUID', { id: '../../x', text: 'Halo' }],
    ['with fields nobody asked for', { id: randomUUID(), text: 'Halo', author: 'bot' }],
    ['not an object', 'Halo'],
  ])('is refused when %s', async (_why, body) => {
    await claim(siti);
    const answer = await siti.post('/api/conversations/talk/reply', body);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'INVALID_REQUEST' } } });
    expect(await texts()).toHaveLength(2);
  });

  test('may have several lines, emoji and right-to-left names', async () => {
    await claim(siti);
    const text = 'Baik 🙏\nأحمد \u202Bx\u202C';
    await reply(siti, text);
    expect(await texts()).toContain(text);
  });
});

describe('handing back', () => {
  test('takes the chat out of the inbox', async () => {
    await claim(siti);
    expect((await siti.post('/api/conversations/talk/resolve')).status).toBe(204);
    expect((await siti.get('/api/inbox')).body.counts.all).toBe(0);
    expect((await siti.get('/api/conversations/talk')).status).toBe(404);
  });
});

test('the audit log tells who did what to which chat, and nothing of what was said', async () => {
  await claim(siti);
  await reply(siti, 'Rahasia besar');
  await siti.post('/api/conversations/talk/release');
  await claim(siti);
  await siti.post('/api/conversations/talk/resolve');
  const lines = (await counter.audited()).filter((entry) => entry.subject === 'talk');
  expect(lines.map((line) => line.action)).toEqual([
    'conversation.claim',
    'conversation.reply',
    'conversation.release',
    'conversation.claim',
    'conversation.resolve',
  ]);
  expect(new Set(lines.map((line) => line.actor))).toEqual(new Set(['op-siti']));
  expect(JSON.stringify(lines)).not.toMatch(/Rahasia/);
});
