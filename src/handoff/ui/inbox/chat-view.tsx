/** One chat: what was said, what is known, and what the operator does about it. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Me } from '../../schemas/accounts.ts';
import type { ConversationView } from '../../schemas/inbox.ts';
import { ApiFailure, api } from '../shell/api.ts';
import { useWords } from '../shell/language.tsx';
import { CasePanel } from './case-panel.tsx';
import { ChatActions } from './chat-actions.tsx';
import { Composer } from './composer.tsx';
import { useHeartbeat } from './heartbeat.ts';
import { Transcript } from './transcript.tsx';

/** `news` rises when the server says that this chat changed. */
export function ChatView(props: { id: string; me: Me; news: number; now: number; onChanged: () => void }) {
  const { texts, explain } = useWords();
  const { chat, failure, setFailure, show, reload } = useChat(props.id, props.news);
  const act = async (work: () => Promise<ConversationView | undefined>) => {
    try {
      setFailure(undefined);
      show(await work());
    } catch (caught) {
      setFailure(caught);
      reload(true);
      throw caught;
    } finally {
      props.onChanged();
    }
  };
  const isMine = chat?.attention.isMine ?? false;
  useHeartbeat(isMine, () => act(() => api.claim(props.id)));

  if (!chat) {
    const isGone = failure instanceof ApiFailure && failure.code === 'NOT_FOUND';
    if (failure === undefined) return <p class="empty quiet">{texts.loading}</p>;
    return (
      <div class="empty" role="alert">
        <p>{isGone ? texts.gone : explain(failure)}</p>
        <a href="#/">{texts.back}</a>
      </div>
    );
  }
  return (
    <article class="chat">
      <ChatActions chat={chat} act={act} />
      {failure !== undefined && (
        <p class="failure" role="alert">
          {explain(failure)}
        </p>
      )}
      <Transcript chat={chat} me={props.me} />
      <Composer chat={chat} send={(reply) => act(() => api.reply(chat.id, reply))} />
      <CasePanel chat={chat} me={props.me} now={props.now} />
    </article>
  );
}

/** The chat as last fetched; answers that arrive out of order are dropped. */
function useChat(id: string, news: number) {
  const [chat, setChat] = useState<ConversationView>();
  const [failure, setFailure] = useState<unknown>();
  const asked = useRef(0);
  const show = useCallback((fresh: ConversationView | undefined) => {
    asked.current += 1;
    setChat(fresh);
    if (!fresh) setFailure(new ApiFailure('NOT_FOUND'));
  }, []);
  /** `keep`: what went wrong before stays on the screen. */
  const reload = useCallback(
    (keep = false) => {
      asked.current += 1;
      const mine = asked.current;
      const isLatest = () => mine === asked.current;
      api.conversation(id).then(
        (fresh) => {
          if (!isLatest()) return;
          setChat(fresh);
          if (!keep) setFailure(undefined);
        },
        (caught) => {
          if (!isLatest()) return;
          if (caught instanceof ApiFailure && caught.code === 'NOT_FOUND') setChat(undefined);
          if (!keep) setFailure(caught);
        },
      );
    },
    [id],
  );
  useEffect(() => reload(), [reload, news]);
  return { chat, failure, setFailure, show, reload };
}
