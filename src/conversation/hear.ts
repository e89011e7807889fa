/** What an event means to the machine, and what has to wait for more. Pure. */
import { durationMs } from '../flows/compile.ts';
import type { TalkEvent } from '../flows/talk.ts';
import type { TalkState } from '../flows/talk-machine.ts';
import { bursting, type Heard } from './burst.ts';
import type { Knowledge, Moment } from './knowledge.ts';
import type { Content, Conversation, Event } from './types.ts';

/** The timer that ends a burst of short messages. */
export const BURST_TIMER = 'burst';

/** The event in the machine's words; short texts that are not understood may wait for more. */
export function hear(
  knowledge: Knowledge,
  state: TalkState,
  conversation: Conversation,
  event: Event,
  moment: Moment,
): Heard {
  const at = moment.now;
  switch (event.type) {
    case 'citizen.message':
      return citizenSaid(knowledge, state, conversation, event.content, moment);
    case 'timer.due':
      if (event.timer === BURST_TIMER) return bursting.over(state, conversation.held, at, knowledge, moment);
      return {
        events: [{ type: event.timer, at } as never],
        held: conversation.held,
        wait: conversation.held.length > 0,
      };
    case 'effect.done':
      return only(
        {
          type: `${event.effectType}.done`,
          at,
          result: event.result,
          params: event.params,
        } as unknown as TalkEvent,
        conversation,
      );
    case 'effect.failed':
      return only(
        { type: 'TROUBLE', at, reason: event.effectType === 'say' ? 'delivery-failed' : 'remote-trouble' },
        conversation,
      );
    case 'delivery.failed':
      return only({ type: 'TROUBLE', at, reason: 'delivery-failed' }, conversation);
    case 'operator.claim':
      return only({ type: 'CLAIM', at }, conversation);
    case 'operator.release':
      return only({ type: 'RELEASE', at }, conversation);
    case 'operator.resolve':
      return only({ type: 'RESOLVE', at }, conversation);
    case 'operator.reply':
      return { events: [], held: conversation.held, wait: false };
  }
}

function only(event: TalkEvent, conversation: Conversation): Heard {
  return { events: [event], held: conversation.held, wait: conversation.held.length > 0 };
}

function citizenSaid(
  knowledge: Knowledge,
  state: TalkState,
  conversation: Conversation,
  content: Content,
  moment: Moment,
): Heard {
  const away = durationMs(knowledge.flows.timing.away);
  const wasAway =
    conversation.version > 0 &&
    moment.now - conversation.lastInboundAt > away &&
    state.where.room === 'service';
  const heard = bursting.heard(state, conversation.held, content, knowledge, moment);
  const greets = heard.events.every(({ type }) => type === 'GREETING' || type === 'INVALID');
  if (wasAway && (greets || heard.wait))
    return { events: [{ type: 'RETURNED', at: moment.now }], held: [], wait: false };
  return heard;
}
