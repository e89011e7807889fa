import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTwilioChannel } from '../../../src/channels/twilio/channel.ts';
import { createLibraryClient } from '../../../src/channels/twilio/library.ts';
import { TwilioRest } from '../../../src/channels/twilio/rest.ts';
import type { OutboundMessage } from '../../../src/conversation/ports.ts';
import type { AppError } from '../../../src/errors.ts';
import { startTwilioStandIn, type TwilioStandIn } from '../twilio-standin.ts';
import { CITIZEN, configFor, openStore, pdf, quiet, seedEntries } from './world.ts';

let standIn: TwilioStandIn;
let store: ReturnType<typeof openStore>;
let channel: ReturnType<typeof createTwilioChannel>;

beforeEach(async () => {
  standIn = await startTwilioStandIn();
  store = openStore();
  channel = makeChannel();
});

afterEach(async () => {
  channel.close();
  await Promise.all([standIn.close(), store.close()]);
  vi.unstubAllEnvs();
  nock.cleanAll();
});

function makeChannel(config = configFor(standIn), timeoutMs = 15_000, listingLagMs = 0) {
  return createTwilioChannel(config, {
    listingLagMs,
    publicUrl: 'http://127.0.0.1:3000',
    clock: { now: Date.now },
    conversations: store.conversations,
    mediaUrl: async ({ file }) => `https://loket.go.id/m/${file}.1.mac`,
    log: quiet,
    timeoutMs,
  });
}

function message(about: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    entry: 'e1',
    to: { channel: 'whatsapp', id: CITIZEN },
    text: 'Selamat pagi',
    files: [],
    at: Date.now(),
    lastInboundAt: Date.now(),
    mayBeSent: false,
    ...about,
  };
}

const faultOf = (about: Partial<OutboundMessage> = {}) =>
  channel.send(message(about)).then(
    () => expect.fail('was sent'),
    (error: AppError) => error,
  );
const sortedForm = (body: string) => body.split('&').sort().join('&');
const posts = () => standIn.requests.filter(({ method }) => method === 'POST').length;

