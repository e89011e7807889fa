import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTwilioChannel } from '../../../src/channels/twilio/channel.ts';
import { createTwilioWebhook } from '../../../src/channels/twilio/webhook.ts';
import type { Event } from '../../../src/conversation/types.ts';
import { AppError } from '../../../src/errors.ts';
import { startTwilioStandIn, type TwilioStandIn } from '../twilio-standin.ts';
import { CITIZEN, configFor, listen, openStore, quiet, seedEntries } from './world.ts';

let standIn: TwilioStandIn;
let store: ReturnType<typeof openStore>;
let server: Awaited<ReturnType<typeof listen>>;
let channel: ReturnType<typeof createTwilioChannel>;
let events: { conversation: string; event: Event }[];
let toldByLink: string[];
let isToldByLink: boolean;
let handle: (conversation: string, event: Event) => Promise<undefined>;

beforeEach(async () => {
  standIn = await startTwilioStandIn();
  store = openStore();
  events = [];
  toldByLink = [];
  isToldByLink = true;
  handle = async (conversation, event) => {
    events.push({ conversation, event });
    return undefined;
  };
  const { conversations } = store;
  const config = configFor(standIn);
  server = await listen((publicUrl) => {
    channel = createTwilioChannel(config, {
      publicUrl,
      clock: { now: Date.now },
      conversations,
      mediaUrl: async () => '',
      log: quiet,
      listingLagMs: 0,
    });
    const engine = {
      accept: async () => 'accepted' as const,
      handle: (id: string, event: Event) => handle(id, event),
    };
    return createTwilioWebhook({
      config,
      publicUrl,
      conversations,
      engine,
      tellByLink: async (_conversation, { id }) => {
        toldByLink.push(id);
        return isToldByLink;
      },
      clock: { now: () => 1 },
      log: quiet,
    });
  });
  await seedEntries(store, [{ id: 'c1.1.e1', text: 'Halo' }]);
});

afterEach(async () => {
  channel.close();
  await Promise.all([standIn.close(), server.close(), store.close()]);
});

async function send(part?: { index: number; of: number }): Promise<string> {
  const message = {
    entry: 'c1.1.e1',
    to: { channel: 'whatsapp', id: CITIZEN },
    text: 'Halo',
    files: [],
    at: Date.now(),
    lastInboundAt: Date.now(),
    mayBeSent: false,
  } as const;
  return (await channel.send({ ...message, files: [], ...(part ? { part } : {}) })).providerId;
}

const statusOf = async () => (await store.conversations.findEntry('c1.1.e1'))?.entry.status;

