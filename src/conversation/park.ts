/** The commit for an event whose step failed: nothing is lost, and a person is called. */
import { inboundEntry } from './inbound-entry.ts';
import type { Attention, Commit, Conversation, Effect, Event, Handoff } from './types.ts';

/**
 * Keeps the message and hands the conversation to the queue with reason `bug`; the place in the flow stays. Who wrote
 * is told once that a person goes on (the result of `hand-off`, if that step works).
 */
export function parked(conversation: Conversation, event: Event, now: number): Commit {
  const version = conversation.version + 1;
  const isFirst = conversation.attention.status === 'bot';
  const isMessage = event.type === 'citizen.message';
  const { attention: before } = conversation;
  const next: Conversation = {
    ...conversation,
    version,
    lastInboundAt: isMessage ? event.at : conversation.lastInboundAt,
    held: [],
    attention: {
      ...(before.status === 'bot' ? { status: 'waiting', since: now, reason: 'bug' } : before),
      ...(isMessage ? oneMore(before, now) : {}),
    },
  };
  return {
    conversation: next,
    entries: isMessage ? [inboundEntry(next, event)] : [],
    effects: isMessage && isFirst ? [handOff(next)] : [],
    timers: { set: [], cancel: [] },
    amended: [],
    ...(isMessage ? { inbound: event.id } : {}),
    ...(isFirst ? { counts: ['handoff:-:-:bug'] } : {}),
    ...(event.type === 'effect.done' || event.type === 'effect.failed' ? { effectDone: event.effect } : {}),
    ...(event.type === 'timer.due' ? { timerDone: { id: event.timer, dueAt: event.dueAt } } : {}),
  };
}

function oneMore(before: Attention, now: number): Pick<Handoff, 'unanswered' | 'unansweredSince'> {
  const { unanswered = 0, unansweredSince = now } = before.status === 'bot' ? {} : before;
  return { unanswered: unanswered + 1, unansweredSince };
}

function handOff({ id, version }: Conversation): Effect {
  return { id: `${id}.${version}.0`, type: 'hand-off', params: { reason: 'bug' } };
}