describe('sending through Twilio', () => {
  it('hands a WhatsApp text over and answers with its id', async () => {
    const sent = await channel.send(message());
    expect(sent).toEqual({ providerId: standIn.messages[0]?.sid, status: 'queued' });
    expect(standIn.messages).toMatchObject([
      {
        to: `whatsapp:${CITIZEN}`,
        from: 'whatsapp:+6221000002',
        body: 'Selamat pagi',
        mediaUrls: [],
        statusCallback: 'http://127.0.0.1:3000/webhooks/twilio/status?entry=e1',
      },
    ]);
  });

  it('hands an SMS over from the SMS number', async () => {
    await channel.send(message({ to: { channel: 'sms', id: CITIZEN } }));
    expect(standIn.messages).toMatchObject([{ to: CITIZEN, from: '+6221000001' }]);
  });

  it('answers a citizen who hides the phone number', async () => {
    await channel.send(message({ to: { channel: 'whatsapp', id: 'ID.1349' } }));
    expect(standIn.messages[0]?.to).toBe('whatsapp:ID.1349');
  });

  it('sends through a messaging service when one is set', async () => {
    const service = `MG${'a'.repeat(32)}`;
    channel = makeChannel({ ...configFor(standIn), whatsappFrom: service });
    await channel.send(message());
    expect(standIn.messages).toMatchObject([{ from: null, messagingServiceSid: service }]);
  });

  it('gives Twilio a link to fetch a file from', async () => {
    await channel.send(message({ text: '', files: [pdf('f1')] }));
    expect(standIn.messages).toMatchObject([{ body: '', mediaUrls: ['https://loket.go.id/m/f1.1.mac'] }]);
  });

  it('sends an approved template in the place of words, its values on one line each', async () => {
    const sid = `HX${'b'.repeat(32)}`;
    const template = { providerId: sid, values: ['KT-1', 'Rabu\n\n08.00'] };
    await channel.send(message({ template, lastInboundAt: 0 }));
    expect(standIn.messages).toMatchObject([
      { body: '', content: { sid, variables: { 1: 'KT-1', 2: 'Rabu 08.00' } } },
    ]);
  });

  it('asks nothing of Twilio for free words on WhatsApp after 24 hours', async () => {
    const lastInboundAt = Date.now() - 24 * 60 * 60_000;
    expect(await faultOf({ lastInboundAt })).toMatchObject({ code: 'WINDOW_CLOSED', retry: false });
    expect(standIn.requests).toEqual([]);
    await channel.send(message({ lastInboundAt: lastInboundAt + 5 * 60_000 }));
    await channel.send(message({ to: { channel: 'sms', id: CITIZEN }, lastInboundAt }));
    expect(standIn.messages).toHaveLength(2);
  });

  it('names the part of an entry that is not its last in the callback', async () => {
    await channel.send(message({ part: { index: 1, of: 2 } }));
    await channel.send(message({ part: { index: 2, of: 2 } }));
    expect(standIn.messages.map(({ statusCallback }) => statusCallback?.split('?')[1])).toEqual([
      'entry=e1&part=1%2F2',
      'entry=e1',
    ]);
  });

  it('asks for no callback that the real Twilio could not reach', async () => {
    nock('https://api.twilio.com')
      .post(/Messages\.json$/, (form) => form.Body === 'Selamat pagi' && !('StatusCallback' in form))
      .reply(201, { sid: 'SM1', status: 'queued' });
    channel = makeChannel({ ...configFor(standIn), apiUrl: 'https://api.twilio.com' });
    expect(await channel.send(message())).toEqual({ providerId: 'SM1', status: 'queued' });
  });

  it('asks for what the official library would ask for, in the same words', async () => {
    const asked: { path: string; authorization: string | undefined; form: string }[] = [];
    const recorder = createServer(async (request, response) => {
      const { url = '', headers } = request;
      asked.push({ path: url, authorization: headers.authorization, form: sortedForm(await text(request)) });
      response.writeHead(201).end('{"sid":"SM1","status":"queued"}');
    });
    await new Promise<void>((resolve) => recorder.listen(0, '127.0.0.1', resolve));
    const apiUrl = `http://127.0.0.1:${(recorder.address() as AddressInfo).port}/behind/a/gate`;
    const config = { ...configFor(standIn), apiUrl };
    channel = makeChannel(config);
    const file = pdf('f1');
    await channel.send(message({ text: 'Áda & "=" +?\n*ya*', files: [file, file] }));
    const rest = new TwilioRest({ ...config, timeoutMs: 1000 });
    await createLibraryClient(config, rest).messages.create({
      to: `whatsapp:${CITIZEN}`,
      from: 'whatsapp:+6221000002',
      body: 'Áda & "=" +?\n*ya*',
      mediaUrl: ['https://loket.go.id/m/f1.1.mac', 'https://loket.go.id/m/f1.1.mac'],
      statusCallback: 'http://127.0.0.1:3000/webhooks/twilio/status?entry=e1',
    });
    rest.close();
    recorder.close();
    expect(asked[0]).toEqual(asked[1]);
  });

  it('goes to TWILIO_API_URL, whatever edge or region the machine names', async () => {
    vi.stubEnv('TWILIO_EDGE', 'sydney');
    vi.stubEnv('TWILIO_REGION', 'au1');
    channel = makeChannel();
    await channel.send(message());
    expect(standIn.messages).toHaveLength(1);
  });

  it('keeps its connection open from message to message', async () => {
    for (let index = 0; index < 5; index += 1) await channel.send(message({ entry: `e${index}` }));
    expect(new Set(standIn.requests.map(({ socket }) => socket)).size).toBe(1);
  });

  it('refuses a kind that has no sender', async () => {
    channel = makeChannel({ ...configFor(standIn), smsFrom: undefined });
    const fault = await faultOf({ to: { channel: 'sms', id: CITIZEN } });
    expect([fault.code, fault.message]).toEqual([
      'REMOTE_REFUSED',
      expect.stringContaining('TWILIO_SMS_FROM'),
    ]);
    expect(posts()).toBe(0);
  });
});