describe('the status callback', () => {
  it('follows a message from queued to read', async () => {
    const sid = await send();
    await store.conversations.setStatus('c1.1.e1', 'queued', sid);
    for (const [word, status] of [
      ['sending', 'queued'],
      ['sent', 'sent'],
      ['delivered', 'delivered'],
      ['read', 'read'],
    ]) {
      expect(await standIn.report(sid, word ?? '')).toBe(200);
      expect(await statusOf()).toBe(status);
    }
    expect(events).toEqual([]);
  });

  it('bears statuses that come late, twice and out of order', async () => {
    const sid = await send();
    await store.conversations.setStatus('c1.1.e1', 'queued', sid);
    for (const word of ['read', 'sent', 'delivered', 'delivered', 'queued']) await standIn.report(sid, word);
    expect(await statusOf()).toBe('read');
  });

  it('takes a status that comes before the sending is stored, with the id of the message', async () => {
    const sid = await send();
    expect(await standIn.report(sid, 'delivered')).toBe(200);
    expect((await store.conversations.findSent(sid))?.entry).toMatchObject({
      id: 'c1.1.e1',
      status: 'delivered',
    });
    await store.conversations.setStatus('c1.1.e1', 'queued', sid);
    expect(await statusOf()).toBe('delivered');
  });

  it('knows a message by its id alone', async () => {
    const sid = await send();
    await store.conversations.setStatus('c1.1.e1', 'queued', sid);
    const answer = await standIn.post(`${server.url}/webhooks/twilio/status`, {
      MessageSid: sid,
      MessageStatus: 'sent',
    });
    expect(answer).toEqual({ status: 200, body: '<Response/>', type: 'text/xml' });
    expect(await statusOf()).toBe('sent');
  });

  it('tells the conversation of a failure once, with the reason, however often it comes', async () => {
    const sid = await send();
    await store.conversations.setStatus('c1.1.e1', 'sent', sid);
    await Promise.all([standIn.report(sid, 'undelivered', 30003), standIn.report(sid, 'undelivered', 30003)]);
    await standIn.report(sid, 'failed', 30003);
    expect(await statusOf()).toBe('failed');
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      conversation: 'c1',
      event: { type: 'delivery.failed', entry: 'c1.1.e1' },
    });
    expect(JSON.stringify(events[0])).toContain('30003 (the phone is off or out of reach)');
  });

  it('tells it once even when the second report comes while the first is being told', async () => {
    const sid = await send();
    const told = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    handle = async (conversation, event) => {
      events.push({ conversation, event });
      told.resolve();
      await gate.promise;
      return undefined;
    };
    const first = standIn.report(sid, 'failed', 30003);
    await told.promise;
    const second = standIn.report(sid, 'failed', 30003);
    // A whole round trip, by whose end the second has got as far as it can.
    await standIn.post(`${server.url}/webhooks/twilio/status`, {});
    gate.resolve();
    expect(await Promise.all([first, second])).toEqual([200, 200]);
    expect(events).toHaveLength(1);
  });

  it.each([63019, 63021, 63005])(
    'has a file that was not taken (%i) told by a link, once, and tells nobody else',
    async (code) => {
      const sid = await send();
      await store.conversations.setStatus('c1.1.e1', 'sent', sid);
      await Promise.all([standIn.report(sid, 'undelivered', code), standIn.report(sid, 'undelivered', code)]);
      expect([toldByLink, events, await statusOf()]).toEqual([['c1.1.e1'], [], 'failed']);
    },
  );

  it('tells the conversation of a file that was not taken when no link can stand for it', async () => {
    isToldByLink = false;
    const sid = await send();
    await store.conversations.setStatus('c1.1.e1', 'sent', sid);
    await standIn.report(sid, 'undelivered', 63019);
    expect(events).toMatchObject([{ event: { type: 'delivery.failed', entry: 'c1.1.e1' } }]);
  });

  it('does not believe a failure after the delivery', async () => {
    const sid = await send();
    await store.conversations.setStatus('c1.1.e1', 'delivered', sid);
    await standIn.report(sid, 'failed', 30008);
    expect([await statusOf(), events]).toEqual(['delivered', []]);
  });

  it('tells the failure again when telling it did not work', async () => {
    const sid = await send();
    await store.conversations.setStatus('c1.1.e1', 'queued', sid);
    const works = handle;
    handle = async () => {
      throw new AppError('STORE_UNAVAILABLE', { detail: 'disk full' });
    };
    expect(await standIn.report(sid, 'failed', 63016)).toBe(503);
    expect(await statusOf()).toBe('queued');
    handle = works;
    expect(await standIn.report(sid, 'failed', 63016)).toBe(200);
    expect([await statusOf(), events.length]).toEqual(['failed', 1]);
  });

  it('lets only the last message of an entry speak for it', async () => {
    const first = await send({ index: 1, of: 2 });
    const last = await send({ index: 2, of: 2 });
    await standIn.report(first, 'delivered');
    expect(await statusOf()).toBe('queued');
    await standIn.report(last, 'sent');
    await standIn.report(first, 'read');
    expect(await statusOf()).toBe('sent');
  });

  it('fails the entry when any of its messages fails, and says so once', async () => {
    const first = await send({ index: 1, of: 2 });
    const last = await send({ index: 2, of: 2 });
    await store.conversations.setStatus('c1.1.e1', 'queued', last);
    await Promise.all([standIn.report(first, 'failed', 63016), standIn.report(last, 'failed', 63016)]);
    expect([await statusOf(), events.length]).toEqual(['failed', 1]);
  });

  it('ignores messages that are not ours, and words it does not know', async () => {
    const url = `${server.url}/webhooks/twilio/status`;
    const sid = await send();
    for (const params of [
      { MessageSid: 'SM-foreign', MessageStatus: 'failed' },
      { MessageSid: sid, MessageStatus: 'teleported' },
      { MessageSid: sid, MessageStatus: 'constructor' },
      { MessageStatus: 'delivered' },
      {},
    ]) {
      expect((await standIn.post(url, params as Record<string, string>)).status).toBe(200);
    }
    expect(
      (await standIn.post(`${url}?entry=none`, { MessageSid: 'SM-x', MessageStatus: 'failed' })).status,
    ).toBe(200);
    expect([await statusOf(), events]).toEqual(['queued', []]);
  });

  it('needs a signature as messages do', async () => {
    const answer = await fetch(`${server.url}/webhooks/twilio/status?entry=c1.1.e1`, {
      method: 'POST',
      body: new URLSearchParams({ MessageSid: 'SM1', MessageStatus: 'failed' }),
    });
    expect(answer.status).toBe(403);
    expect(await statusOf()).toBe('queued');
  });
});
