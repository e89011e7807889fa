/** What an event means to the machine, and what has to wait for more. Pure. */
import { durationMs } from '../flows/compile.ts';
import type { News, TalkEvent } from '../flows/talk.ts';
import type { TalkState } from '../flows/talk-machine.ts';
import { isHolder, phoneClaim } from './attention.ts';
import { bursting, type Heard } from './burst.ts';
import { credible } from './credible.ts';
import { interpret } from './interpret.ts';
import type { Knowledge, Moment } from './knowledge.ts';
import type { Content, Conversation, Event, OperatorRef } from './types.ts';

/** The timer that ends a burst of short messages. */
export const BURST_TIMER = 'burst';

/** The timer that ends the claim of who answered from the office's phone. */
export const PHONE_TIMER = 'phone';

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
      return event.by
        ? standInSaid(knowledge, state, event.content, moment)
        : citizenSaid(knowledge, state, conversation, event.content, moment);
    case 'timer.due':
      if (event.timer === BURST_TIMER) return bursting.over(state, conversation.held, at, knowledge, moment);
      if (event.timer === PHONE_TIMER) return phoneDone(conversation, at);
      return {
        events: [{ type: event.timer, at } as never],
        held: conversation.held,
        wait: conversation.held.length > 0,
      };
    case 'effect.done':
      return only(doneOf(knowledge, state, event, at), conversation);
    case 'effect.failed':
      return only(
        { type: 'TROUBLE', at, reason: event.effectType === 'say' ? 'delivery-failed' : 'remote-trouble' },
        conversation,
      );
    case 'delivery.failed':
      return only({ type: 'TROUBLE', at, reason: 'delivery-failed' }, conversation);
    case 'operator.claim':
      return event.renew && !isHolder(conversation.attention, event.operator)
        ? nothing(conversation)
        : only({ type: 'CLAIM', at, reason: 'opened' }, conversation);
    case 'phone.reply':
      return only({ type: 'CLAIM', at, reason: 'phone' }, conversation);
    case 'operator.release':
      return mayEnd(conversation, event.operator, at)
        ? only({ type: 'RELEASE', at }, conversation)
        : nothing(conversation);
    case 'operator.resolve':
      return mayEnd(conversation, event.operator, at)
        ? only({ type: 'RESOLVE', at }, conversation)
        : nothing(conversation);
    case 'operator.answer':
      return mayChange(knowledge, state, conversation, event)
        ? only(
            { type: 'FILL', at, step: event.step, answer: event.answer, isOpen: isOpen(state, event.step) },
            conversation,
          )
        : nothing(conversation);
    case 'operator.ask':
      return mayChange(knowledge, state, conversation, event)
        ? only({ type: 'ASK', at, step: event.step }, conversation)
        : nothing(conversation);
    case 'application.news':
      return only({ type: 'NEWS', at, news: { ...event.news } as unknown as News }, conversation);
    case 'operator.reply':
    case 'operator.note':
    case 'operator.transfer':
      return nothing(conversation);
  }
}

function doneOf(
  knowledge: Knowledge,
  state: TalkState,
  { effectType, result, params }: Extract<Event, { type: 'effect.done' }>,
  at: number,
): TalkEvent {
  const done = { type: `${effectType}.done`, at, result, params } as unknown as TalkEvent;
  return done.type === 'intake.done' ? credible(knowledge, state, done) : done;
}

/** A chat that a colleague holds is not ended over their head. */
function mayEnd({ attention }: Conversation, operator: OperatorRef, at: number): boolean {
  return attention.status !== 'claimed' || isHolder(attention, operator) || attention.until <= at;
}

/** Only who holds the chat changes answers, and only while the form is being filled in. */
function mayChange(
  { flows }: Knowledge,
  state: TalkState,
  { attention }: Conversation,
  { operator, step }: { operator: OperatorRef; step: string },
): boolean {
  const place = state.behind();
  if (!isHolder(attention, operator) || place?.room !== 'service') return false;
  const isFilling = place.state === 'ask' || place.state === 'confirm';
  return isFilling && flows.services[place.service]?.steps.some(({ id }) => id === step) === true;
}

function isOpen(state: TalkState, step: string): boolean {
  const place = state.behind();
  return place?.room === 'service' && place.state === 'ask' && place.step === step;
}

/** Nobody hung up on a citizen who has written since: that message waits for a person. */
function phoneDone(conversation: Conversation, at: number): Heard {
  const claim = phoneClaim(conversation.attention);
  if (!claim || claim.until > at) return nothing(conversation);
  return only({ type: (claim.unanswered ?? 0) > 0 ? 'RELEASE' : 'HUNG_UP', at }, conversation);
}

function nothing({ held }: Conversation): Heard {
  return { events: [], held, wait: held.length > 0 };
}

function only(event: TalkEvent, conversation: Conversation): Heard {
  return { events: [event], held: conversation.held, wait: conversation.held.length > 0 };
}

/** Who fills in for somebody at the counter writes whole answers, and waits for what the bot says to them. */
function standInSaid(knowledge: Knowledge, state: TalkState, content: Content, moment: Moment): Heard {
  return { events: interpret(knowledge, state, content, moment), held: [], wait: false };
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