describe('a message that Twilio does not take', () => {
  it('may be tried again after 429, not before the asked-for pause', async () => {
    standIn.faults.push('rate-limit');
    expect(await faultOf()).toMatchObject({ code: 'REMOTE_UNAVAILABLE', retry: true, retryAfterMs: 7000 });
  });

  it('may be tried again when no answer comes', async () => {
    standIn.faults.push('hang');
    channel = makeChannel(configFor(standIn), 50);
    expect(await faultOf()).toMatchObject({ code: 'REMOTE_UNAVAILABLE', retry: true });
  });

  it.each(['error', 'garbage', 'lose-answer'] as const)('may be tried again after "%s"', async (fault) => {
    standIn.faults.push(fault);
    expect(await faultOf()).toMatchObject({
      code: 'REMOTE_UNAVAILABLE',
      retry: true,
      retryAfterMs: undefined,
    });
  });

  it('may be tried again when Twilio cannot be reached', async () => {
    channel = makeChannel({ ...configFor(standIn), apiUrl: 'http://127.0.0.1:9' });
    expect(await faultOf()).toMatchObject({ code: 'REMOTE_UNAVAILABLE', retry: true });
  });

  it('is refused for good when the citizen has opted out', async () => {
    standIn.optedOut.add(`whatsapp:${CITIZEN}`);
    const fault = await faultOf();
    expect(fault).toMatchObject({ code: 'REMOTE_REFUSED', retry: false });
    expect(fault.message).toContain('21610 (the citizen has opted out with STOP)');
  });

  it('is refused for good when the address is wrong, and the number is not in the fault', async () => {
    const fault = await faultOf({ to: { channel: 'sms', id: '+62x12345' } });
    expect(fault).toMatchObject({ code: 'REMOTE_REFUSED', retry: false, cause: undefined });
    expect(fault.message).toContain('21211');
    expect(fault.message).not.toContain('12345');
  });

  it('says which setting is wrong when the token is', async () => {
    channel = makeChannel({ ...configFor(standIn), authToken: 'wrong' });
    const fault = await faultOf();
    expect([fault.code, fault.message]).toEqual([
      'REMOTE_REFUSED',
      expect.stringContaining('TWILIO_AUTH_TOKEN'),
    ]);
    expect(fault.message).not.toContain('wrong-token');
  });

  it('may be tried again, after a look, when the answer names no message', async () => {
    nock('https://api.twilio.com')
      .post(/Messages\.json$/)
      .reply(201, { status: 'queued' });
    channel = makeChannel({ ...configFor(standIn), apiUrl: 'https://api.twilio.com' });
    expect(await faultOf()).toMatchObject({ code: 'REMOTE_UNAVAILABLE', retry: true });
  });

  it('may be tried again when the queue is full, though Twilio says 400', async () => {
    nock('https://api.twilio.com')
      .post(/Messages\.json$/)
      .reply(400, { code: 21611, message: 'full' });
    channel = makeChannel({ ...configFor(standIn), apiUrl: 'https://api.twilio.com' });
    expect(await faultOf()).toMatchObject({ code: 'REMOTE_UNAVAILABLE', retry: true });
  });
});

