import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDeliverHandler } from '../../src/channels/deliver.ts';
import { createSenders } from '../../src/channels/senders.ts';
import type { Channel, OutboundMessage } from '../../src/conversation/ports.ts';
import type { Conversation, Entry } from '../../src/conversation/types.ts';
import { AppError } from '../../src/errors.ts';
import type { Json } from '../../src/json.ts';
import { openStore, pdf, quiet, seedEntries } from './twilio/world.ts';

const SID = `HX${'a'.repeat(32)}`;
const TEMPLATES = [
  {
    id: 'siap',
    title: 'Siap diambil',
    text: 'Permohonan {{1}} siap diambil {{2}}. Terima kasih.',
    contentSid: SID,
    fields: ['nomor', 'waktu'],
  },
  { id: 'baru', title: 'Belum disetujui', text: 'Halo', fields: [] },
];

type Sent = { by: string } & OutboundMessage;

let store: ReturnType<typeof openStore>;
let sent: Sent[];
let faults: (AppError | undefined)[];
let toldByLink: string[];
let isToldByLink: boolean;

beforeEach(() => {
  store = openStore();
  sent = [];
  faults = [];
  toldByLink = [];
  isToldByLink = true;
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
  about: {
    conversation?: Partial<Conversation>;
    isRepeat?: boolean;
    params?: { [key: string]: Json };
    channels?: Channel[];
    smsProvider?: string | undefined;
  } = {},
) {
  const conversation = await seedEntries(store, [{ id: 'c1.1.e1', ...entry }], about.conversation);
  const channels = about.channels ?? ['twilio', 'kannel', 'simulator'].map((name) => fakeChannel(name));
  const handler = createDeliverHandler({
    conversations: store.conversations,
    senders: createSenders(channels, about.smsProvider),
    templates: TEMPLATES,
    tellByLink: async (_conversation, { id }) => {
      toldByLink.push(id);
      return isToldByLink;
    },
    log: quiet,
  });
  const effect = { id: 'c1.1.0', type: handler.type, params: { entry: 'c1.1.e1', ...about.params } };
  return handler.run(effect, { conversation, isRepeat: about.isRepeat ?? false, tries: 0 });
}

const statusOf = async () => (await store.conversations.findEntry('c1.1.e1'))?.entry.status;
const refused = () => new AppError('REMOTE_REFUSED', { detail: '21610' });
const down = () => new AppError('REMOTE_UNAVAILABLE', { detail: '503' });

describe('the effect say', () => {
  it('sends an entry to the address of its conversation and gives the id and status back', async () => {
    expect(await say({ text: 'Halo', at: 77 }, { conversation: { lastInboundAt: 66 } })).toEqual({
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
        lastInboundAt: 66,
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

  describe('with a file that the channel does not take', () => {
    const notTaken = () => new AppError('FILE_REFUSED', { detail: '63021' });
    const limited = [fakeChannel('twilio', { mediaLimits: { 'application/pdf': 3, 'image/png': 2 } })];

    it('has it told by a link in place of the message, and counts as failed', async () => {
      faults = [undefined, notTaken()];
      expect(await say({ text: 'Selesai.', files: [pdf('f1')] })).toEqual({});
      expect([toldByLink, await statusOf()]).toEqual([['c1.1.e1'], 'failed']);
    });

    it.each([
      ['larger than may be', { sizeBytes: 4 }],
      ['of another type', { contentType: 'image/heic' }],
    ])('that is %s sends nothing of its message', async (_, about) => {
      await say({ text: 'Selesai.', files: [{ ...pdf('f1'), ...about }] }, { channels: limited });
      expect([sent, toldByLink.length]).toEqual([[], 1]);
    });

    it('goes when it just fits', async () => {
      await say({ text: 'Selesai.', files: [{ ...pdf('f1'), sizeBytes: 3 }] }, { channels: limited });
      expect(sent.map(({ files }) => files.length)).toEqual([0, 1]);
    });

    it('is given up when no link can stand for it', async () => {
      isToldByLink = false;
      faults = [notTaken()];
      await expect(say({ text: '', files: [pdf('f1')] })).rejects.toMatchObject({ code: 'FILE_REFUSED' });
      expect(await statusOf()).toBe('failed');
    });

    it('is given up without a look for a link when the message itself was refused', async () => {
      faults = [refused()];
      await expect(say({ text: 'Selesai.', files: [pdf('f1')] })).rejects.toMatchObject({
        code: 'REMOTE_REFUSED',
      });
      expect(toldByLink).toEqual([]);
    });
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
      await say({ text: 'Halo' }, { conversation: { channel, via }, smsProvider });
      expect(sent.map(({ by }) => by)).toEqual([expected]);
    },
  );

  describe('by another way', () => {
    const siap = { template: { id: 'siap', values: { waktu: 'Rabu', nomor: 'KT-1' } } };
    const takesTemplates = [fakeChannel('twilio', { templates: true })];

    it('goes by SMS to the same number when it was asked to', async () => {
      await say({ text: 'Halo' }, { params: { as: 'sms' }, smsProvider: 'kannel' });
      expect(sent).toMatchObject([{ by: 'kannel', to: { channel: 'sms', id: '+6281200000001' } }]);
    });

    it('goes by SMS on the simulator too', async () => {
      await say({ text: 'Halo' }, { params: { as: 'sms' }, conversation: { via: 'simulator' } });
      expect(sent).toMatchObject([{ by: 'simulator', to: { channel: 'sms' } }]);
    });

    it('is refused as SMS to a citizen who hides the number', async () => {
      const asked = say({ text: 'Halo' }, { params: { as: 'sms' }, conversation: { address: 'ID.1349' } });
      await expect(asked).rejects.toMatchObject({ code: 'REMOTE_REFUSED' });
      expect(sent).toEqual([]);
      expect(await statusOf()).toBe('failed');
    });

    it('goes as a template where the provider has such, whole and with its values in order', async () => {
      const text = 'Permohonan KT-1 siap diambil Rabu. Terima kasih.';
      await say({ text }, { params: siap, channels: takesTemplates });
      expect(sent).toMatchObject([{ text, template: { providerId: SID, values: ['KT-1', 'Rabu'] } }]);
    });

    it('goes as the text of the template elsewhere', async () => {
      await say({ text: 'Siap.' }, { params: siap });
      expect(sent).toMatchObject([{ text: 'Siap.' }]);
      expect(sent[0]).not.toHaveProperty('template');
    });

    it.each(['baru', 'dihapus'])('gives up on the template "%s" that has no id there', async (id) => {
      const params = { template: { id, values: {} } };
      const asked = say({ text: 'Halo' }, { params, channels: takesTemplates });
      await expect(asked).rejects.toMatchObject({ code: 'REMOTE_REFUSED' });
      expect(sent).toEqual([]);
    });

    it('sends nothing of a template with files, which cannot go with it', async () => {
      const asked = say({ text: 'Siap.', files: [pdf('f1')] }, { params: siap, channels: takesTemplates });
      await expect(asked).rejects.toMatchObject({ code: 'REMOTE_REFUSED' });
      expect(sent).toEqual([]);
    });
  });

  it('leaves files out where the channel takes none', async () => {
    const channels = [fakeChannel('twilio', { mediaOut: false })];
    await say({ text: 'Halo', files: [pdf('f1')] }, { channels });
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
      senders: createSenders([], undefined),
      templates: [],
      tellByLink: async () => false,
      log: quiet,
    });
    const conversation = await seedEntries(store, []);
    for (const params of [{ entry: 'none' }, { entry: 7 }, {}]) {
      const run = handler.run({ id: 'x', type: 'say', params }, { conversation, isRepeat: false, tries: 0 });
      await expect(run).rejects.toMatchObject({ code: 'NOT_FOUND', retry: false });
    }
  });
});
