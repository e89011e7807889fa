import { useEffect, useState } from 'preact/hooks';
import type { ConversationView } from '../../schemas/inbox.ts';
import { ApiFailure, api } from '../shell/api.ts';
import { useWords } from '../shell/language.tsx';
import { REASONS } from '../texts.ts';

/** How long "are you sure" stays. */
const SURE_MS = 4_000;

/** The chat's head: what it is about, who has it, and taking, releasing, handing back. */
export function ChatActions(props: {
  chat: ConversationView;
  act: (work: () => Promise<ConversationView | undefined>) => Promise<void>;
}) {
  const { texts, language, explain } = useWords();
  const { chat } = props;
  const { attention } = chat;
  const [isBusy, setBusy] = useState(false);
  const [isSure, setSure] = useState(false);
  useEffect(() => {
    if (!isSure) return;
    const timer = setTimeout(() => setSure(false), SURE_MS);
    return () => clearTimeout(timer);
  }, [isSure]);

  const run = async (work: () => Promise<ConversationView | undefined>) => {
    setBusy(true);
    // What went wrong is shown by the chat.
    await props.act(work).catch(() => {});
    setBusy(false);
    setSure(false);
  };
  const resolve = () => run(() => api.resolve(chat.id).then(() => undefined));

  return (
    <div class="chat-head">
      <a class="back" href="#/" aria-label={texts.back}>
        ‹
      </a>
      <div class="grow">
        <h1>{chat.title ?? texts.noService}</h1>
        <p class="quiet">
          {chat.channel === 'sms' ? 'SMS' : 'WhatsApp'} · {REASONS[language][attention.reason]}
          {attention.operator && ` · ${attention.isMine ? texts.you : attention.operator.name}`}
        </p>
      </div>
      {attention.isMine ? (
        <div class="row">
          <button
            type="button"
            class="button"
            disabled={isBusy}
            title={texts.releaseHint}
            onClick={() => run(() => api.release(chat.id).then(() => api.conversation(chat.id)))}
          >
            {texts.release}
          </button>
          <button
            type="button"
            class={`button ${isSure ? 'sure' : ''}`}
            disabled={isBusy}
            title={texts.resolveHint}
            onClick={() => (isSure ? resolve() : setSure(true))}
          >
            {isSure ? texts.resolveSure : texts.resolve}
          </button>
        </div>
      ) : attention.status === 'waiting' ? (
        <button
          type="button"
          class="button primary"
          disabled={isBusy}
          onClick={() => run(() => api.claim(chat.id))}
        >
          {texts.claim}
        </button>
      ) : (
        <p class="held">{explain(new ApiFailure('TAKEN', attention.operator?.name))}</p>
      )}
    </div>
  );
}
