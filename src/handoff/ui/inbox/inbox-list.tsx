import type { Inbox, InboxItem } from '../../schemas/inbox.ts';
import { useWords } from '../shell/language.tsx';
import { chatAddress } from '../shell/route.ts';
import { formatWait, gradeWait } from '../shell/time.ts';
import { REASONS } from '../texts.ts';

export type Tab = 'waiting' | 'mine' | 'all';
const TABS: readonly Tab[] = ['waiting', 'mine', 'all'];
const EMPTY = { waiting: 'emptyWaiting', mine: 'emptyMine', all: 'emptyAll' } as const;

/** The chats of one tab, longest waiting first. */
export function InboxList(props: {
  inbox: Inbox;
  shown: InboxItem[];
  tab: Tab;
  onTab: (tab: Tab) => void;
  open: string | undefined;
  now: number;
}) {
  const { texts } = useWords();
  return (
    <>
      <div class="tabs">
        {TABS.map((tab) => (
          <button key={tab} type="button" aria-pressed={tab === props.tab} onClick={() => props.onTab(tab)}>
            {texts[tab]} <span class="count">{props.inbox.counts[tab]}</span>
          </button>
        ))}
      </div>
      {props.shown.length === 0 && <p class="empty quiet">{texts[EMPTY[props.tab]]}</p>}
      <ul class="list">
        {props.shown.map((item) => (
          <li key={item.id}>
            <Row item={item} now={props.now} isOpen={item.id === props.open} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Row({ item, now, isOpen }: { item: InboxItem; now: number; isOpen: boolean }) {
  const { texts, language } = useWords();
  const { attention } = item;
  const waited = now - attention.since;
  const isUnread = attention.isMine && item.last?.direction === 'in';
  return (
    <a
      class={`item ${isUnread ? 'is-unread' : ''}`}
      href={chatAddress(item.id)}
      aria-current={isOpen ? 'true' : undefined}
    >
      <span class="item-top">
        <span class="title">{item.title ?? texts.noService}</span>
        <span class={`wait ${gradeWait(waited)}`}>{formatWait(waited, language)}</span>
      </span>
      <span class="snippet">{writeSnippet(item, texts)}</span>
      <span class="tags">
        <span class={`tag ${item.channel}`}>{item.channel === 'sms' ? 'SMS' : 'WhatsApp'}</span>
        <span class={`tag reason ${attention.reason}`}>{REASONS[language][attention.reason]}</span>
        {attention.operator && (
          <span class="tag holder">{attention.isMine ? texts.you : attention.operator.name}</span>
        )}
      </span>
    </a>
  );
}

function writeSnippet(
  { last }: InboxItem,
  texts: { bot: string; document: string; citizen: string },
): string {
  if (!last) return '';
  const who = last.direction === 'in' ? '' : `${last.author === 'bot' ? texts.bot : last.author}: `;
  return `${who}${last.text || (last.files > 0 ? `📎 ${texts.document}` : '…')}`;
}
