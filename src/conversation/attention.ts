/** Who has the chat after a step. */
import type { TalkState } from '../flows/talk-machine.ts';
import type { Attention, Event, HandoffReason } from './types.ts';

/** How long a claim holds without a sign of life, ms. */
const CLAIM_LEASE_MS = 5 * 60_000;

/** After a bug the bot goes on, but the conversation stays in the queue until a person has looked. The queue keeps the time of the first unanswered message: writing again moves nobody back. */
export function attentionAfter(before: Attention, state: TalkState, event: Event, now: number): Attention {
  const isForABug = before.status !== 'bot' && before.reason === 'bug' && !event.type.startsWith('operator.');
  if (state.where.room !== 'handoff') return isForABug ? before : { status: 'bot' };
  const reason = (state.talk.handoff ?? 'asked') as HandoffReason;
  const since = before.status === 'bot' ? now : before.since;
  if (state.where.state === 'waiting') return { status: 'waiting', since, reason };
  if (
    (event.type === 'operator.claim' || event.type === 'operator.reply') &&
    mayClaim(before, event.operator.id, now)
  ) {
    return { status: 'claimed', since, reason, operator: event.operator, until: now + CLAIM_LEASE_MS };
  }
  return before.status === 'claimed' ? before : { status: 'waiting', since, reason };
}

/** True when nobody else holds the chat. */
function mayClaim(attention: Attention, operator: string, now: number): boolean {
  return attention.status !== 'claimed' || attention.operator.id === operator || attention.until <= now;
}