describe('a message that may have been sent', () => {
  it('is found at Twilio and not sent again, after the answer was lost', async () => {
    standIn.faults.push('lose-answer');
    await faultOf();
    expect(await channel.send(message({ mayBeSent: true }))).toEqual({
      providerId: standIn.messages[0]?.sid,
      status: 'queued',
    });
    expect(standIn.messages).toHaveLength(1);
  });

  it('is found at the second look when Twilio lists it late', async () => {
    standIn.faults.push('lose-answer');
    await faultOf();
    const [arrived] = standIn.messages.splice(0);
    if (!arrived) throw new Error('the stand-in took the message');
    channel.close();
    channel = makeChannel(undefined, undefined, 100);
    const sent = channel.send(message({ mayBeSent: true }));
    await vi.waitFor(() => expect(standIn.requests.at(-1)?.method).toBe('GET'), { interval: 1 });
    standIn.messages.push(arrived);
    expect((await sent).providerId).toBe(arrived.sid);
    expect(standIn.messages).toHaveLength(1);
  });

  it('is sent at once, without a look, after an answer that says it was not taken', async () => {
    standIn.faults.push('rate-limit');
    await faultOf();
    await channel.send(message({ mayBeSent: true }));
    expect(standIn.requests.map(({ method }) => method)).toEqual(['POST', 'POST']);
    expect(standIn.messages).toHaveLength(1);
  });

  it('is looked for again when a later try had no answer', async () => {
    standIn.faults.push('rate-limit');
    await faultOf();
    standIn.faults.push('lose-answer');
    await faultOf({ mayBeSent: true });
    await channel.send(message({ mayBeSent: true }));
    expect(standIn.messages).toHaveLength(1);
  });

  it.each([
    ['refuses the list', 404, { code: 20404 }],
    ['answers the list with something else', 200, { hello: 'there' }],
  ])('is sent when nobody can look because Twilio %s', async (_, status, body) => {
    const config = { ...configFor(standIn), apiUrl: 'http://twilio.test' };
    channel.close();
    channel = makeChannel(config);
    const remote = nock('http://twilio.test');
    remote
      .get(/Messages/)
      .query(true)
      .twice()
      .reply(status, body);
    remote.post(/Messages/).reply(201, { sid: 'SM1', status: 'queued' });
    expect((await channel.send(message({ mayBeSent: true }))).providerId).toBe('SM1');
    expect(nock.isDone()).toBe(true);
  });

  it('is sent when the earlier try never arrived', async () => {
    standIn.faults.push('error');
    await faultOf();
    await channel.send(message({ mayBeSent: true }));
    expect(standIn.messages).toHaveLength(1);
  });

  it('is not taken for the same words of an entry whose id is stored', async () => {
    await seedEntries(store, [{ id: 'c1.1.e0', text: 'Selamat pagi' }]);
    const earlier = await channel.send(message({ entry: 'c1.1.e0' }));
    await store.conversations.setStatus('c1.1.e0', 'queued', earlier.providerId);
    channel = makeChannel();
    await channel.send(message({ mayBeSent: true }));
    expect(standIn.messages).toHaveLength(2);
  });

  it('is not taken for an earlier part of another entry, whose id nobody stored', async () => {
    await seedEntries(store, [{ id: 'c1.1.e0' }]);
    await channel.send(message({ entry: 'c1.1.e0', part: { index: 1, of: 2 } }));
    const last = await channel.send(
      message({ entry: 'c1.1.e0', text: 'lanjutan', part: { index: 2, of: 2 } }),
    );
    await store.conversations.setStatus('c1.1.e0', 'queued', last.providerId);
    channel = makeChannel();
    await channel.send(message({ mayBeSent: true }));
    expect(standIn.messages).toHaveLength(3);
  });

  it('is not taken for the same words that this process sent for another entry', async () => {
    await channel.send(message({ entry: 'e0' }));
    await channel.send(message({ mayBeSent: true }));
    expect(standIn.messages).toHaveLength(2);
  });

  it('is known without asking when this process had the answer', async () => {
    const first = await channel.send(message());
    const again = await channel.send(message({ mayBeSent: true }));
    expect(again.providerId).toBe(first.providerId);
    expect(standIn.requests).toHaveLength(1);
  });

  it.each([
    ['to another address', { to: 'whatsapp:+6281299999999' }],
    ['with other words', { body: 'Selamat sore' }],
    ['that failed', { status: 'failed' }],
    ['from long before the entry', { createdAt: Date.now() - 600_000 }],
    ['with a file', { mediaUrls: ['https://loket.go.id/m/x'] }],
  ])('is not taken for a message %s', async (_, about) => {
    standIn.faults.push('lose-answer');
    await faultOf();
    Object.assign(standIn.messages[0] ?? {}, about);
    await channel.send(message({ mayBeSent: true }));
    expect(standIn.messages).toHaveLength(2);
  });

  it('is known although Twilio wrote its signs more plainly', async () => {
    standIn.faults.push('lose-answer');
    await faultOf({ text: '“Akta” – siap…\n' });
    Object.assign(standIn.messages[0] ?? {}, { body: '"Akta" - siap...' });
    await channel.send(message({ text: '“Akta” – siap…\n', mayBeSent: true }));
    expect(standIn.messages).toHaveLength(1);
  });

  it('is known when it went as a template, whose words Twilio may not list', async () => {
    const template = { providerId: `HX${'b'.repeat(32)}`, values: [] };
    standIn.faults.push('lose-answer');
    await faultOf({ template });
    await channel.send(message({ template, mayBeSent: true, lastInboundAt: 0 }));
    expect(standIn.messages).toHaveLength(1);
  });

  it('is looked for also after the window: what arrived then is not refused now', async () => {
    standIn.faults.push('lose-answer');
    await faultOf();
    const sent = await channel.send(message({ mayBeSent: true, lastInboundAt: 0 }));
    expect(sent.providerId).toBe(standIn.messages[0]?.sid);
  });

  it('is found on a later page, and the pages end where the entry begins', async () => {
    standIn.faults.push('lose-answer');
    await faultOf();
    for (let index = 0; index < 5; index += 1)
      await channel.send(message({ entry: `x${index}`, text: `lain ${index}` }));
    standIn.maxPageSize = 2;
    await channel.send(message({ mayBeSent: true }));
    expect(standIn.messages).toHaveLength(6);
    for (const each of standIn.messages) each.createdAt = Date.now() - 600_000;
    const before = standIn.requests.length;
    await channel.send(message({ entry: 'e9', mayBeSent: true }));
    // Two looks of one page each, and the sending.
    expect(standIn.requests.length - before).toBe(3);
  });

  it('counts equal pieces of one entry: what arrived is kept, what did not is sent', async () => {
    const parts = [1, 2, 3].map((index) => message({ part: { index, of: 3 } }));
    for (const part of parts.slice(0, 2)) await channel.send(part);
    channel = makeChannel(); // the process died before the third
    const ids = [];
    for (const part of parts) ids.push((await channel.send({ ...part, mayBeSent: true })).providerId);
    expect(standIn.messages).toHaveLength(3);
    expect(ids).toEqual(standIn.messages.map(({ sid }) => sid));
  });

  it('tells files apart by their order', async () => {
    const files = [pdf('f1'), pdf('f2')].map((file, index) =>
      message({ text: '', files: [file], part: { index: index + 1, of: 2 } }),
    );
    const [first, second] = files;
    if (!first || !second) throw new Error('two files');
    await channel.send(first);
    channel = makeChannel();
    await channel.send({ ...first, mayBeSent: true });
    await channel.send({ ...second, mayBeSent: true });
    expect(standIn.messages.map(({ mediaUrls }) => mediaUrls[0])).toEqual(
      ['f1', 'f2'].map((file) => `https://loket.go.id/m/${file}.1.mac`),
    );
  });
});
