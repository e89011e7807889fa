/** The finished document on its way to a citizen: the whole service, with a stand-in for Twilio. */
import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pdf } from '../../documents/samples.ts';
import { CARD, type Desk, openRequests, type RequestsWorld } from '../../handoff/requests-world.ts';
import { startTwilioStandIn, type TwilioStandIn } from '../twilio-standin.ts';

const CITIZEN = '+6281234567890';
const LINK = /\/f\/[\w-]{22}/;

let standIn: TwilioStandIn;
let world: RequestsWorld;
let budi: Desk;
let number: string;
/** Messages that were there before the document. */
let before: number;

beforeEach(async () => {
  standIn = await startTwilioStandIn();
  world = await openRequests({
    TWILIO_ACCOUNT_SID: standIn.accountSid,
    TWILIO_AUTH_TOKEN: standIn.authToken,
    TWILIO_WHATSAPP_FROM: 'whatsapp:+6281100000000',
    TWILIO_API_URL: standIn.url,
  });
  standIn.now = world.clock.now;
  const greeting = { MessageSid: 'SMin', From: `whatsapp:${CITIZEN}`, Body: 'halo', NumMedia: '0' };
  await standIn.post(`${world.url}/webhooks/twilio`, greeting);
  await settled();
  ({ number } = await world.file(CARD, { number: CITIZEN }));
  budi = await world.login('budi', 'supervisor');
  for (const decision of ['take', 'approve', 'produce']) await budi.decide(number, decision);
  await settled();
  before = standIn.messages.length;
});
afterEach(async () => {
  await world.close();
  await standIn.close();
});

async function settled() {
  await world.engine.idle();
  await world.service.effects.idle();
  await world.engine.idle();
}

/** What SIAK made, as the operator attaches it. */
async function attach(bytes: Buffer) {
  const { body } = await budi.upload(`/requests/${number}/files`, new Uint8Array(bytes), 'application/pdf');
  const { file } = body.file as { file: string };
  await budi.act(number, 'result', { file });
  await settled();
}

/** A PDF of about this size, unlike any other. */
function pdfOf(sizeBytes: number): Buffer {
  const [head, tail] = [pdf().subarray(0, 9), pdf().subarray(9)];
  const filler = Buffer.from(`%${randomBytes(16).toString('hex')}${'x'.repeat(sizeBytes)}\n`, 'latin1');
  return Buffer.concat([head, filler, tail]);
}

const isFailed = async () => (await world.store.conversations.load(idOf()))?.attention.status !== 'bot';
const idOf = () => world.engine.conversationId({ channel: 'whatsapp', id: CITIZEN });
const sent = () => standIn.messages.slice(before);
const bodies = () => sent().map(({ body }) => body);
const files = () => sent().flatMap(({ mediaUrls }) => mediaUrls);

describe('the finished document', () => {
  test('goes as the very bytes that were attached, behind its words', async () => {
    const bytes = pdfOf(100_000);
    await attach(bytes);
    expect(sent().map(({ body, mediaUrls }) => [body !== '', mediaUrls.length])).toEqual([
      [true, 0],
      [false, 1],
    ]);
    expect(bodies()[0]).toContain('HVS A4 80 gram');
    expect(bodies()[0]).not.toMatch(LINK);
    const got = Buffer.from(await (await fetch(files()[0] ?? '')).arrayBuffer());
    const hash = (of: Buffer) => createHash('sha256').update(of).digest('hex');
    expect(hash(got)).toBe(hash(bytes));
    expect((await budi.look(number)).body.maxFileBytes).toBe(16_000_000);
  });

  test('larger than the channel takes goes as a link, and nothing is tried in vain', async () => {
    await attach(pdfOf(16_000_000));
    expect([bodies().length, files()]).toEqual([1, []]);
    expect(bodies()[0]).toMatch(LINK);
    expect(bodies()[0]).toContain('PIN');
  });

  test('that could not be fetched, as is heard later, is told once more, as a link', async () => {
    await attach(pdf());
    const [, file] = sent();
    await Promise.all([1, 2].map(() => standIn.report(file?.sid ?? '', 'undelivered', 63019)));
    await settled();
    expect(bodies().slice(2).join()).toMatch(LINK);
    expect(bodies()).toHaveLength(3);
    expect(await isFailed()).toBe(false);
  });

  test('that is refused at once is told as a link, and no operator is called', async () => {
    await attachRefused('type');
    expect(bodies().slice(1).join()).toMatch(LINK);
    expect(bodies()).toHaveLength(2);
    expect(await isFailed()).toBe(false);
  });

  test('whose link does not arrive either is left to an operator', async () => {
    await attach(pdf());
    await standIn.report(sent()[1]?.sid ?? '', 'undelivered', 63019);
    await settled();
    await standIn.report(sent()[2]?.sid ?? '', 'undelivered', 63024);
    await settled();
    expect(bodies().filter((text) => LINK.test(text))).toHaveLength(1);
    expect(await isFailed()).toBe(true);
  });
});

/** The words are taken, the file is not. */
async function attachRefused(fault: 'type') {
  standIn.beforeAnswer = () => {
    standIn.faults.push(fault);
    standIn.beforeAnswer = () => {};
  };
  await attach(pdf());
}
