/** When a citizen may be sent what they did not ask for. */
import type { Window } from '../office.ts';
import type { ConversationStore } from './ports.ts';
import { intoDaytime } from './quiet-hours.ts';
import type { Capabilities, ChannelKind } from './types.ts';

/** Whether it may go to this conversation at that instant. */
export type MayGo = (conversation: string, at: number) => Promise<boolean>;

/** SMS keep the hours of office.yaml, and those of the daytime; other messages wait silently until they are read. */
export function createMayGo(deps: {
  conversations: Pick<ConversationStore, 'load'>;
  capabilities(via: string, channel: ChannelKind): Capabilities;
  smsHours: Window;
  timeZone: string;
}): MayGo {
  return async (id, at) => {
    const conversation = await deps.conversations.load(id);
    if (!conversation) return true;
    const hours = hoursFor(deps.capabilities(conversation.via, conversation.channel), deps.smsHours);
    return hours === undefined || intoDaytime(at, deps.timeZone, hours) === at;
  };
}

/** The hours that bind what goes out by this channel. */
export function hoursFor(can: Capabilities, smsHours: Window | undefined): Window | undefined {
  return can.textForm === 'sms' ? smsHours : undefined;
}
