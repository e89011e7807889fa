/** The inbox: the list on the left, the open chat on the right; on narrow screens one of them. */
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import type { Inbox } from '../../schemas/inbox.ts';
import { useKeys } from '../shell/keys.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { chatAddress, useRoute } from '../shell/route.ts';
import type { ViewProps } from '../shell/view.ts';
import { ChatView } from './chat-view.tsx';
import { InboxList, type ListItem, type Tab } from './inbox-list.tsx';
import { InboxContext } from './inbox-news.ts';
import { SearchBox } from './search-box.tsx';
import { TEXTS } from './texts.ts';
import { useChatList } from './use-chat-list.ts';
import './inbox.css';

export function InboxView({ me, now }: ViewProps) {
  const { explain } = useWords();
  const texts = useTexts(TEXTS);
  const route = useRoute();
  const open = route.name === 'chat' && route.rest !== '' ? route.rest : undefined;
  const { inbox, failure, reload } = useContext(InboxContext);
  const [tab, setTab] = useState<Tab>('waiting');
  const [onlyComplaints, setOnlyComplaints] = useState(false);
  const closed = useChatList(tab === 'closed' ? 'closed' : undefined);
  const [words, setWords] = useState('');
  const found = useChatList(words === '' ? undefined : { search: words });
  useTabThatFollows(inbox, open, setTab);
  useTabOfAddress(route.name === 'inbox' ? route.rest : '', setTab, setOnlyComplaints);

  const all = words !== '' ? found.items : tab === 'closed' ? closed.items : inbox?.conversations;
  const shown = useMemo(
    () => all?.filter((item) => (words !== '' || isIn(tab, item)) && (!onlyComplaints || isComplaint(item))),
    [all, tab, words, onlyComplaints],
  );
  useOpenKeys(shown ?? [], open);
  const trouble = words !== '' ? found.failure : tab === 'closed' ? closed.failure : failure;
  const hasComplaints = inbox?.conversations.some(isComplaint) ?? false;

  return (
    <div class={`inbox ${open === undefined ? '' : 'has-chat'}`}>
      <section class="list-pane" aria-label={texts.inbox}>
        {open === undefined && <h1 class="hidden">{texts.inbox}</h1>}
        <SearchBox words={words} onWords={setWords} />
        {trouble !== undefined && !all && (
          <p class="failure" role="alert">
            {explain(trouble)}
          </p>
        )}
        {(hasComplaints || onlyComplaints) && (
          <label class="check list-filter">
            <input
              type="checkbox"
              checked={onlyComplaints}
              onChange={() => setOnlyComplaints(!onlyComplaints)}
            />{' '}
            {texts.complaints}
          </label>
        )}
        <InboxList
          {...{ shown, now, open, tab: words === '' ? tab : undefined, onTab: setTab }}
          counts={inbox?.counts}
        />
      </section>
      <div class="chat-pane">
        {open === undefined ? (
          <div class="empty">
            <p>{texts.choose}</p>
            <p class="quiet">{texts.chooseHint}</p>
          </div>
        ) : (
          <ChatView key={open} id={open} me={me} now={now} onChanged={reload} />
        )}
      </div>
    </div>
  );
}

function isIn(tab: Tab, { attention }: ListItem): boolean {
  if (tab === 'all' || tab === 'closed') return true;
  return tab === 'mine' ? attention.isMine : attention.status === 'waiting' && !attention.isMine;
}

function isComplaint({ attention }: ListItem): boolean {
  return attention.reason === 'complaint';
}

/** What was just taken goes on in the list of one's own; when the last is done, back to those who wait. */
function useTabThatFollows(
  inbox: Inbox | undefined,
  open: string | undefined,
  setTab: (change: (tab: Tab) => Tab) => void,
): void {
  const isOpenMine = inbox?.conversations.some((item) => item.id === open && item.attention.isMine) ?? false;
  const hasOwn = (inbox?.counts.mine ?? 0) > 0;
  useEffect(() => {
    if (isOpenMine) setTab((tab) => (tab === 'waiting' ? 'mine' : tab));
  }, [isOpenMine, setTab]);
  useEffect(() => {
    if (!hasOwn) setTab((tab) => (tab === 'mine' ? 'waiting' : tab));
  }, [hasOwn, setTab]);
}

/** `#/inbox/closed` opens that list, `#/inbox/complaints` what supervisors see only. */
function useTabOfAddress(
  rest: string,
  setTab: (tab: Tab) => void,
  setOnlyComplaints: (isOn: boolean) => void,
): void {
  useEffect(() => {
    if (rest === 'waiting' || rest === 'mine' || rest === 'all' || rest === 'closed') setTab(rest);
    if (rest === 'complaints') setTab('all');
    if (rest !== '') setOnlyComplaints(rest === 'complaints');
  }, [rest, setTab, setOnlyComplaints]);
}

/** Alt+Down and Alt+Up open the next and the previous chat of the list, also while one types. */
function useOpenKeys(shown: readonly ListItem[], open: string | undefined): void {
  const texts = useTexts(TEXTS);
  const openAt = (step: 1 | -1) => {
    const at = shown.findIndex((item) => item.id === open);
    const next = shown[Math.max(at + step, 0)];
    if (next) location.hash = chatAddress(next.id);
  };
  useKeys([
    { keys: 'Alt+ArrowDown', words: texts.openNext, run: () => openAt(1) },
    { keys: 'Alt+ArrowUp', words: texts.openPrevious, run: () => openAt(-1) },
  ]);
}
