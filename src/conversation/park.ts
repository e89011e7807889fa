/** The commit for an event whose step failed: nothing is lost, and a person is called. */
import type { Commit, Conversation, Event } from './types.ts';

/** Keeps the message and hands the conversation to the queue with reason `bug`. */
export function parked(conversation: Conversation, event: Event, now: number): Commit {
  const version = conversation.version + 1;
  const isMessage = event.type === 'citizen.message';
  const text = isMessage && event.content.type === 'text' ? event.content.text : '';
  return {
    conversation: {
      ...conversation,
      version,
      lastInboundAt: isMessage ? event.at : conversation.lastInboundAt,
      held: [],
      attention:
        conversation.attention.status === 'bot'
          ? { status: 'waiting', since: now, reason: 'bug' }
          : conversation.attention,
    },
    entries: isMessage
      ? [
          {
            id: `${conversation.id}.${version}.in`,
            direction: 'in',
            author: 'citizen',
            at: event.at,
            text,
            files: [],
            status: 'received',
            providerId: event.id,
          },
        ]
      : [],
    effects: [],
    timers: { set: [], cancel: [] },
    amended: [],
    ...(isMessage ? { inbound: event.id } : {}),
    ...(event.type === 'effect.done' || event.type === 'effect.failed' ? { effectDone: event.effect } : {}),
    ...(event.type === 'timer.due' ? { timerDone: event.timer } : {}),
  };
}
