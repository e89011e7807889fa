import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDeliverHandler, type DeliverDeps } from '../../src/channels/deliver.ts';
import type { Channel, OutboundMessage } from '../../src/conversation/ports.ts';
import type { Conversation, Entry } from '../../src/conversation/types.ts';
import { AppError } from '../../src/errors.ts';
import { openStore, pdf, quiet, seedEntries } from './twilio/world.ts';

type Sent = { by: string } & OutboundMessage;

let store: ReturnType<typeof openStore>;
let sent: Sent[];
let faults: (AppError | undefined)[];

beforeEach(() => {
  store = openStore();
  sent = [];
  faults = [];
});

afterEach(() => store.close());

/** Keeps what it is given; an id is its place in `sent`. */
function fakeChannel(name: string, about: Partial<ReturnType<Channel['capabilities']>> = {}): Channel {
  return {
    name,
    capabilities: () => ({
      mediaIn: true,
      mediaOut: true,
      locationIn: true,
      textForm: 'long',
      textLimit: 20,
      ...about,
    }),
    send: async (message) => {
      const fault = faults.shift();
      if (fault) throw fault;
      sent.push({ by: name, ...message });
      return { providerId: `id${sent.length}`, status: 'sent' };
    },
  };
}

async function say(
  entry: Partial<Entry>,
  about: { conversation?: Partial<Conversation>; isRepeat?: boolean; deps?: Partial<DeliverDeps> } = {},
) {
  const conversation = await seedEntries(store, [{ id: 'c1.1.e1', ...entry }], about.conversation);
  const channels = new Map(['twilio', 'kannel', 'simulator'].map((name) => [name, fakeChannel(name)]));
  const handler = createDeliverHandler({
    conversations: store.conversations,
    channels,
    log: quiet,
    ...about.deps,
  });
  const effect = { id: 'c1.1.0', type: handler.type, params: { entry: 'c1.1.e1' } };
  return handler.run(effect, { conversation, isRepeat: about.isRepeat ?? false, tries: 0 });
}

const statusOf = async () => (await store.conversations.findEntry('c1.1.e1'))?.entry.status;
const refused = () => new AppError('REMOTE_REFUSED', { detail: '21610' });
const down = () => new AppError('REMOTE_UNAVAILABLE', { detail: '503' });

describe('the effect say', () => {
  it('sends an entry to the address of its conversation and gives the id and status back', async () => {
    expect(await say({ text: 'Halo', at: 77 })).toEqual({
      sent: { entry: 'c1.1.e1', status: 'sent', providerId: 'id1' },
    });
    expect(sent).toEqual([
      {
        by: 'twilio',
        entry: 'c1.1.e1',
        to: { channel: 'whatsapp', id: '+6281200000001' },
        text: 'Halo',
        files: [],
        at: 77,
        mayBeSent: false,
      },
    ]);
  });

  it('sends a long text in pieces, then the files, in order; the last one stands for the entry', async () => {
    const outcome = await say({
      text: 'Kalimat yang satu. Kalimat yang dua.',
      files: [pdf('f1'), pdf('f2')],
    });
    expect(
      sent.map(({ text, files, part }) => [text, files.map(({ file }) => file), part?.index, part?.of]),
    ).toEqual([
      ['Kalimat yang satu.', [], 1, 4],
      ['Kalimat yang dua.', [], 2, 4],
      ['', ['f1'], 3, 4],
      ['', ['f2'], 4, 4],
    ]);
    expect(outcome.sent?.providerId).toBe('id4');
  });

  it('tells the adapter when an earlier try may have arrived', async () => {
    await say({ text: 'Halo' }, { isRepeat: true });
    expect(sent[0]?.mayBeSent).toBe(true);
  });

  it.each([
    ['sms', 'twilio', 'kannel', 'kannel'],
    ['sms', 'twilio', undefined, 'twilio'],
    ['sms', 'simulator', 'kannel', 'simulator'],
    ['whatsapp', 'twilio', 'kannel', 'twilio'],
  ] as const)(
    'sends %s that came by %s, with SMS provider %s, by %s',
    async (channel, via, smsProvider, expected) => {
      await say({ text: 'Halo' }, { conversation: { channel, via }, deps: { smsProvider } });
      expect(sent.map(({ by }) => by)).toEqual([expected]);
    },
  );

  it('leaves files out where the channel takes none', async () => {
    const channels = new Map([['twilio', fakeChannel('twilio', { mediaOut: false })]]);
    await say({ text: 'Halo', files: [pdf('f1')] }, { deps: { channels } });
    expect(sent).toMatchObject([{ text: 'Halo', files: [] }]);
  });

  it('marks the entry failed and gives up when the citizen cannot be reached', async () => {
    faults = [refused()];
    await expect(say({ text: 'Halo' })).rejects.toMatchObject({ code: 'REMOTE_REFUSED', retry: false });
    expect(await statusOf()).toBe('failed');
  });

  it('leaves the entry queued for another try when the provider is down', async () => {
    faults = [down()];
    await expect(say({ text: 'Halo' })).rejects.toMatchObject({ code: 'REMOTE_UNAVAILABLE', retry: true });
    expect(await statusOf()).toBe('queued');
  });

  it('stops at the piece that fails, so that none overtakes it', async () => {
    faults = [undefined, down()];
    await expect(say({ text: 'Kalimat yang satu. Kalimat yang dua. Kalimat tiga.' })).rejects.toThrow();
    expect(sent).toHaveLength(1);
  });

  it('does not send what has an id of the provider already', async () => {
    expect(await say({ text: 'Halo', providerId: 'SM7', status: 'delivered' }, { isRepeat: true })).toEqual({
      sent: { entry: 'c1.1.e1', status: 'delivered', providerId: 'SM7' },
    });
    expect(sent).toEqual([]);
  });

  it.each([
    ['an adapter that is switched off', { text: 'Halo' }, { via: 'smsgate' }],
    ['an entry with nothing in it', { text: ' ' }, {}],
  ])('gives up on %s', async (_, entry, conversation) => {
    await expect(say(entry, { conversation })).rejects.toMatchObject({ code: 'REMOTE_REFUSED' });
    expect(await statusOf()).toBe('failed');
  });

  it('gives up on an entry that does not exist', async () => {
    const handler = createDeliverHandler({
      conversations: store.conversations,
      channels: new Map(),
      log: quiet,
    });
    const conversation = await seedEntries(store, []);
    for (const params of [{ entry: 'none' }, { entry: 7 }, {}]) {
      const run = handler.run({ id: 'x', type: 'say', params }, { conversation, isRepeat: false, tries: 0 });
      await expect(run).rejects.toMatchObject({ code: 'NOT_FOUND', retry: false });
    }
  });
});
