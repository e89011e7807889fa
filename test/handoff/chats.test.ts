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
    {
      text: `NIK saya ${NIK}`,
      understood: { event: 'ANSWER', service: 'akta-kelahiran', step: 'pemohon_nik' },
    },
    { text: 'Tolong' },
  ]);
});
afterEach(() => counter.close());

const view = (browser: typeof siti, key?: string) =>
  browser.get('/api/conversations/talk', key === undefined ? {} : { 'x-reveal': key });
const reveal = (browser: typeof siti) => browser.post('/api/conversations/talk/reveal');
const keyOf = async (browser: typeof siti) => (await reveal(browser)).body.key;
const claim = (browser: typeof siti) => browser.post('/api/conversations/talk/claim');
const linesOf = async (name: string) => (await counter.audited()).filter(({ action }) => action === name);

describe('a chat', () => {
  test('comes with transcript, answers, questions, reason, and what its channel can do', async () => {
    const { body } = await view(siti);
    expect(body).toMatchObject({
      channel: 'whatsapp',
      step: 'anak_nama',
      stepLabel: 'Nama anak',
      expects: 'name',
      attention: { reason: 'asked', isMine: false },
      answers: [{ label: 'NIK pelapor' }],
      steps: [
        { id: 'pemohon_nik', isAnswered: true },
        { id: 'anak_nama', isAnswered: false },
      ],
      capabilities: { mediaOut: true, textForm: 'long', textLimit: 4096 },
      windowClosesAt: START + 24 * 60 * MINUTE,
      canSms: true,
    });
    expect(body.transcript[0]).toMatchObject({ author: 'citizen', direction: 'in' });
    expect(body.transcript[0]?.understood).toMatch(/^Jawaban: /);
    expect(body.transcript[1]?.understood).toBeUndefined();
  });

  test('shows the citizen’s applications, also those filed in another chat with the same NIK', async () => {
    await counter.talks.add({ id: 'other', attention: { status: 'bot' } });
    const values = { pemohon_nik: NIK };
    const here = await counter.file('talk', values);
    counter.wait(MINUTE);
    const there = await counter.file('other', values);
    await counter.file('stranger', { pemohon_nik: '3273011203900002' });
    expect((await view(siti)).body.applications).toMatchObject([
      { number: there, isElsewhere: true, state: 'submitted' },
      { number: here, isElsewhere: false, title: expect.stringMatching(/akta/i) },
    ]);
  });

  test('can be read while the bot has it', async () => {
    await counter.talks.add({ id: 'with-bot', attention: { status: 'bot' } }, [{ text: 'Halo' }]);
    const { status, body } = await siti.get('/api/conversations/with-bot');
    expect([status, body.attention.status, body.attention.answerBy]).toEqual([200, 'bot', null]);
  });

  test('that nobody knows is not found, and leaves no trace', async () => {
    const answer = await siti.get('/api/conversations/forged');
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
    expect(await counter.actions()).toEqual([]);
  });

  test('that is looked at is in the audit log, once in ten minutes for each operator', async () => {
    await view(siti);
    await view(siti);
    await view(budi);
    expect((await linesOf('conversation.view')).map(({ actor }) => actor)).toEqual(['op-siti', 'op-budi']);
    counter.wait(10 * MINUTE);
    await view(siti);
    expect(await linesOf('conversation.view')).toHaveLength(3);
  });
});

describe('long numbers', () => {
  test('are masked for everybody, also for the one who has the chat', async () => {
    await claim(siti);
    for (const answer of [await view(siti), await view(budi), await claim(siti)]) {
      expect(answer.body.masked).toBe(true);
      expect(answer.text).not.toMatch(/3273011203900001|81234567890/);
    }
  });

  test('are shown with the key of a reveal, which is in the audit log', async () => {
    const key = await keyOf(siti);
    const { body } = await view(siti, key);
    expect(body).toMatchObject({ masked: false, address: '+6281234567890' });
    expect(body.transcript[0]?.text).toBe(`NIK saya ${NIK}`);
    expect(await linesOf('conversation.reveal')).toMatchObject([{ actor: 'op-siti', subject: 'talk' }]);
    const note = { id: crypto.randomUUID(), text: 'x' };
    const noted = await siti.post('/api/conversations/talk/note', note, { 'x-reveal': key });
    expect(noted.body.masked).toBe(false);
  });

  test('stay masked with a key of another chat, another operator or nobody', async () => {
    await counter.talks.add({ id: 'other' });
    const other = (await siti.post('/api/conversations/other/reveal')).body.key;
    for (const key of [other, await keyOf(budi), 'forged', '']) {
      expect((await view(siti, key)).body.masked).toBe(true);
    }
  });

  test('are not revealed while a colleague has the chat, and hidden again when one takes it', async () => {
    const key = await keyOf(siti);
    await claim(budi);
    expect((await view(siti, key)).body.masked).toBe(true);
    expect(await reveal(siti)).toMatchObject({ status: 409, body: { error: { code: 'TAKEN', by: 'Budi' } } });
    expect((await view(budi, await keyOf(budi))).body.masked).toBe(false);
  });
});

describe('what was said in a complaint', () => {
  const complain = () =>
    counter.store.audit.append({
      ...{ at: START + 2 * MINUTE, actor: 'bot', action: 'conversation.complaint' },
      ...{ subject: 'talk', details: {} },
    });
  const say = (text: string, at: number, more = {}) => counter.talks.say('talk', { text, at, ...more });
  const textsFor = async (browser: typeof siti) =>
    (await view(browser)).body.transcript.map(({ text }) => text);
  beforeEach(async () => {
    const understood = { event: 'QUESTION', topic: 'lapor-pungli' };
    await say('Mau lapor pungli Pak Anu', START + MINUTE, { understood });
    await complain();
    await say('Beliau minta 500 ribu', START + 3 * MINUTE);
    counter.wait(5 * MINUTE);
    await claim(budi);
    await budi.post('/api/conversations/talk/resolve');
    await say('Terima kasih', START + 6 * MINUTE);
  });

  test('stays hidden from others later on', async () => {
    expect(await textsFor(siti)).toEqual([expect.stringContaining('NIK'), 'Tolong', 'Terima kasih']);
  });

  test('is there for who may read complaints', async () => {
    await counter.addOperator('ibu', { role: 'supervisor' });
    expect(await textsFor(await counter.login('ibu'))).toHaveLength(5);
  });

  test('has its files hidden too', async () => {
    const { file } = await counter.vault.put('talk', { bytes: Buffer.from('x'), contentType: 'image/png' });
    const stored = { file, contentType: 'image/png', sizeBytes: 1 };
    await say('', START + 4 * MINUTE, { files: [stored] });
    expect((await siti.get(`/api/files/${file}`)).status).toBe(404);
    await counter.addOperator('ibu', { role: 'supervisor' });
    expect((await (await counter.login('ibu')).get(`/api/files/${file}`)).status).toBe(200);
  });

  test('is no last line of a list', async () => {
    await say('Rahasia', START + 4 * MINUTE);
    const attention = (await counter.conversations.load('talk'))?.attention;
    expect(attention?.status).toBe('bot');
    expect((await siti.get('/api/closed')).text).not.toContain('Rahasia');
  });
});
