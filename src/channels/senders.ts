/** Which adapter answers a citizen, and what it can do. */
import type { Channel } from '../conversation/ports.ts';
import type { Capabilities, ChannelKind, Conversation } from '../conversation/types.ts';
import { SIMULATOR } from './simulator/channel.ts';

export interface Senders {
  /** The adapter that sends messages of this kind to whom `via` brought; undefined: none that is switched on. */
  find(via: string, kind: ChannelKind): { channel: Channel; can: Capabilities } | undefined;
  /** What can go to a citizen; of an adapter that is off, what it surely could. */
  capabilities(via: string, kind: ChannelKind): Capabilities;
  /** Whether an SMS can go to the same number, although the chat is on something else. */
  canSms(conversation: Pick<Conversation, 'via' | 'channel' | 'address'>): boolean;
}

/**
 * `smsProvider` sends SMS, whoever brought it; the simulator keeps its own. Undefined: the adapter that brought it.
 */
export function createSenders(all: readonly Channel[], smsProvider: string | undefined): Senders {
  const channels = new Map(all.map((channel) => [channel.name, channel]));

  function find(via: string, kind: ChannelKind): ReturnType<Senders['find']> {
    const name = kind === 'sms' && via !== SIMULATOR ? (smsProvider ?? via) : via;
    const channel = channels.get(name);
    const can = channel?.capabilities(kind);
    return channel && can && { channel, can };
  }

  return {
    find,
    capabilities: (via, kind) => find(via, kind)?.can ?? ofNobody(kind),
    canSms({ via, channel, address }) {
      if (channel === 'sms' || !isPhoneNumber(address)) return false;
      return via === SIMULATOR ? find(via, 'sms') !== undefined : smsProvider !== undefined;
    },
  };
}

/** E.164. WhatsApp may hide the number behind an id of its own, to which no SMS goes. */
export function isPhoneNumber(address: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(address);
}

function ofNobody(kind: ChannelKind): Capabilities {
  const hasFiles = kind !== 'sms';
  return {
    mediaIn: hasFiles,
    mediaOut: hasFiles,
    locationIn: kind === 'whatsapp',
    textForm: kind === 'sms' ? 'sms' : 'long',
    textLimit: 1600,
  };
}
