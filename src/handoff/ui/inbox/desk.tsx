/** The desk: the list on the left, the open chat on the right, kept up to date. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Me } from '../../schemas/accounts.ts';
import type { Inbox, InboxItem } from '../../schemas/inbox.ts';
import { api } from '../shell/api.ts';
import { Header } from '../shell/header.tsx';
import { useWords } from '../shell/language.tsx';
import { useLive } from '../shell/live.ts';
import { PasswordForm } from '../shell/password-form.tsx';
import { chatAddress, UNDELIVERED, useOpen } from '../shell/route.ts';
import { useNow } from '../shell/time.ts';
import { ChatView } from './chat-view.tsx';
import { InboxList, type Tab } from './inbox-list.tsx';
import { UndeliveredList, useUndelivered } from './undelivered.tsx';

/** Everything behind the door. */
export function Desk(props: { me: Me; onMe: (me: Me) => void; onLeave: () => void; onLanguage: () => void }) {
  const { texts, explain } = useWords();
  const { inbox, failure, reload } = useInbox();
  const [tab, setTab] = useState<Tab>('waiting');
  const [isChanging, setChanging] = useState(false);
  // Raised to make the open chat fetch itself again.
  const [news, setNews] = useState(0);
  const { chat: open, isUndelivered } = useOpen();
  const undelivered = useUndelivered(props.me);
  const onInbox = () => {
    reload();
    undelivered?.reload();
  };
  const isLive = useLive(open, { onInbox, onConversation: () => setNews((count) => count + 1) });
  const now = useNow(inbox?.now);
  const shown = inbox?.conversations.filter((item) => isIn(tab, item)) ?? [];
  useTabThatFollows(inbox, open, setTab);
  useTitle(inbox);
  useChatKeys(shown, open);

  if (isChanging) {
    const done = (me: Me) => {
      props.onMe(me);
      setChanging(false);
    };
    return <PasswordForm isForced={false} onDone={done} onCancel={() => setChanging(false)} />;
  }
  return (
    <div class={`desk ${open === undefined && !isUndelivered ? '' : 'has-chat'}`}>
      <Header {...props} isLive={isLive} onChangePassword={() => setChanging(true)} />
      <nav class="list-pane" aria-label={texts.inbox}>
        {failure !== undefined && !inbox && (
          <p class="failure" role="alert">
            {explain(failure)}
          </p>
        )}
        {inbox && <InboxList {...{ inbox, shown, tab, onTab: setTab, open, now }} />}
        {undelivered && (
          <a class="given-up" href={UNDELIVERED} aria-current={isUndelivered ? 'true' : undefined}>
            {texts.undelivered} <span class="count">{undelivered.list?.effects.length ?? '…'}</span>
          </a>
        )}
      </nav>
      <main class="chat-pane" id="chat" tabIndex={-1}>
        {isUndelivered && undelivered ? (
          <UndeliveredList {...undelivered} me={props.me} />
        ) : open === undefined ? (
          <div class="empty">
            <p>{texts.choose}</p>
            <p class="quiet">{texts.chooseHint}</p>
          </div>
        ) : (
          <ChatView key={open} id={open} me={props.me} news={news} now={now} onChanged={reload} />
        )}
      </main>
    </div>
  );
}

function useInbox() {
  const [inbox, setInbox] = useState<Inbox>();
  const [failure, setFailure] = useState<unknown>();
  const reload = useCallback(() => {
    api.inbox().then((fresh) => {
      setInbox(fresh);
      setFailure(undefined);
    }, setFailure);
  }, []);
  useEffect(reload, [reload]);
  return { inbox, failure, reload };
}

function isIn(tab: Tab, { attention }: InboxItem): boolean {
  if (tab === 'all') return true;
  return tab === 'mine' ? attention.isMine : attention.status === 'waiting' && !attention.isMine;
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

/** How many chats want something of me stands in the browser's tab. */
function useTitle(inbox: Inbox | undefined): void {
  const unanswered = inbox?.conversations.filter(
    (item) => item.attention.isMine && item.last?.direction === 'in',
  );
  const count = (inbox?.counts.waiting ?? 0) + (unanswered?.length ?? 0);
  useEffect(() => {
    document.title = count > 0 ? `(${count}) Loket` : 'Loket';
  }, [count]);
}

/** Alt+Down and Alt+Up open the next and the previous chat of the list. */
function useChatKeys(shown: InboxItem[], open: string | undefined): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
      const at = shown.findIndex((item) => item.id === open);
      const next = event.key === 'ArrowDown' ? shown[at + 1] : shown[Math.max(at - 1, 0)];
      event.preventDefault();
      if (next) location.hash = chatAddress(next.id);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [shown, open]);
}
