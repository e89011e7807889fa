import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewsKind, Reply } from '../../../src/conversation/types.ts';
import { tempDir } from '../../store/temp-store.ts';
import { type Running, startWhole } from '../simulator/phone.ts';
import { startTwilioStandIn, type TwilioStandIn } from '../twilio-standin.ts';
import { CITIZEN } from './world.ts';

const SID = `HX${'c'.repeat(32)}`;
const DAY_MS = 24 * 60 * 60_000;
const SITI = { id: 'siti', name: 'Siti' };

let standIn: TwilioStandIn;
let running: Running;
let chat: string;

beforeEach(async () => {
  standIn = await startTwilioStandIn();
  const officeFile = join(tempDir(), 'office.yaml');
  const office = readFileSync(new URL('../../../office.yaml', import.meta.url), 'utf8');
  writeFileSync(officeFile, office.replace('fields: [hal]', `fields: [hal]\n    contentSid: ${SID}`));
  running = await startWhole({
    OFFICE_FILE: officeFile,
    TWILIO_ACCOUNT_SID: standIn.accountSid,
    TWILIO_AUTH_TOKEN: standIn.authToken,
    TWILIO_API_URL: standIn.url,
    TWILIO_WHATSAPP_FROM: 'whatsapp:+6221000002',
    TWILIO_SMS_FROM: '+6221000001',
  });
  chat = running.engine.conversationId({ channel: 'whatsapp', id: CITIZEN });
  await write('halo');
  standIn.messages.length = 0;
  running.clock.set(running.clock.now() + DAY_MS);
});

afterEach(async () => {
  await running.stop();
  await standIn.close();
});

async function write(words: string): Promise<void> {
  const params = { MessageSid: `SM${words}`, From: `whatsapp:${CITIZEN}`, Body: words, NumMedia: '0' };
  const { status } = await standIn.post(`${running.url}/webhooks/twilio`, params);
  expect(status).toBe(200);
  await running.settle();
}

async function reply(id: string, words: Reply): Promise<void> {
  await running.engine.handle(chat, { type: 'operator.claim', operator: SITI });
  await running.engine.handle(chat, { type: 'operator.reply', operator: SITI, id, ...words });
  await running.settle();
}

const news = (id: string, kind: NewsKind) =>
  running.engine
    .handle(chat, {
      type: 'application.news',
      id,
      news: { number: 'KT-1', service: 'ktp-hilang-rusak', kind },
    })
    .then(running.settle);
const lastEntry = async () => (await running.store.conversations.transcript(chat)).at(-1);

describe('a day after the citizen wrote on WhatsApp', () => {
  it('what the bot has to say fails without asking Twilio, and a person is called once', async () => {
    await news('n1', 'result');
    await news('n2', 'result');
    expect(standIn.messages).toEqual([]);
    const { attention } = (await running.store.conversations.load(chat)) ?? {};
    expect(attention).toMatchObject({ status: 'waiting', reason: 'delivery-failed' });
    const said = (await running.store.conversations.transcript(chat)).slice(2);
    expect(said.map(({ status }) => status)).toEqual(said.map(() => 'failed'));
    expect(said.length).toBeLessThanOrEqual(3);
    const buried = await running.store.jobs.buried(9);
    expect(buried.map(({ reason }) => reason)).toEqual(said.map(() => 'WINDOW_CLOSED'));
  });

  it('news goes as the approved template that stands in for it, and in full when the citizen writes', async () => {
    await news('n1', 'approved');
    const hal = 'permohonan KTP hilang atau rusak nomor KT-1';
    expect(standIn.messages).toMatchObject([{ body: '', content: { sid: SID, variables: { 1: hal } } }]);
    const { attention } = (await running.store.conversations.load(chat)) ?? {};
    expect(attention).toEqual({ status: 'bot' });
    await write('baik');
    expect(standIn.messages.slice(1)).toMatchObject([
      { body: expect.stringMatching(/KT-1.*permohonan disetujui/s), content: undefined },
    ]);
  });

  it('an approved template goes, with the words of the operator in its fields', async () => {
    const text = 'Petugas sudah menjawab tentang KTP.';
    await reply('r1', { text, template: { id: 'jawaban-petugas', values: { hal: 'KTP\nhilang' } } });
    expect(standIn.messages).toMatchObject([
      { to: `whatsapp:${CITIZEN}`, body: '', content: { sid: SID, variables: { 1: 'KTP hilang' } } },
    ]);
    expect(await lastEntry()).toMatchObject({ text, author: 'Siti', status: 'queued' });
  });

  it('an SMS goes to the same number', async () => {
    await reply('r1', { text: 'Balas di WhatsApp, ya.', as: 'sms' });
    expect(standIn.messages).toMatchObject([
      { to: CITIZEN, from: '+6221000001', body: 'Balas di WhatsApp, ya.' },
    ]);
  });

  it('free words go again as soon as the citizen has written', async () => {
    await write('saya kembali');
    standIn.messages.length = 0;
    await reply('r1', { text: 'Selamat pagi.' });
    expect(standIn.messages).toMatchObject([{ to: `whatsapp:${CITIZEN}`, body: 'Selamat pagi.' }]);
  });
});
