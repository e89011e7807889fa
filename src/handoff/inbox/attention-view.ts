/** Who has a chat, since when and why, as an operator sees it; and the order of the inbox. */

import { isHolder } from '../../conversation/attention.ts';
import type { Attention } from '../../conversation/types.ts';
import type { AnswerTime } from '../hand-off.ts';
import type { AttentionView } from '../schemas/inbox.ts';

const WITH_BOT = {
  status: 'bot',
  since: null,
  reason: null,
  operator: null,
  until: null,
  isMine: false,
  unanswered: 0,
  unansweredSince: null,
  answerBy: null,
} as const satisfies AttentionView;

/** A claim that ran out counts as waiting for all but its holder. */
export function viewAttention(
  attention: Attention,
  { operator, now, answerTime }: { operator: { id: string }; now: number; answerTime: AnswerTime },
): AttentionView {
  if (attention.status === 'bot') return WITH_BOT;
  const { since, reason, unanswered = 0 } = attention;
  const isMine = isHolder(attention, operator);
  const waitsSince = waitingSince(attention);
  const common = {
    ...{ since, reason, isMine, unanswered, unansweredSince: attention.unansweredSince ?? null },
    answerBy: waitsSince === undefined ? null : answerTime(waitsSince).at,
  };
  if (attention.status === 'waiting' || (!isMine && attention.until <= now))
    return { status: 'waiting', operator: null, until: null, ...common };
  return { status: 'claimed', operator: attention.operator, until: attention.until, ...common };
}

/** First unanswered message first, so that writing again moves nobody back; chats that are answered come last. */
export function byWaiting(a: Attention, b: Attention): number {
  return (waitingSince(a) ?? Number.MAX_SAFE_INTEGER) - (waitingSince(b) ?? Number.MAX_SAFE_INTEGER);
}

/** Undefined when nobody waits: with the bot, or all that the citizen wrote has been answered. */
function waitingSince(attention: Attention): number | undefined {
  if (attention.status === 'bot') return undefined;
  return attention.unansweredSince ?? (attention.status === 'waiting' ? attention.since : undefined);
}
