/** Lists of chats: those that need a person, those that were closed, and what a search finds. Always masked. */

import { isHolder } from '../../conversation/attention.ts';
import type { Engine } from '../../conversation/ports.ts';
import type { Attention, Conversation } from '../../conversation/types.ts';
import { isAllowed } from '../accounts/roles.ts';
import type { AuditEntry, OperatorStore } from '../ports.ts';
import type { ChatList, Inbox, InboxItem } from '../schemas/inbox.ts';
import { isHeldByAnother, maySee, type Viewer } from './access.ts';
import { byWaiting } from './attention-view.ts';
import { type ItemDeps, viewItem } from './chat-item.ts';
import type { Journal } from './journal.ts';
import type { InboxPorts } from './ports.ts';
import { findComplained } from './secrets.ts';

/** Most chats in one list; with more waiting than this nobody reads on, and the counts still tell. */
const MAX_LISTED = 200;
const MAX_CLOSED = 100;
const MAX_FOUND = 50;
/** Lines of the log that are looked through for closed chats; some chats were closed more than once. */
const MAX_CLOSINGS = 400;
const PHONES = ['whatsapp', 'sms'] as const;

export interface ListDeps extends ItemDeps, Pick<InboxPorts, 'findApplications' | 'readPhone'> {
  engine: Pick<Engine, 'conversationId'>;
  operators: Pick<OperatorStore, 'list'>;
  journal: Journal;
}

export interface ChatLists {
  inbox(viewer: Viewer): Promise<Inbox>;
  /** Chats that an operator gave back to the bot and that are with it still, latest first. */
  closed(viewer: Viewer): Promise<ChatList>;
  /** By a number, a phone, a NIK or a name. The text is neither logged nor audited; that somebody searched is. */
  search(viewer: Viewer, text: string): Promise<ChatList>;
}

/** Builds the lists over store and audit log. */
export function createChatLists(deps: ListDeps): ChatLists {
  return {
    inbox: (viewer) => listInbox(deps, viewer),
    closed: (viewer) => listClosed(deps, viewer),
    async search(viewer, text) {
      const ids = await findChats(deps, text);
      const found = await loadVisible(deps, ids, viewer);
      await deps.journal.note(viewer, 'search', 'chats', { found: found.length });
      const items = await viewItems(deps, found, viewer);
      return {
        now: deps.clock.now(),
        conversations: items.map((item) => ({ ...item, closedAt: null, closedBy: null })),
      };
    },
  };
}

async function listInbox(deps: ListDeps, viewer: Viewer): Promise<Inbox> {
  const now = deps.clock.now();
  const all = (await deps.conversations.listAttention())
    .filter((each) => maySee(each, viewer))
    .sort((a, b) => byWaiting(a.attention, b.attention));
  const count = (is: (attention: Attention) => boolean) => all.filter((each) => is(each.attention)).length;
  return {
    now,
    counts: {
      waiting: count((each) => !isHolder(each, viewer) && !isHeldByAnother(each, viewer, now)),
      mine: count((each) => isHolder(each, viewer)),
      all: all.length,
    },
    conversations: await viewItems(deps, all.slice(0, MAX_LISTED), viewer),
  };
}

async function listClosed(deps: ListDeps, viewer: Viewer): Promise<ChatList> {
  const [closings, operators] = await Promise.all([latestClosings(deps, viewer), deps.operators.list()]);
  const names = new Map(operators.map(({ id, name }) => [id, name]));
  const chats = await loadVisible(deps, [...closings.keys()], viewer);
  const closed = chats.filter(({ attention }) => attention.status === 'bot').slice(0, MAX_CLOSED);
  const conversations = (await viewItems(deps, closed, viewer)).map((item) => {
    const line = closings.get(item.id);
    return { ...item, closedAt: line?.at ?? null, closedBy: (line && names.get(line.actor)) ?? null };
  });
  return { now: deps.clock.now(), conversations };
}

async function viewItems(deps: ListDeps, chats: Conversation[], viewer: Viewer): Promise<InboxItem[]> {
  const complained = await findComplained(deps.audit, viewer.role);
  return Promise.all(chats.map((each) => viewItem(deps, each, { viewer, complained })));
}

/** The last closing of each chat, latest first. */
async function latestClosings({ audit }: ListDeps, { role }: Viewer): Promise<Map<string, AuditEntry>> {
  const lines = await audit.list({
    actions: ['conversation.resolve', 'conversation.ask'],
    newest: true,
    limit: MAX_CLOSINGS,
  });
  const last = new Map<string, AuditEntry>();
  for (const line of lines) if (!last.has(line.subject)) last.set(line.subject, line);
  const isHidden = ({ details }: AuditEntry) =>
    details.reason === 'complaint' && !isAllowed(role, 'complaints');
  return new Map([...last].filter(([, line]) => !isHidden(line)));
}

async function findChats(deps: ListDeps, text: string): Promise<string[]> {
  const phone = deps.readPhone(text);
  const byPhone = phone ? PHONES.map((channel) => deps.engine.conversationId({ channel, id: phone })) : [];
  const applications = await deps.findApplications(text);
  return [...new Set([...byPhone, ...applications.map(({ conversation }) => conversation)])].slice(
    0,
    MAX_FOUND,
  );
}

async function loadVisible(deps: ListDeps, ids: string[], viewer: Viewer): Promise<Conversation[]> {
  const loaded = await Promise.all(ids.map((id) => deps.conversations.load(id)));
  return loaded.filter((each) => each !== undefined).filter((each) => maySee(each, viewer));
}
