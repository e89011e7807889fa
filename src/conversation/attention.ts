/** Who has the chat after a step. */
import type { TalkState } from '../flows/talk-machine.ts';
import type { Attention, Event, Handoff, HandoffReason, OperatorRef } from './types.ts';

/** How long a claim holds without a sign of life, ms. */
const CLAIM_LEASE_MS = 5 * 60_000;

/** Who answers from the office's phone gives no other sign of life. */
const PHONE_LEASE_MS = 30 * 60_000;
const PHONE: OperatorRef = { id: 'phone', name: 'Telepon kantor' };

/** Handoffs that nobody waits for. */
const UNASKED: readonly HandoffReason[] = ['opened', 'phone', 'delivery-failed'];

interface Claim {
  operator: OperatorRef;
  until: number;
}

/**
 * After a bug the bot goes on, but the conversation stays in the queue until a person has looked. The queue keeps the
 * time of the first unanswered message: writing again moves nobody back.
 */
export function attentionAfter(before: Attention, state: TalkState, event: Event, now: number): Attention {
  const isForABug = before.status !== 'bot' && before.reason === 'bug' && !isByOffice(event);
  if (state.where.room !== 'handoff') return isForABug ? before : { status: 'bot' };
  const known = before.status === 'bot' ? undefined : before;
  const reason = known?.reason ?? ((state.talk.handoff ?? 'asked') as HandoffReason);
  const handoff = { since: known?.since ?? now, reason, ...unanswered(before, event, reason, now) };
  const claim = state.where.state === 'claimed' ? claimAfter(before, event, now) : undefined;
  return claim ? { status: 'claimed', ...claim, ...handoff } : { status: 'waiting', ...handoff };
}

/** Whether this operator has the claim; it stays theirs after the lease until somebody else takes it. */
export function isHolder(attention: Attention, operator: Pick<OperatorRef, 'id'>): boolean {
  return attention.status === 'claimed' && attention.operator.id === operator.id;
}

/** The claim of who answers from the office's phone, if that is how it stands. */
export function phoneClaim(attention: Attention): (Claim & Handoff) | undefined {
  return attention.status === 'claimed' && attention.operator.id === PHONE.id ? attention : undefined;
}

function claimAfter(before: Attention, event: Event, now: number): Claim | undefined {
  const held = before.status === 'claimed' ? { operator: before.operator, until: before.until } : undefined;
  switch (event.type) {
    case 'operator.claim':
      return mayClaim(before, event.operator, now, event.renew)
        ? { operator: event.operator, until: now + CLAIM_LEASE_MS }
        : held;
    case 'operator.reply':
    case 'operator.answer':
      return mayClaim(before, event.operator, now)
        ? { operator: event.operator, until: now + CLAIM_LEASE_MS }
        : held;
    case 'operator.transfer':
      return isHolder(before, event.operator) || (event.over && held)
        ? { operator: event.to, until: now + CLAIM_LEASE_MS }
        : held;
    case 'phone.reply':
      return mayClaim(before, PHONE, now) ? { operator: PHONE, until: now + PHONE_LEASE_MS } : held;
    default:
      return held;
  }
}

/** True when nobody else holds the chat. Who answers from the phone keeps nobody from the screen. */
function mayClaim(attention: Attention, operator: OperatorRef, now: number, isRenewal = false): boolean {
  if (isHolder(attention, operator)) return true;
  if (isRenewal) return false;
  if (attention.status !== 'claimed') return true;
  return attention.until <= now || attention.operator.id === PHONE.id;
}

/** Counts what the citizen wrote since a person last answered. */
function unanswered(
  before: Attention,
  event: Event,
  reason: HandoffReason,
  now: number,
): Pick<Handoff, 'unanswered' | 'unansweredSince'> {
  if (event.type === 'phone.reply' || (event.type === 'operator.reply' && isHolder(before, event.operator)))
    return {};
  const isNew = before.status === 'bot';
  const { unanswered: count = 0, unansweredSince = now } = isNew ? {} : before;
  const isMessage = event.type === 'citizen.message' && event.by === undefined;
  if (isMessage || (isNew && !UNASKED.includes(reason))) return { unanswered: count + 1, unansweredSince };
  return count > 0 ? { unanswered: count, unansweredSince } : {};
}

function isByOffice({ type }: Event): boolean {
  return type.startsWith('operator.') || type === 'phone.reply';
}
