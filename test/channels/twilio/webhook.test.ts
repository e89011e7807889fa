import { request as httpRequest } from 'node:http';
import twilio from 'twilio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createTwilioWebhook,
  isTwilioTarget,
  type TwilioWebhookDeps,
} from '../../../src/channels/twilio/webhook.ts';
import type { InboundMessage } from '../../../src/conversation/types.ts';
import { AppError } from '../../../src/errors.ts';
import { startTwilioStandIn, type TwilioStandIn } from '../twilio-standin.ts';
import { CITIZEN, configFor, listen, openStore, quiet } from './world.ts';

const MESSAGE = { MessageSid: 'SM1', From: `whatsapp:${CITIZEN}`, Body: 'Selamat pagi', NumMedia: '0' };

let standIn: TwilioStandIn;
let store: ReturnType<typeof openStore>;
let accepted: InboundMessage[];
let outcomes: string[];
const closers: (() => Promise<void>)[] = [];

beforeEach(async () => {
  standIn = await startTwilioStandIn();
  store = openStore();
  accepted = [];
  outcomes = [];
});

afterEach(async () => {
  await Promise.all([...closers.splice(0), standIn.close, store.close].map((close) => close()));
});

/** Serves the webhook; the engine is a list that knows ids. */
async function serve(about: Partial<TwilioWebhookDeps> & { prefix?: string } = {}): Promise<string> {
  const server = await listen((url) =>
    createTwilioWebhook({
      config: configFor(standIn),
      publicUrl: url + (about.prefix ?? ''),
      conversations: store.conversations,
      tellByLink: async () => false,
      engine: {
        handle: async () => undefined,
        accept: async (message) => {
          if (accepted.some(({ id }) => id === message.id)) return 'duplicate';
          accepted.push(message);
          return 'accepted';
        },
      },
      clock: { now: () => 1234 },
      log: quiet,
      count: (outcome) => outcomes.push(outcome),
      ...about,
    }),
  );
  closers.push(server.close);
  return `${server.url}${about.prefix ?? ''}/webhooks/twilio`;
}

function engineThat(accept: TwilioWebhookDeps['engine']['accept']): TwilioWebhookDeps['engine'] {
  return { accept, handle: async () => undefined };
}

