/** What operators see: the list of chats that wait, and one chat with its case. */
import type { Clock } from '../../clock.ts';
import type { ConversationStore } from '../../conversation/ports.ts';
import type { Attention, Capabilities, Conversation, Entry } from '../../conversation/types.ts';
import type { DescribeCase } from '../ports.ts';
import type { AttentionView, ConversationView, EntryView, Inbox, InboxItem } from '../schemas/inbox.ts';
import { isHolder, loadWaiting } from './claims.ts';
import { maskNumbers } from './mask.ts';

/** Most chats in one list; with more waiting than this nobody reads on, and the counts still tell. */
const MAX_LISTED = 200;
const SNIPPET_LENGTH = 140;

export interface ViewDeps {
  conversations: ConversationStore;
  describe: DescribeCase;
  /** What the citizen's channel can do; undefined when its adapter is off. */
  capabilities: (conversation: Conversation) => Capabilities | undefined;
  clock: Clock;
}

export interface Views {
  inbox(operator: { id: string }): Promise<Inbox>;
  /** Throws ApiError NOT_FOUND when the chat is not in the inbox. */
  conversation(id: string, operator: { id: string }): Promise<ConversationView>;
}

/** Builds the views over the store. */
export function createViews(deps: ViewDeps): Views {
  return {
    async inbox(operator) {
      const now = deps.clock.now();
      const all = (await deps.conversations.listAttention())
        .map((conversation) => ({
          conversation,
          attention: viewAttention(conversation.attention, operator, now),
        }))
        .filter(hasAttention)
        .sort((a, b) => a.attention.since - b.attention.since);
      const count = (is: (attention: AttentionView) => boolean) =>
        all.filter((each) => is(each.attention)).length;
      return {
        now,
        counts: {
          waiting: count((attention) => attention.status === 'waiting' && !attention.isMine),
          mine: count((attention) => attention.isMine),
          all: all.length,
        },
        conversations: await Promise.all(all.slice(0, MAX_LISTED).map((each) => viewItem(deps, each))),
      };
    },

    async conversation(id, operator) {
      const conversation = await loadWaiting(deps.conversations, id);
      const attention = viewAttention(conversation.attention, operator, deps.clock.now());
      if (!attention) throw new Error('a conversation in the inbox has no attention');
      const transcript = await deps.conversations.transcript(id);
      return viewConversation(deps, { conversation, attention, transcript });
    },
  };
}

async function viewItem(
  deps: ViewDeps,
  { conversation, attention }: { conversation: Conversation; attention: AttentionView },
): Promise<InboxItem> {
  const [entry] = await deps.conversations.transcript(conversation.id, { last: 1 });
  const { service, title } = deps.describe(conversation);
  return {
    id: conversation.id,
    channel: conversation.channel,
    attention,
    service,
    title,
    last: entry ? viewSnippet(entry) : null,
  };
}

function viewSnippet({ text, note, at, direction, author, files }: Entry): InboxItem['last'] {
  const line = maskNumbers((text || note || '').replace(/\s+/g, ' ').trim());
  const short = line.length > SNIPPET_LENGTH ? `${line.slice(0, SNIPPET_LENGTH).trimEnd()}…` : line;
  return { text: short, at, direction, author, files: files.length };
}

/** Long numbers are shown to the one who claimed the chat, and the claim stands in the audit log. */
function viewConversation(
  deps: ViewDeps,
  {
    conversation,
    attention,
    transcript,
  }: { conversation: Conversation; attention: AttentionView; transcript: Entry[] },
): ConversationView {
  const show = attention.isMine ? (text: string) => text : maskNumbers;
  const { service, title, step, expects, answers } = deps.describe(conversation);
  const capabilities = deps.capabilities(conversation);
  return {
    id: conversation.id,
    now: deps.clock.now(),
    channel: conversation.channel,
    attention,
    masked: !attention.isMine,
    address: show(conversation.address),
    service,
    title,
    step,
    expects,
    answers: answers.map((answer) => ({ ...answer, text: show(answer.text) })),
    applications: conversation.applications,
    transcript: transcript.map((entry) => viewEntry(entry, show)),
    capabilities: capabilities
      ? {
          mediaOut: capabilities.mediaOut,
          textForm: capabilities.textForm,
          textLimit: capabilities.textLimit,
        }
      : null,
  };
}

function viewEntry(entry: Entry, show: (text: string) => string): EntryView {
  const { id, direction, author, at, status } = entry;
  const files = entry.files.map(({ file, contentType, sizeBytes, name }) => ({
    file,
    contentType,
    sizeBytes,
    ...(name === undefined ? {} : { name: show(name) }),
  }));
  const note = entry.note === undefined ? {} : { note: entry.note };
  return { id, direction, author, at, text: show(entry.text), files, status, ...note };
}

/** Undefined when the chat is with the bot. A claim that ran out counts as waiting for all but its holder. */
function viewAttention(
  attention: Attention,
  operator: { id: string },
  now: number,
): AttentionView | undefined {
  if (attention.status === 'bot') return undefined;
  const { since, reason } = attention;
  const isMine = isHolder(attention, operator);
  if (attention.status === 'waiting' || (!isMine && attention.until <= now)) {
    return { status: 'waiting', since, reason, operator: null, until: null, isMine: false };
  }
  return { status: 'claimed', since, reason, operator: attention.operator, until: attention.until, isMine };
}

function hasAttention<T extends { attention: AttentionView | undefined }>(
  each: T,
): each is T & { attention: AttentionView } {
  return each.attention !== undefined;
}
