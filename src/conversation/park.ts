/** The commit for an event whose step failed: nothing is lost, and a person is called. */
import { inboundEntry } from './inbound-entry.ts';
import type { Commit, Conversation, Effect, Event } from './types.ts';

/**
 * Keeps the message and hands the conversation to the queue with reason `bug`; the place in the flow stays. Who wrote
 * is told once that a person goes on (the result of `hand-off`, if that step works).
 */
export function parked(conversation: Conversation, event: Event, now: number): Commit {
  const version = conversation.version + 1;
  const isFirst = conversation.attention.status === 'bot';
  const isMessage = event.type === 'citizen.message';
  const next: Conversation = {
    ...conversation,
    version,
    lastInboundAt: isMessage ? event.at : conversation.lastInboundAt,
    held: [],
    attention: isFirst ? { status: 'waiting', since: now, reason: 'bug' } : conversation.attention,
  };
  return {
    conversation: next,
    entries: isMessage ? [inboundEntry(next, event)] : [],
    effects: isMessage && isFirst ? [handOff(next)] : [],
    timers: { set: [], cancel: [] },
    amended: [],
    ...(isMessage ? { inbound: event.id } : {}),
    ...(event.type === 'effect.done' || event.type === 'effect.failed' ? { effectDone: event.effect } : {}),
    ...(event.type === 'timer.due' ? { timerDone: { id: event.timer, dueAt: event.dueAt } } : {}),
  };
}

function handOff({ id, version }: Conversation): Effect {
  return { id: `${id}.${version}.0`, type: 'hand-off', params: { reason: 'bug' } };
}