describe('the Twilio webhook', () => {
  it('takes a signed message and answers with an empty response', async () => {
    const url = await serve();
    const answer = await standIn.post(url, MESSAGE);
    expect(answer).toEqual({ status: 200, body: '<Response/>', type: 'text/xml' });
    expect(accepted).toEqual([
      {
        id: 'SM1',
        via: 'twilio',
        from: { channel: 'whatsapp', id: CITIZEN },
        at: 1234,
        content: { type: 'text', text: 'Selamat pagi' },
      },
    ]);
  });

  it('answers 200 to the same message again, which has no second effect', async () => {
    const url = await serve();
    expect((await standIn.post(url, MESSAGE)).status).toBe(200);
    expect((await standIn.post(url, MESSAGE)).status).toBe(200);
    expect(accepted).toHaveLength(1);
    expect(outcomes).toEqual(['accepted', 'duplicate']);
  });

  it('answers only after the engine has the message', async () => {
    const { promise, resolve } = Promise.withResolvers<'accepted'>();
    const asked = Promise.withResolvers<void>();
    const url = await serve({
      engine: engineThat(() => {
        asked.resolve();
        return promise;
      }),
    });
    let isAnswered = false;
    const answer = standIn.post(url, MESSAGE).finally(() => {
      isAnswered = true;
    });
    await asked.promise;
    // A second, whole round trip: had the first been answered, it would have arrived by now.
    await standIn.post(url, { ...MESSAGE, MessageSid: '' });
    expect(isAnswered).toBe(false);
    resolve('accepted');
    expect((await answer).status).toBe(200);
  });

  it.each([
    ['a query', '', '?from=console'],
    ['a slash at the end', '', '/'],
    ['a path before it', '/dukcapil/loket', ''],
    ['all of these', '/dukcapil/loket', '/?a=1&b=%27'],
  ])('understands a URL with %s', async (_, prefix, tail) => {
    const url = await serve({ prefix });
    expect((await standIn.post(url + tail, MESSAGE)).status).toBe(200);
    expect(accepted).toHaveLength(1);
  });

  it('understands a proxy that takes the path of PUBLIC_URL away', async () => {
    const url = await serve({ publicUrl: 'https://kota.go.id/loket/' });
    const signature = twilio.getExpectedTwilioSignature(
      standIn.authToken,
      'https://kota.go.id/loket/webhooks/twilio',
      MESSAGE,
    );
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'X-Twilio-Signature': signature },
      body: new URLSearchParams(MESSAGE),
    });
    expect(answer.status).toBe(200);
    expect(accepted).toHaveLength(1);
  });

  it.each([
    ['none', {}],
    ['a wrong one', { 'X-Twilio-Signature': 'bm90IHRoZSBzaWduYXR1cmU=' }],
  ])(
    'answers 403 to a signature that is %s, and keeps nothing',
    async (_, headers: Record<string, string>) => {
      const url = await serve();
      const answer = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(MESSAGE) });
      expect(answer.status).toBe(403);
      expect(accepted).toEqual([]);
      expect(outcomes).toEqual(['unsigned', 'refused']);
    },
  );

  it('answers 403 when a signed message was changed on its way', async () => {
    const url = await serve();
    const signature = twilio.getExpectedTwilioSignature(standIn.authToken, url, MESSAGE);
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'X-Twilio-Signature': signature },
      body: new URLSearchParams({ ...MESSAGE, From: 'whatsapp:+6281299999999' }),
    });
    expect(answer.status).toBe(403);
    expect(accepted).toEqual([]);
  });

  it('lets an unsigned message pass in report mode, and counts it', async () => {
    const url = await serve({ config: { ...configFor(standIn), signature: 'report' } });
    const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(MESSAGE) });
    expect(answer.status).toBe(200);
    expect(outcomes).toEqual(['unsigned', 'accepted']);
  });

  it.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x', ''])(
    'answers 403 to the content type "%s" without a signature, 400 with one',
    async (type) => {
      const url = await serve();
      const body = new TextEncoder().encode('{}');
      const headers = type ? { 'Content-Type': type } : {};
      const unsigned = await fetch(url, { method: 'POST', headers, body });
      expect(unsigned.status).toBe(403);
      const signed = { ...headers, 'X-Twilio-Signature': 'x' };
      expect((await fetch(url, { method: 'POST', headers: signed, body })).status).toBe(400);
      expect(accepted).toEqual([]);
    },
  );

  it('answers 400 to a signed form without an id or a sender', async () => {
    const url = await serve();
    expect((await standIn.post(url, { ...MESSAGE, MessageSid: '' })).status).toBe(400);
    expect((await standIn.post(url, { ...MESSAGE, From: '' })).status).toBe(400);
    expect((await standIn.post(url, {})).status).toBe(400);
    expect(accepted).toEqual([]);
  });

  it.each([65 * 1024, 8 * 1024 * 1024])(
    'answers 413 to a body of %i bytes, whether announced or not',
    async (sizeBytes) => {
      const url = await serve();
      const body = `Body=${'a'.repeat(sizeBytes)}`;
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      const announced = await fetch(url, { method: 'POST', headers, body });
      const streamed = await fetch(url, {
        method: 'POST',
        headers,
        body: new Blob([body]).stream(),
        duplex: 'half',
      } as RequestInit);
      expect([announced.status, streamed.status]).toEqual([413, 413]);
      expect(accepted).toEqual([]);
    },
  );

  it('takes a message of nearly 64 KiB', async () => {
    const url = await serve();
    expect((await standIn.post(url, { ...MESSAGE, Body: 'a'.repeat(60_000) })).status).toBe(200);
  });

  it('bears a request that breaks off, and serves the next', async () => {
    const url = await serve();
    await new Promise<void>((resolve) => {
      const broken = httpRequest(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': 100 },
      });
      broken.on('error', () => resolve());
      broken.write('Body=half', () => broken.destroy(new Error('gone')));
    });
    expect((await standIn.post(url, MESSAGE)).status).toBe(200);
  });

  it('answers 503 while the store is down, and takes the message later', async () => {
    let isDown = true;
    const url = await serve({
      engine: engineThat(async () => {
        if (isDown) throw new AppError('STORE_UNAVAILABLE', { detail: 'disk full' });
        return 'accepted';
      }),
    });
    const answer = await standIn.post(url, MESSAGE);
    expect(answer.status).toBe(503);
    expect(answer.body).not.toContain('disk');
    isDown = false;
    expect((await standIn.post(url, MESSAGE)).status).toBe(200);
    expect(outcomes).toEqual(['failed', 'accepted']);
  });

  it('answers 500 to a bug and tells nothing of it', async () => {
    const url = await serve({
      engine: engineThat(async () => {
        throw new TypeError('secret detail');
      }),
    });
    const answer = await standIn.post(url, MESSAGE);
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain('secret');
  });

  it('answers 200 to an advertiser whom nobody could answer, and keeps nothing', async () => {
    const url = await serve();
    expect((await standIn.post(url, { ...MESSAGE, From: 'PROMO' })).status).toBe(200);
    expect(accepted).toEqual([]);
    expect(outcomes).toEqual(['ignored']);
  });

  it('takes POST only, and only at its two addresses', async () => {
    const url = await serve();
    const get = await fetch(url);
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await standIn.post(`${url}/other`, MESSAGE)).status).toBe(404);
  });

  it.each([
    ['/webhooks/twilio', true],
    ['/webhooks/twilio/status?entry=e1', true],
    ['/loket/webhooks/twilio/?a=1', true],
    ['/webhooks/twilio/other', false],
    ['/webhooks/smsgate', false],
    ['/?next=/webhooks/twilio', false],
    ['', false],
  ])('tells the listener whether %s is its own: %s', (target, expected) => {
    expect(isTwilioTarget(target)).toBe(expected);
  });

  it('does not take a delivery status for a message when the console sends it to the wrong address', async () => {
    const url = await serve();
    const status = {
      MessageSid: 'SM7',
      MessageStatus: 'delivered',
      From: 'whatsapp:+6221000002',
      To: `whatsapp:${CITIZEN}`,
    };
    expect((await standIn.post(url, status)).status).toBe(200);
    expect(accepted).toEqual([]);
    expect(outcomes).toEqual(['status']);
  });

  it('takes many at once over one connection', async () => {
    const url = await serve();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        standIn.post(url, { ...MESSAGE, MessageSid: `SM${index % 25}` }),
      ),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(accepted).toHaveLength(25);
  });
});
