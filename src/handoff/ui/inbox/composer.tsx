import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConversationView } from '../../schemas/inbox.ts';
import { useWords } from '../shell/language.tsx';
import { createReplyId, loadDraft, saveDraft } from './drafts.ts';

/** The server's longest reply. */
const MAX_LENGTH = 4000;

/** Writing to the citizen; the draft outlives the page, a lost line and a closed chat. */
export function Composer(props: {
  chat: ConversationView;
  send: (reply: { id: string; text: string }) => Promise<void>;
}) {
  const { texts } = useWords();
  const { chat } = props;
  const { isMine } = chat.attention;
  const [draft, setDraft] = useState(() => loadDraft(chat.id));
  const [isSending, setSending] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => saveDraft(chat.id, draft), [chat.id, draft]);
  useEffect(() => {
    if (isMine) input.current?.focus({ preventScroll: true });
  }, [isMine]);
  useEffect(() => fitHeight(input.current), [draft.text, isMine]);

  const submit = async () => {
    const text = draft.text.trim();
    if (text === '' || isSending) return;
    const id = createReplyId(draft, text);
    setDraft({ ...draft, tried: { id, text } });
    setSending(true);
    try {
      await props.send({ id, text });
      setDraft({ text: '' });
    } catch {
      // The chat says what went wrong; the draft stays, with the id of this attempt.
    }
    setSending(false);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  };

  if (!isMine) return <p class="composer-note quiet">{texts.claimHint}</p>;
  const isSms = chat.capabilities?.textForm === 'sms';
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label class="hidden" for="reply">
        {texts.reply}
      </label>
      <textarea
        id="reply"
        ref={input}
        rows={1}
        maxLength={MAX_LENGTH}
        placeholder={isSms ? texts.replySms : texts.replyHint}
        value={draft.text}
        readOnly={isSending}
        onInput={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
        onKeyDown={onKeyDown}
      />
      <button type="submit" class="button primary" disabled={isSending || draft.text.trim() === ''}>
        {isSending ? texts.sending : texts.send}
      </button>
      {(isSms || draft.text.length > MAX_LENGTH * 0.8) && (
        <span class="counter">
          {draft.text.length} / {isSms ? chat.capabilities?.textLimit : MAX_LENGTH}
        </span>
      )}
    </form>
  );
}

function fitHeight(area: HTMLTextAreaElement | null): void {
  if (!area) return;
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight + 2}px`;
}
