import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ChatList, Inbox, InboxItem } from '../../schemas/inbox.ts';
import { useKeys } from '../shell/keys.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { CHANNELS } from '../shell/names.ts';
import { chatAddress } from '../shell/route.ts';
import { formatWait, gradeWait } from '../shell/time.ts';
import { REASONS, TEXTS, titleOf } from './texts.ts';
import { isUnread } from './use-alerts.ts';

export type Tab = 'waiting' | 'mine' | 'all' | 'closed';
/** A chat of the inbox, or one that is closed or was searched for. */
export type ListItem = InboxItem & Partial<ChatList['conversations'][number]>;

const TABS: readonly Tab[] = ['waiting', 'mine', 'all', 'closed'];
const EMPTY = {
  waiting: 'emptyWaiting',
  mine: 'emptyMine',
  all: 'emptyAll',
  closed: 'emptyClosed',
  found: 'emptyFound',
} as const;

/** The chats of one tab, in the server's order. Without a tab it is what was found. */
export function InboxList(props: {
  shown: readonly ListItem[] | undefined;
  tab: Tab | undefined;
  counts: Inbox['counts'] | undefined;
  onTab: (tab: Tab) => void;
  open: string | undefined;
  now: number;
}) {
  const texts = useTexts(TEXTS);
  const { texts: common } = useWords();
  const { shown, tab, counts } = props;
  const list = useRef<HTMLUListElement>(null);
  useRowKeys(list);
  useKeptFocus(list);
  return (
    <>
      {tab === undefined ? (
        <h2 class="list-title">
          {texts.found} <span class="count">{shown?.length ?? '…'}</span>
        </h2>
      ) : (
        <fieldset class="tabs" aria-label={texts.inbox}>
          {TABS.map((each) => (
            <button key={each} type="button" aria-pressed={each === tab} onClick={() => props.onTab(each)}>
              {texts[each]} {each !== 'closed' && <span class="count">{counts?.[each] ?? '…'}</span>}
            </button>
          ))}
        </fieldset>
      )}
      {!shown && <p class="empty quiet">{common.loading}</p>}
      {shown?.length === 0 && <p class="empty quiet">{texts[EMPTY[tab ?? 'found']]}</p>}
      <ul class="list" ref={list} tabIndex={-1}>
        {shown?.map((item) => (
          <li key={item.id}>
            <Row item={item} now={props.now} isOpen={item.id === props.open} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Row({ item, now, isOpen }: { item: ListItem; now: number; isOpen: boolean }) {
  const { language } = useWords();
  const texts = useTexts(TEXTS);
  const { attention } = item;
  return (
    <a
      class={`item ${isUnread(attention) ? 'is-unread' : ''}`}
      href={chatAddress(item.id)}
      aria-current={isOpen ? 'true' : undefined}
    >
      <span class="item-top">
        <span class="title">{titleOf(item, language)}</span>
        <Waited item={item} now={now} />
      </span>
      {item.stepLabel && <span class="item-step">{item.stepLabel}</span>}
      <span class="snippet">{writeSnippet(item, texts)}</span>
      <Tags item={item} now={now} />
    </a>
  );
}

function Waited({ item: { attention, closedAt }, now }: { item: ListItem; now: number }) {
  const { language } = useWords();
  const since = attention.unansweredSince ?? attention.since ?? closedAt ?? null;
  if (since === null) return null;
  const waited = now - since;
  const isWaiting = attention.unansweredSince !== null || attention.status === 'waiting';
  return <span class={`wait ${isWaiting ? gradeWait(waited) : ''}`}>{formatWait(waited, language)}</span>;
}

function Tags({ item, now }: { item: ListItem; now: number }) {
  const texts = useTexts(TEXTS);
  const { language } = useWords();
  const { attention, closedBy } = item;
  const reason = attention.reason;
  return (
    <span class="tags">
      {attention.unanswered > 0 && (
        <span class="tag unanswered">
          {attention.unanswered} {texts.unanswered}
        </span>
      )}
      <span class={`tag ${item.channel}`}>
        {CHANNELS[language][item.channel]}
        {item.digits && ` …${item.digits}`}
      </span>
      {reason && <span class={`tag reason ${reason}`}>{REASONS[language][reason]}</span>}
      <Promised answerBy={attention.answerBy} now={now} />
      {attention.operator && (
        <span class="tag holder">{attention.isMine ? texts.you : attention.operator.name}</span>
      )}
      {closedBy && (
        <span class="tag">
          {texts.closedBy} {closedBy}
        </span>
      )}
    </span>
  );
}

/** By when the citizen was promised an answer, and by how much that is past. */
export function Promised({ answerBy, now }: { answerBy: number | null; now: number }) {
  const texts = useTexts(TEXTS);
  const { language } = useWords();
  if (answerBy === null) return null;
  if (answerBy < now) {
    return (
      <span class="tag overdue">
        {texts.promisedPast} {formatWait(now - answerBy, language)}
      </span>
    );
  }
  return (
    <span class="tag">
      {texts.promised} {formatWait(answerBy - now, language)}
    </span>
  );
}

function writeSnippet({ last }: ListItem, texts: { bot: string; files: string }): string {
  if (!last) return '';
  const author = last.author === 'bot' ? texts.bot : last.author;
  const who = last.direction === 'in' ? '' : `${last.direction === 'note' ? '✎ ' : ''}${author}: `;
  return `${who}${last.text || (last.files > 0 ? `${last.files} ${texts.files}` : '…')}`;
}

type Box = { current: HTMLElement | null };

function rowsOf(list: Box): HTMLElement[] {
  return [...(list.current?.querySelectorAll<HTMLElement>('.item') ?? [])];
}

/** j and k move through the rows; Enter opens, as they are links. */
function useRowKeys(list: Box): void {
  const texts = useTexts(TEXTS);
  const move = (step: 1 | -1) => {
    const rows = rowsOf(list);
    const from = rows.indexOf(document.activeElement as HTMLElement);
    const current = from === -1 ? rows.findIndex((row) => row.getAttribute('aria-current')) : from;
    rows[Math.min(rows.length - 1, Math.max(0, current + step))]?.focus();
  };
  useKeys([
    { keys: 'j', words: texts.moveDown, run: () => move(1) },
    { keys: 'k', words: texts.moveUp, run: () => move(-1) },
  ]);
}

/** A row that moves or goes while it has the focus must not throw it away: it stays, or goes to the next one. */
function useKeptFocus(list: Box): void {
  const rows = rowsOf(list);
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const focused = rows[at];
  useLayoutEffect(() => {
    if (!focused || focused === document.activeElement) return;
    if (focused.isConnected) return focused.focus({ preventScroll: true });
    const left = rowsOf(list);
    (left[Math.min(at, left.length - 1)] ?? list.current)?.focus({ preventScroll: true });
  });
}
