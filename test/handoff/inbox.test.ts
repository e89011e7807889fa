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
const close = async (browser: typeof siti, id = 'talk') => {
  await claim(browser, id);
  await browser.post(`/api/conversations/${id}/resolve`);
};
const idsOf = async (browser: typeof siti, path = '/api/inbox') =>
  (await browser.get(path)).body.conversations.map(({ id }) => id);

describe('the inbox', () => {
  test('lists chats with reason, service, step, channel and the last words', async () => {
    await counter.talks.add({ id: 'with-bot', attention: { status: 'bot' } });
    const { body } = await siti.get('/api/inbox');
    expect(body.counts).toEqual({ waiting: 1, mine: 0, all: 1 });
    expect(body.conversations).toMatchObject([
      {
        id: 'talk',
        channel: 'whatsapp',
        attention: { status: 'waiting', reason: 'asked', since: START },
        title: 'Akta Kelahiran',
        stepLabel: 'Nama anak',
        digits: '7890',
        last: { text: 'Tolong, petugas', direction: 'in' },
      },
    ]);
  });

  test('puts first whose message waits longest, so that writing again moves nobody back', async () => {
    const waits = (minutes: number) =>
      ({
        status: 'waiting',
        since: START - 60 * MINUTE,
        reason: 'asked',
        unanswered: 1,
        unansweredSince: START - minutes * MINUTE,
      }) as const;
    await counter.talks.add({ id: 'second', attention: waits(5) });
    await counter.talks.add({ id: 'first', attention: waits(30) });
    expect(await idsOf(siti)).toEqual(['first', 'second', 'talk']);
    counter.wait(MINUTE);
    await counter.talks.say('first', { text: 'Halo?' });
    expect(await idsOf(siti)).toEqual(['first', 'second', 'talk']);
    expect((await siti.get('/api/inbox')).body.conversations[0]?.attention).toMatchObject({
      unanswered: 2,
      unansweredSince: START - 30 * MINUTE,
    });
  });

  test('puts last whom a colleague has answered', async () => {
    await counter.talks.add({
      id: 'younger',
      attention: { status: 'waiting', since: START + 1, reason: 'asked' },
    });
    await claim(budi);
    await budi.post('/api/conversations/talk/reply', { id: crypto.randomUUID(), text: 'Baik' });
    expect(await idsOf(siti)).toEqual(['younger', 'talk']);
  });

  test('says by when an answer was promised, counted from the message that waits', async () => {
    const attention = {
      status: 'waiting',
      since: START,
      reason: 'asked',
      unansweredSince: START + MINUTE,
    } as const;
    await counter.talks.add({ id: 'promised', attention });
    const { body } = await siti.get('/api/inbox');
    const promise = body.conversations.find(({ id }) => id === 'promised')?.attention.answerBy;
    // Monday morning, within chat hours: an hour.
    expect(promise).toBe(START + 61 * MINUTE);
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
    expect(body.counts).toMatchObject({ waiting: 1 });
  });

  test('cuts the last words short and masks long numbers in them', async () => {
    await counter.talks.say('talk', { text: `${NIK} ${'panjang '.repeat(60)}` });
    const { body } = await siti.get('/api/inbox');
    expect(body.conversations[0]?.last?.text).toMatch(/^•{12}0001 panjang/);
    expect(body.conversations[0]?.last?.text.length).toBeLessThanOrEqual(141);
  });
});

describe('closed chats', () => {
  test('are listed latest first, each once, with who closed it and when', async () => {
    await counter.talks.add({ id: 'other' });
    await close(siti);
    counter.wait(MINUTE);
    await close(budi, 'other');
    counter.wait(MINUTE);
    await close(siti);
    const { body } = await budi.get('/api/closed');
    expect(body.conversations).toMatchObject([
      { id: 'talk', closedBy: 'Siti', closedAt: START + 2 * MINUTE, attention: { status: 'bot' } },
      { id: 'other', closedBy: 'Budi', closedAt: START + MINUTE },
    ]);
  });

  test('are not listed when they wait again, and never with long numbers', async () => {
    await counter.talks.say('talk', { text: NIK });
    await close(siti);
    const { text } = await siti.get('/api/closed');
    expect(text).toContain('••••••••••••0001');
    expect(text).not.toContain(NIK);
    await claim(budi);
    expect(await idsOf(siti, '/api/closed')).toEqual([]);
  });
});

describe('a search', () => {
  const search = (text: string) => siti.post('/api/search', { text });

  test.each(['0812-3456-7890', '+62 812 3456 7890'])('finds a chat by the phone number %s', async (text) => {
    const id = counter.talks.engine.conversationId({ channel: 'whatsapp', id: '+6281234567890' });
    await counter.talks.add({ id, attention: { status: 'bot' } }, [{ text: 'Halo' }]);
    const { status, body } = await search(text);
    expect(status).toBe(200);
    expect(body.conversations).toMatchObject([{ id, attention: { status: 'bot' }, closedAt: null }]);
  });

  test.each([
    ['its number', (number: string) => number],
    ['its number, typed badly', (number: string) => number.toLowerCase().replaceAll('-', ' ')],
    ['a NIK', () => '3273 0112 0390 0001'],
    ['words of a name', () => 'Rahma ANINDYA'],
  ])('finds the chat that an application was filed in by %s', async (_what, textOf) => {
    const number = await counter.file('talk', {
      pemohon_nik: NIK,
      anak_nama: 'Anindya Putri Rahma',
    });
    expect((await search(textOf(number))).body.conversations).toMatchObject([{ id: 'talk' }]);
  });

  test('that finds nothing says so', async () => {
    expect((await search('Bukan Siapa Siapa')).body.conversations).toEqual([]);
  });

  test('is in the audit log, and what was looked for is nowhere', async () => {
    await search(NIK);
    const line = (await counter.audited()).at(-1);
    expect(line).toMatchObject({ actor: 'op-siti', action: 'search', details: { found: 0 } });
    expect(JSON.stringify(line) + counter.logged.join('')).not.toContain(NIK);
  });

  test('without words is refused', async () => {
    expect((await search('  ')).status).toBe(400);
  });
});

describe('a complaint', () => {
  beforeEach(async () => {
    await counter.addOperator('ibu', { role: 'supervisor' });
    await counter.talks.add(
      { id: 'pungli', attention: { status: 'waiting', since: START, reason: 'complaint' } },
      [{ text: 'Dimintai 500 ribu' }],
    );
  });

  test('is in the inbox of those only who may read complaints', async () => {
    const ibu = await counter.login('ibu');
    expect(await idsOf(siti)).toEqual(['talk']);
    expect((await siti.get('/api/inbox')).body.counts.all).toBe(1);
    expect((await idsOf(ibu)).sort()).toEqual(['pungli', 'talk']);
  });

  test.each(['', '/claim', '/reveal', '/resolve', '/release'])(
    'looks to everybody else like a chat that does not exist (%s)',
    async (path) => {
      const url = `/api/conversations/pungli${path}`;
      const answer = path ? await siti.post(url) : await siti.get(url);
      const none = path
        ? await siti.post(url.replace('pungli', 'none'))
        : await siti.get('/api/conversations/none');
      expect([answer.status, answer.text]).toEqual([404, none.text]);
      expect(await counter.actions()).toEqual([]);
    },
  );

  test('stays hidden when it is closed', async () => {
    const ibu = await counter.login('ibu');
    await close(ibu, 'pungli');
    expect(await idsOf(siti, '/api/closed')).toEqual([]);
    expect(await idsOf(ibu, '/api/closed')).toEqual(['pungli']);
  });
});
