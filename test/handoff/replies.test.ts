import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Counter, type createBrowser, openCounter } from './counter.ts';
import { PNG } from './samples.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let counter: Counter;
let siti: ReturnType<typeof createBrowser>;
let budi: ReturnType<typeof createBrowser>;
beforeEach(async () => {
  counter = await openCounter();
  await Promise.all([counter.addOperator('siti'), counter.addOperator('budi')]);
  [siti, budi] = await Promise.all([counter.login('siti'), counter.login('budi')]);
  await counter.talks.add({ id: 'talk' }, [{ text: 'Halo' }, { text: 'Tolong, petugas' }]);
});
afterEach(() => counter.close());

const act = (browser: typeof siti, action: string, body?: unknown, id = 'talk') =>
  browser.post(`/api/conversations/${id}/${action}`, body);
const claim = (browser: typeof siti, id = 'talk') => act(browser, 'claim', undefined, id);
const reply = (browser: typeof siti, text = 'Selamat pagi', id: string = randomUUID()) =>
  act(browser, 'reply', { id, text });
const transcript = (id = 'talk') => counter.conversations.transcript(id);
const texts = async () => (await transcript()).map((entry) => entry.text);
const lastLine = async () =>
  (await counter.audited()).filter(({ action }) => action !== 'conversation.view').at(-1);

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

  test('sent twice by a weak line arrives once, and is one line of the log', async () => {
    await claim(siti);
    const id = randomUUID();
    const [first, second] = [await reply(siti, 'Sekali saja', id), await reply(siti, 'Sekali saja', id)];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect((await texts()).filter((text) => text === 'Sekali saja')).toHaveLength(1);
    expect((await counter.actions()).filter((action) => action === 'conversation.reply')).toHaveLength(1);
  });

  test('that arrived is not refused when it comes again after the claim was lost', async () => {
    await claim(siti);
    const id = randomUUID();
    await reply(siti, 'Sudah sampai', id);
    counter.wait(5 * MINUTE);
    await claim(budi);
    expect((await reply(siti, 'Sudah sampai', id)).status).toBe(200);
    expect(await reply(siti, 'Yang baru')).toMatchObject({ status: 409, body: { error: { by: 'Budi' } } });
  });

  test('needs the claim', async () => {
    expect(await reply(siti)).toMatchObject({ status: 409, body: { error: { code: 'NOT_CLAIMED' } } });
    await claim(budi);
    expect(await reply(siti)).toMatchObject({ status: 409, body: { error: { code: 'TAKEN', by: 'Budi' } } });
    expect(await texts()).toHaveLength(2);
  });

  test('to a chat that was handed back says that it must be taken again', async () => {
    await claim(siti);
    await act(siti, 'resolve');
    expect(await reply(siti)).toMatchObject({ status: 409, body: { error: { code: 'NOT_CLAIMED' } } });
  });

  test('may be written slowly: an own claim that ran out is renewed when nobody took the chat', async () => {
    await claim(siti);
    counter.wait(20 * MINUTE);
    expect((await reply(siti)).status).toBe(200);
  });

  test.each([
    ['empty', { id: randomUUID(), text: '  ' }],
    ['without words, files or template', { id: randomUUID() }],
    ['too long', { id: randomUUID(), text: 'a'.repeat(4001) }],
    ['with a NUL in it', { id: randomUUID(), text: 'a\u0000b' }],
    ['without an id', { text: 'Halo' }],
    ['with an id that is no UUID', { id: '../../x', text: 'Halo' }],
    ['with fields nobody asked for', { id: randomUUID(), text: 'Halo', author: 'bot' }],
    ['not an object', 'Halo'],
  ])('is refused when %s', async (_why, body) => {
    await claim(siti);
    const answer = await act(siti, 'reply', body);
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

describe('when WhatsApp takes free words no more', () => {
  const template = { id: 'jawaban-petugas', values: {} as { [name: string]: string } };
  beforeEach(async () => {
    counter.wait(DAY);
    // A session is shorter than that.
    siti = await counter.login('siti');
    await claim(siti);
  });

  test('a reply is refused before anything is sent', async () => {
    expect(await reply(siti)).toMatchObject({ status: 409, body: { error: { code: 'WINDOW_CLOSED' } } });
    expect(await texts()).toHaveLength(2);
  });

  test('a template goes, as it reads when it is filled in', async () => {
    const known = counter.templates.find(({ fields }) => fields.length > 0);
    if (!known) throw new Error('office.yaml has no template with fields');
    const values = Object.fromEntries(known.fields.map((field) => [field, `isi ${field}`]));
    const answer = await act(siti, 'reply', { id: randomUUID(), template: { id: known.id, values } });
    expect(answer.status).toBe(200);
    const said = (await transcript()).at(-1)?.text;
    for (const value of Object.values(values)) expect(said).toContain(value);
    expect(said).not.toMatch(/\{\{/);
    expect(await lastLine()).toMatchObject({ details: { template: known.id } });
    expect(JSON.stringify(await lastLine())).not.toContain('isi ');
  });

  test.each([
    ['unknown', { id: 'tidak-ada', values: {} }],
    ['not filled in', template],
    ['filled in with what it has no place for', { ...template, values: { lain: 'x' } }],
  ])('a template that is %s is refused', async (_what, given) => {
    const known = counter.templates.find(({ fields }) => fields.length > 0)?.id ?? '';
    const asked = given.id === template.id ? { ...given, id: known } : given;
    expect((await act(siti, 'reply', { id: randomUUID(), template: asked })).status).toBe(400);
    expect(await texts()).toHaveLength(2);
  });

  test('an SMS to the same number goes', async () => {
    const answer = await act(siti, 'reply', { id: randomUUID(), text: 'Mohon tulis lagi', as: 'sms' });
    expect(answer.status).toBe(200);
    expect(await lastLine()).toMatchObject({ details: { as: 'sms' } });
  });
});

test('an SMS to somebody who has no number is not possible', async () => {
  await counter.talks.add({ id: 'hidden', address: 'x1@lid' });
  await claim(siti, 'hidden');
  const answer = await act(siti, 'reply', { id: randomUUID(), text: 'Halo', as: 'sms' }, 'hidden');
  expect(answer).toMatchObject({ status: 409, body: { error: { code: 'NOT_POSSIBLE' } } });
});

describe('files', () => {
  const upload = (bytes: Uint8Array, type: string, id = 'talk') =>
    siti.upload(`/api/conversations/${id}/files`, bytes, type);

  test('are kept under the chat’s key by what they are, and go with a reply', async () => {
    const { status, body } = await upload(PNG, 'image/jpeg');
    expect([status, body.file]).toMatchObject([200, { contentType: 'image/jpeg' }]);
    expect((await counter.vault.get(body.file.file))?.owner).toBe('talk');
    await claim(siti);
    const answer = await act(siti, 'reply', { id: randomUUID(), files: [body.file.file] });
    expect(answer.body.transcript.at(-1)?.files).toMatchObject([{ file: body.file.file }]);
    expect((await siti.get(`/api/files/${body.file.file}`)).headers.get('content-type')).toBe('image/jpeg');
    expect(await counter.actions()).toContain('conversation.upload');
  });

  test.each([
    ['of another chat', 'other'],
    ['that nobody knows', undefined],
  ])('%s do not go with a reply', async (_what, owner) => {
    await counter.talks.add({ id: 'other' });
    const file = owner ? (await upload(PNG, 'image/png', owner)).body.file.file : 'forged';
    await claim(siti);
    const answer = await act(siti, 'reply', { id: randomUUID(), text: 'Ini', files: [file] });
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
    expect(await texts()).toHaveLength(2);
  });

  test('do not go to phones that take none', async () => {
    await counter.talks.add({ id: 'sms', channel: 'sms' });
    const { body } = await upload(PNG, 'image/png', 'sms');
    await claim(siti, 'sms');
    const answer = await act(siti, 'reply', { id: randomUUID(), files: [body.file.file] }, 'sms');
    expect(answer).toMatchObject({ status: 409, body: { error: { code: 'NOT_POSSIBLE' } } });
  });

  test.each([
    [
      'larger than the phone takes',
      { contentType: 'application/pdf', sizeBytes: 16_000_001 },
      413,
      'TOO_LARGE',
    ],
    ['of a type that it does not take', { contentType: 'image/webp', sizeBytes: 9 }, 415, 'UNSUPPORTED_FILE'],
  ])(
    '%s do not go: nothing could open a link to them',
    async (_what, { contentType, sizeBytes }, status, code) => {
      const { file } = await counter.vault.put('talk', { bytes: Buffer.alloc(sizeBytes), contentType });
      await claim(siti);
      const answer = await act(siti, 'reply', { id: randomUUID(), text: 'Ini', files: [file] });
      expect(answer).toMatchObject({ status, body: { error: { code } } });
      expect(await texts()).toHaveLength(2);
    },
  );

  test.each([
    ['of a type that is not taken', Buffer.from('<svg/>'), 'image/svg+xml', 415],
    ['that are not what they say', Buffer.from('<script>'), 'image/png', 415],
    ['that are empty', Buffer.alloc(0), 'image/png', 415],
    ['of 17 MB', Buffer.alloc(17 * 1024 * 1024), 'application/pdf', 413],
  ])('%s are refused', async (_what, bytes, type, status) => {
    expect((await upload(bytes, type)).status).toBe(status);
  });

  test('for a chat that nobody knows are not kept', async () => {
    expect((await upload(PNG, 'image/png', 'forged')).status).toBe(404);
    expect(await counter.actions()).toEqual([]);
  });
});

describe('a note', () => {
  const note = (browser: typeof siti, id: string = randomUUID()) =>
    act(browser, 'note', { id, text: 'Sudah ditelepon' });

  test('is for colleagues, needs no claim, and is written once', async () => {
    await claim(budi);
    const id = randomUUID();
    await note(siti, id);
    const { status, body } = await note(siti, id);
    expect(status).toBe(200);
    expect(body.transcript.filter(({ direction }) => direction === 'note')).toMatchObject([
      { author: 'Siti', text: 'Sudah ditelepon' },
    ]);
    expect(await lastLine()).toMatchObject({ action: 'conversation.note', details: { note: id } });
  });
});

describe('a question of the form', () => {
  test('asked again gives the chat back to the bot', async () => {
    await claim(siti);
    const { status, body } = await act(siti, 'ask', { step: 'pemohon_nik' });
    expect([status, body.attention.status]).toEqual([200, 'bot']);
    expect(await lastLine()).toMatchObject({ action: 'conversation.ask', details: { step: 'pemohon_nik' } });
  });

  test('answered for the citizen is read as the bot would, and the log has the question only', async () => {
    await claim(siti);
    const answered = await act(siti, 'answer', {
      id: randomUUID(),
      step: 'anak_nama',
      text: 'Anindya Putri',
    });
    expect(answered.status).toBe(200);
    expect(await lastLine()).toMatchObject({ action: 'conversation.answer', details: { step: 'anak_nama' } });
    expect(JSON.stringify(await counter.audited())).not.toContain('Anindya');
  });

  test('with an answer that cannot be is refused with the bot’s own words', async () => {
    await claim(siti);
    const answer = await act(siti, 'answer', { id: randomUUID(), step: 'anak_nama', text: '12345' });
    expect(answer).toMatchObject({ status: 422, body: { error: { code: 'INVALID_ANSWER' } } });
    expect(answer.body.error.reason).toMatch(/\w+ \w+/);
  });

  test('that the form does not have is not possible', async () => {
    await claim(siti);
    for (const [action, body] of [
      ['ask', { step: 'lain' }],
      ['answer', { id: randomUUID(), step: 'lain', text: 'x' }],
    ] as const) {
      expect(await act(siti, action, body)).toMatchObject({ body: { error: { code: 'NOT_POSSIBLE' } } });
    }
  });

  test.each([
    ['ask', { step: 'anak_nama' }],
    ['answer', { id: randomUUID(), step: 'anak_nama', text: 'Anindya' }],
  ])('is a colleague’s while they have the chat (%s)', async (action, body) => {
    await claim(budi);
    expect(await act(siti, action, body)).toMatchObject({ status: 409, body: { error: { by: 'Budi' } } });
  });
});
