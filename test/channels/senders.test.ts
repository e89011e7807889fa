import { describe, expect, it } from 'vitest';
import { createCounterChannel } from '../../src/channels/counter.ts';
import { createSenders } from '../../src/channels/senders.ts';
import { createSimulatorChannel } from '../../src/channels/simulator/channel.ts';
import type { Channel } from '../../src/conversation/ports.ts';

const PHONE = '+6281200000001';
const DAY_MS = 24 * 60 * 60_000;

/** Sends SMS and nothing else. */
const kannel: Channel = {
  name: 'kannel',
  capabilities: (kind) =>
    kind === 'sms'
      ? { mediaIn: false, mediaOut: false, locationIn: false, textForm: 'sms', textLimit: 918 }
      : undefined,
  send: async () => ({ providerId: 'k1', status: 'sent' }),
};

const senders = createSenders([createCounterChannel(), createSimulatorChannel(), kannel], 'kannel');

describe('who answers a citizen', () => {
  it.each([
    ['twilio', 'sms', 'kannel'],
    ['simulator', 'sms', 'simulator'],
    ['simulator', 'whatsapp', 'simulator'],
    ['counter', 'counter', 'counter'],
    ['kannel', 'whatsapp', undefined],
    ['simulator', 'counter', undefined],
    ['counter', 'whatsapp', undefined],
    ['twilio', 'whatsapp', undefined],
  ] as const)('whom %s brought on %s: %s', (via, kind, expected) => {
    expect(senders.find(via, kind)?.channel.name).toBe(expected);
  });

  it('is known by what it can do also while it is switched off', () => {
    expect(senders.capabilities('twilio', 'whatsapp')).toMatchObject({ mediaIn: true, textForm: 'long' });
    expect(senders.capabilities('twilio', 'sms')).toMatchObject({ textForm: 'sms', textLimit: 918 });
  });
});

describe('an SMS as the way out', () => {
  it.each([
    ['goes to the number of a chat on WhatsApp', 'twilio', 'whatsapp', PHONE, true],
    ['goes on the simulator', 'simulator', 'whatsapp', PHONE, true],
    ['does not go to a citizen who hides the number', 'twilio', 'whatsapp', 'ID.1349', false],
    ['is none where the chat is by SMS already', 'twilio', 'sms', PHONE, false],
    ['does not go to a person at the counter', 'counter', 'counter', 'walk-in-7', false],
  ] as const)('%s', (_, via, channel, address, expected) => {
    expect(senders.canSms({ via, channel, address })).toBe(expected);
  });

  it('is not there without somebody who sends SMS', () => {
    const alone = createSenders([createSimulatorChannel()], undefined);
    expect(alone.canSms({ via: 'twilio', channel: 'whatsapp', address: PHONE })).toBe(false);
  });
});

describe('the counter', () => {
  it('has what is said on its screen at once, and no window that closes', async () => {
    const { channel, can } = senders.find('counter', 'counter') ?? {};
    const about = { text: 'Halo', files: [], at: 0, lastInboundAt: 0, mayBeSent: false };
    const sent = await channel?.send({ entry: 'e1', to: { channel: 'counter', id: 'walk-in-7' }, ...about });
    expect(sent).toEqual({ providerId: 'e1', status: 'delivered' });
    expect(can).toMatchObject({ mediaIn: true, mediaOut: true, textForm: 'long' });
    expect(can).not.toHaveProperty('windowMs');
  });
});

it('the simulator shows the window of WhatsApp, and has none for SMS', () => {
  expect(senders.capabilities('simulator', 'whatsapp').windowMs).toBe(DAY_MS);
  expect(senders.capabilities('simulator', 'sms').windowMs).toBeUndefined();
});
