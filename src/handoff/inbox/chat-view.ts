/** One chat with its case, as an operator sees it. */
import type { Capabilities, Conversation, Entry } from '../../conversation/types.ts';
import type { Reveal } from '../api/reveal.ts';
import type { Session } from '../ports.ts';
import type { ConversationView, EntryView } from '../schemas/inbox.ts';
import { isHeldByAnother, loadChat, refusal, type Viewer } from './access.ts';
import { type ItemDeps, viewSummary } from './chat-item.ts';
import type { Journal } from './journal.ts';
import { maskNumbers } from './mask.ts';
import type { InboxPorts } from './ports.ts';
import { withoutSecrets } from './secrets.ts';

export interface ChatViewDeps
  extends ItemDeps,
    Pick<InboxPorts, 'capabilities' | 'canSms' | 'casesOf' | 'understoodText'> {
  journal: Journal;
  reveal: Reveal;
}

/** Who asks, and with which key to what is masked. */
export interface Look {
  operator: Viewer;
  session: Session;
  reveal: string | undefined;
}

export interface ChatViews {
  /** Throws ApiError NOT_FOUND. */
  view(id: string, look: Look): Promise<ConversationView>;
  /** The key that shows what is masked. Throws ApiError NOT_FOUND, TAKEN while a colleague has the chat. */
  reveal(id: string, look: Look): Promise<{ key: string }>;
}

/** Builds the view over store and rooms. */
export function createChatViews(deps: ChatViewDeps): ChatViews {
  const { conversations, journal, clock } = deps;
  return {
    async view(id, { operator, session, reveal }) {
      const conversation = await loadChat(conversations, id, operator);
      await journal.look(operator, id);
      const isShown =
        deps.reveal.isShown(reveal, session, id) &&
        !isHeldByAnother(conversation.attention, operator, clock.now());
      const [entries, applications] = await Promise.all([
        conversations.transcript(id),
        deps.casesOf(conversation),
      ]);
      const transcript = await withoutSecrets(deps.audit, { conversation: id, entries, role: operator.role });
      return viewChat(deps, { conversation, operator, transcript, applications, isShown });
    },

    async reveal(id, { operator, session }) {
      const { attention } = await loadChat(conversations, id, operator);
      if (isHeldByAnother(attention, operator, clock.now())) throw refusal(attention);
      await journal.note(operator, 'conversation.reveal', id);
      return { key: deps.reveal.keyFor(session, id) };
    },
  };
}

interface Seen extends Pick<ConversationView, 'applications'> {
  conversation: Conversation;
  operator: Viewer;
  transcript: Entry[];
  isShown: boolean;
}

function viewChat(
  deps: ChatViewDeps,
  { conversation, operator, transcript, applications, isShown }: Seen,
): ConversationView {
  const show = isShown ? (text: string) => text : maskNumbers;
  const { step, expects, isProposed, answers, steps } = deps.describe(conversation, isShown);
  const capabilities = deps.capabilities(conversation);
  return {
    ...viewSummary(deps, conversation, operator),
    now: deps.clock.now(),
    masked: !isShown,
    address: show(conversation.address),
    ...{ step, expects, isProposed, steps, applications },
    answers: answers.map((answer) => ({ ...answer, text: show(answer.text) })),
    transcript: transcript.map((entry) => viewEntry(deps, entry, show)),
    capabilities: capabilities ? viewCapabilities(capabilities) : null,
    windowClosesAt: windowClosesAt(conversation, capabilities),
    canSms: deps.canSms(conversation),
  };
}

/** When the phone takes free words no more; null: it always does. */
export function windowClosesAt(
  { lastInboundAt }: Conversation,
  capabilities: Capabilities | undefined,
): number | null {
  return capabilities?.windowMs === undefined ? null : lastInboundAt + capabilities.windowMs;
}

function viewCapabilities({ mediaOut, textForm, textLimit }: Capabilities): ConversationView['capabilities'] {
  return { mediaOut, textForm, textLimit };
}

function viewEntry(deps: ChatViewDeps, entry: Entry, show: (text: string) => string): EntryView {
  const { id, direction, author, at, status } = entry;
  const files = entry.files.map(({ file, contentType, sizeBytes, name }) => ({
    ...{ file, contentType, sizeBytes },
    ...(name === undefined ? {} : { name: show(name) }),
  }));
  const understood = entry.understood && deps.understoodText(entry.understood);
  return {
    ...{ id, direction, author, at, files, status },
    text: show(entry.text),
    ...(entry.note === undefined ? {} : { note: entry.note }),
    ...(understood === undefined ? {} : { understood }),
  };
}
