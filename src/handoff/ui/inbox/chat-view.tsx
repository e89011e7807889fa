/** One chat: what was said, what is known, and what the operator does about it. */
import { useContext, useRef } from 'preact/hooks';
import type { Me } from '../../schemas/accounts.ts';
import { useKeys } from '../shell/keys.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { NewsContext } from '../shell/live.ts';
import { Missing } from '../shell/missing.tsx';
import { can } from '../shell/view.ts';
import { CasePanel } from './case-panel.tsx';
import { ChatHead } from './chat-head.tsx';
import { Composer } from './composer.tsx';
import { useHeartbeat } from './heartbeat.ts';
import { MaskLine } from './mask-line.tsx';
import { TEXTS } from './texts.ts';
import { Transcript } from './transcript.tsx';
import { useChat } from './use-chat.ts';
import './chat.css';

export function ChatView(props: { id: string; me: Me; now: number; onChanged: () => void }) {
  const { explain, texts: common } = useWords();
  const texts = useTexts(TEXTS);
  const { me, now } = props;
  const viewers = useContext(NewsContext).viewers;
  const { chat, failure, calls, setReveal, act, reload } = useChat(props.id, props.onChanged);
  const box = useRef<HTMLElement>(null);
  const mayAnswer = can(me, 'answer');
  useHeartbeat(chat?.attention.isMine ?? false, () => act(calls.renew, true));
  useKeys([{ keys: 'Escape', words: texts.backToList, run: () => leave(box.current), when: isHere }]);

  if (!chat) {
    const words = { loading: common.loading, gone: texts.gone, back: common.back };
    return <Missing {...{ failure, words }} href="#/inbox" onRetry={reload} />;
  }
  return (
    <article class="chat" ref={box} aria-label={chat.title ?? texts.noService}>
      <ChatHead {...{ chat, me, calls, act }} />
      <div class="chat-news">
        <MaskLine {...{ chat, mayAnswer, setReveal }} />
        {viewers.length > 0 && (
          <p class="viewers" role="status">
            {texts.viewersOne.replace('{names}', viewers.join(', '))}
          </p>
        )}
        {failure !== undefined && (
          <p class="failure" role="alert">
            {explain(failure)}
          </p>
        )}
      </div>
      <Transcript chat={chat} me={me} />
      {mayAnswer && <Composer {...{ chat, me, now, calls, act }} />}
      <CasePanel {...{ chat, me, now, calls, act }} />
    </article>
  );
}

/** Escape first leaves the field, then the chat. */
function leave(chat: HTMLElement | null): void {
  const { activeElement } = document;
  const isInField = activeElement instanceof HTMLTextAreaElement || activeElement instanceof HTMLInputElement;
  if (isInField) chat?.querySelector<HTMLElement>('.transcript')?.focus();
  else {
    location.hash = '#/inbox';
    document.getElementById('main')?.focus();
  }
}

/** The list and the header have their own Escape. */
function isHere(): boolean {
  const { activeElement } = document;
  return !activeElement?.closest('.list-pane, .bar, .rail');
}
