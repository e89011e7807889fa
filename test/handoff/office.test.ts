import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { createBrowser } from './counter.ts';
import { type OfficeWorld, openOfficeWorld } from './office-world.ts';
import { PNG } from './samples.ts';

let office: OfficeWorld;
let siti: ReturnType<typeof createBrowser>;
let budi: ReturnType<typeof createBrowser>;
beforeAll(async () => {
  office = await openOfficeWorld();
  [siti, budi] = await Promise.all([office.operator('Siti'), office.operator('Budi')]);
});
afterAll(() => office.close());

const act = async (browser: typeof siti, id: string, action: string, body?: unknown) => {
  const answer = await browser.post(`/api/conversations/${id}/${action}`, body);
  await office.settle(id);
  return answer;
};
const view = async (browser: typeof siti, id: string) => (await browser.get(`/api/conversations/${id}`)).body;
const actionsOn = async (id: string) => (await office.linesOf(id)).map(({ action }) => action);

/** A citizen in the form of a birth certificate, at its first question. */
async function beginForm(phone = office.phone()) {
  await phone.say('Halo');
  await phone.say('akta kelahiran');
  await phone.say('setuju');
  await phone.say('ya');
  return phone;
}

describe('a stuck citizen', () => {
  test('is claimed, helped, and goes on at the very question', async () => {
    const phone = await beginForm();
    const before = await view(siti, phone.id);
    expect(before.service).toBe('akta-kelahiran');
    expect(before.step).not.toBeNull();
    await phone.say('petugas');
    const waiting = (await siti.get('/api/inbox')).body.conversations.find(({ id }) => id === phone.id);
    expect(waiting).toMatchObject({
      attention: { status: 'waiting', reason: 'asked', unanswered: 1 },
      stepLabel: before.stepLabel,
    });
    await act(siti, phone.id, 'claim');
    await act(siti, phone.id, 'reply', { id: randomUUID(), text: 'Silakan tulis nama lengkap.' });
    expect((await view(siti, phone.id)).attention.unanswered).toBe(0);
    await act(siti, phone.id, 'resolve');
    const after = await view(siti, phone.id);
    expect([after.attention.status, after.step]).toEqual(['bot', before.step]);
    expect(after.transcript.map(({ author }) => author)).toContain('Siti');
    expect((await siti.get('/api/closed')).body.conversations.map(({ id }) => id)).toContain(phone.id);
  });

  test('has a question answered by the operator, and the bot goes on behind it', async () => {
    const phone = await beginForm();
    const { step } = await view(siti, phone.id);
    expect(step).toBe('pemohon_nama');
    await act(siti, phone.id, 'claim');
    const filled = await act(siti, phone.id, 'answer', { id: randomUUID(), step, text: 'Rahmawati Siregar' });
    expect(filled.status).toBe(200);
    expect(filled.body.answers).toMatchObject([{ id: 'pemohon_nama', text: 'Rahmawati Siregar' }]);
    await act(siti, phone.id, 'resolve');
    expect((await view(siti, phone.id)).step).toBe('pemohon_nik');
    await act(siti, phone.id, 'claim');
    const asked = await act(siti, phone.id, 'ask', { step: 'pemohon_nama' });
    expect(asked.body).toMatchObject({ attention: { status: 'bot' }, step: 'pemohon_nama' });
  });

  test('whose claim is raced for gets one operator', async () => {
    const phone = await beginForm();
    await phone.say('petugas');
    const both = await Promise.all([act(siti, phone.id, 'claim'), act(budi, phone.id, 'claim')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const loser = both[0]?.status === 200 ? budi : siti;
    const late = await act(loser, phone.id, 'reply', { id: randomUUID(), text: 'Terlambat' });
    expect(late).toMatchObject({ status: 409, body: { error: { code: 'TAKEN' } } });
    expect(JSON.stringify(await view(siti, phone.id))).not.toContain('Terlambat');
  });

  test('is read: what the bot understood stands under the message', async () => {
    const phone = await beginForm();
    await phone.say('Rahmawati Siregar');
    const { transcript } = await view(siti, phone.id);
    const read = transcript.filter(({ direction }) => direction === 'in').map(({ understood }) => understood);
    expect(read).toContainEqual(expect.stringMatching(/^Jawaban: Nama/));
  });

  test('has numbers in the form masked, and in full for who revealed them', async () => {
    const phone = await beginForm();
    await phone.say('Rahmawati Siregar');
    await phone.say('3273014107900001');
    const answersOf = async (headers = {}) =>
      (await siti.get(`/api/conversations/${phone.id}`, headers)).body.answers.map(({ text }) => text);
    expect((await answersOf())[1]).toBe('...0001');
    const { key } = (await act(siti, phone.id, 'reveal')).body;
    expect((await answersOf({ 'x-reveal': key }))[1]).toBe('3273014107900001');
  });

  test('who filed from another phone before is known by the NIK of the form', async () => {
    const nik = '3273015502920007';
    const before = await office.file('another-chat', nik);
    const phone = await beginForm();
    await phone.say('Rahmawati Siregar');
    await phone.say(nik);
    expect((await view(siti, phone.id)).applications).toMatchObject([{ number: before, isElsewhere: true }]);
  });

  test('may be handed to a colleague, noted about, and the citizen sees no note', async () => {
    const phone = await beginForm();
    await act(siti, phone.id, 'claim');
    await act(siti, phone.id, 'note', { id: randomUUID(), text: 'Hanya untuk kantor' });
    expect((await act(siti, phone.id, 'transfer', { to: 'op-budi' })).status).toBe(204);
    const { attention, transcript } = await view(budi, phone.id);
    expect(attention).toMatchObject({ isMine: true, operator: { name: 'Budi' } });
    expect(transcript.find(({ text }) => text === 'Hanya untuk kantor')).toMatchObject({ direction: 'note' });
    expect(await actionsOn(phone.id)).toEqual(
      expect.arrayContaining(['conversation.open', 'conversation.note', 'conversation.transfer']),
    );
  });
});

describe('at the counter', () => {
  const speak = (id: string, text: string, act_: string = randomUUID()) =>
    act(siti, id, 'speak', { id: act_, text });

  test('an operator begins a case for a person without a phone, and answers the bot', async () => {
    const { status, body } = await siti.post('/api/walk-ins');
    expect(status).toBe(200);
    const id = body.conversation;
    await office.settle(id);
    const begun = await view(siti, id);
    expect(begun).toMatchObject({ channel: 'counter', attention: { status: 'bot' }, canSms: false });
    expect(begun.transcript.map(({ author }) => author)).toEqual(['Siti', 'bot']);
    await speak(id, 'akta kelahiran');
    await speak(id, 'setuju');
    await speak(id, 'ya');
    const once = randomUUID();
    await speak(id, 'Rahmawati Siregar', once);
    await speak(id, 'Rahmawati Siregar', once);
    expect(await view(siti, id)).toMatchObject({ service: 'akta-kelahiran', step: 'pemohon_nik' });
    expect(await actionsOn(id)).toEqual(
      expect.arrayContaining(['conversation.walk-in', 'conversation.view', 'conversation.speak']),
    );
    expect((await actionsOn(id)).filter((action) => action === 'conversation.speak')).toHaveLength(4);
  });

  test('a case that calls for a person is taken and goes on when the operator answers', async () => {
    const id = (await siti.post('/api/walk-ins')).body.conversation;
    await office.settle(id);
    await speak(id, 'petugas');
    expect((await view(siti, id)).attention.status).toBe('waiting');
    await speak(id, 'akta kelahiran');
    expect(await view(siti, id)).toMatchObject({ attention: { status: 'bot' }, service: 'akta-kelahiran' });
  });

  test('who has a phone is helped on: the own claim goes back first, and the step is kept', async () => {
    const phone = await beginForm();
    await phone.say('petugas');
    expect(await speak(phone.id, 'Rahmawati Siregar')).toMatchObject({
      status: 409,
      body: { error: { code: 'NOT_CLAIMED' } },
    });
    await act(budi, phone.id, 'claim');
    expect(await speak(phone.id, 'Rahmawati Siregar')).toMatchObject({
      body: { error: { code: 'TAKEN', by: 'Budi' } },
    });
    await act(budi, phone.id, 'transfer', { to: 'op-siti' });
    const spoken = await speak(phone.id, 'Rahmawati Siregar');
    expect(spoken.status).toBe(200);
    const { step, attention, transcript } = await view(siti, phone.id);
    expect([step, attention.status]).toEqual(['pemohon_nik', 'bot']);
    expect(transcript.find(({ text }) => text === 'Rahmawati Siregar')).toMatchObject({
      author: 'Siti',
      direction: 'in',
    });
  });

  test('files are given in the citizen’s place, out of this chat only', async () => {
    const id = (await siti.post('/api/walk-ins')).body.conversation;
    const upload = (to: string) => siti.upload(`/api/conversations/${to}/files`, PNG, 'image/png');
    const { file } = (await upload(id)).body;
    expect((await act(siti, id, 'speak', { id: randomUUID(), files: [file.file] })).status).toBe(200);
    const { transcript } = await view(siti, id);
    expect(transcript.filter(({ files }) => files.length > 0)).toMatchObject([
      { author: 'Siti', direction: 'in' },
    ]);
    const other = (await siti.post('/api/walk-ins')).body.conversation;
    expect((await act(siti, other, 'speak', { id: randomUUID(), files: [file.file] })).status).toBe(404);
  });

  test('a chat that nobody knows, or words and files at once, are refused', async () => {
    expect((await act(siti, 'forged', 'speak', { id: randomUUID(), text: 'Halo' })).status).toBe(404);
    expect(
      (await act(siti, 'forged', 'speak', { id: randomUUID(), text: 'Halo', files: ['x'] })).status,
    ).toBe(400);
  });
});

test('a report of illegal fees is for supervisors only, from the call for a person on', async () => {
  const ibu = await office.operator('Ibu', 'supervisor');
  const phone = office.phone();
  await phone.say('Halo');
  await phone.say('lapor pungli');
  await phone.say('petugas');
  const waits = async (browser: typeof siti) =>
    (await browser.get('/api/inbox')).body.conversations.find(({ id }) => id === phone.id);
  expect(await waits(ibu)).toMatchObject({ attention: { reason: 'complaint' } });
  expect(await waits(siti)).toBeUndefined();
  await phone.say('Saya dimintai 500 ribu');
  await act(ibu, phone.id, 'claim');
  await act(ibu, phone.id, 'resolve');
  office.wait(60_000);
  await phone.say('Terima kasih');
  const seen = JSON.stringify(await view(siti, phone.id));
  expect(seen).not.toMatch(/500 ribu|pungli/);
  expect(seen).toContain('Terima kasih');
});
