/** One chat as a row of a list. */
import type { Clock } from '../../clock.ts';
import type { ConversationStore } from '../../conversation/ports.ts';
import type { Conversation, Entry } from '../../conversation/types.ts';
import type { AnswerTime } from '../hand-off.ts';
import type { AuditLog, DescribeCase } from '../ports.ts';
import type { InboxItem } from '../schemas/inbox.ts';
import type { Viewer } from './access.ts';
import { viewAttention } from './attention-view.ts';
import { maskNumbers } from './mask.ts';
import { withoutSecrets } from './secrets.ts';

const SNIPPET_LENGTH = 140;

export interface ItemDeps {
  conversations: ConversationStore;
  audit: AuditLog;
  describe: DescribeCase;
  clock: Clock;
  /** When an operator will have answered who waits since then (the office's calendar). */
  answerTime: AnswerTime;
}

/** The row, with the last words masked and cut short. `complained`: chats whose last words may be a complaint. */
export async function viewItem(
  deps: ItemDeps,
  conversation: Conversation,
  { viewer, complained }: { viewer: Viewer; complained: ReadonlySet<string> },
): Promise<InboxItem> {
  const { id } = conversation;
  const newest = await deps.conversations.transcript(id, { last: 1 });
  const [entry] = complained.has(id)
    ? await withoutSecrets(deps.audit, { conversation: id, entries: newest, role: viewer.role })
    : newest;
  return {
    ...viewSummary(deps, conversation, viewer),
    digits: lastDigits(conversation),
    last: entry ? viewSnippet(entry) : null,
  };
}

/** What rows and the view of a chat have in common. */
export function viewSummary(
  { describe, clock, answerTime }: Pick<ItemDeps, 'describe' | 'clock' | 'answerTime'>,
  conversation: Conversation,
  viewer: Viewer,
): Omit<InboxItem, 'last' | 'digits'> {
  const { id, channel, attention } = conversation;
  const { service, title, stepLabel } = describe(conversation);
  const at = { operator: viewer, now: clock.now(), answerTime };
  return { id, channel, attention: viewAttention(attention, at), service, title, stepLabel };
}

/** As much of a number as masks let through (mask.ts). */
function lastDigits({ channel, address }: Conversation): string | null {
  return channel === 'counter' ? null : address.replace(/\D/g, '').slice(-4);
}

function viewSnippet({ text, note, at, direction, author, files }: Entry): InboxItem['last'] {
  const line = maskNumbers((text || note || '').replace(/\s+/g, ' ').trim());
  const short = line.length > SNIPPET_LENGTH ? `${line.slice(0, SNIPPET_LENGTH).trimEnd()}…` : line;
  return { text: short, at, direction, author, files: files.length };
}
