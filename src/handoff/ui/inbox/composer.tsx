/** Writing to the citizen, or a note for colleagues. The draft outlives the page, a lost line and a lost claim. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Me } from '../../schemas/accounts.ts';
import type { ConversationView } from '../../schemas/inbox.ts';
import { useKeys } from '../shell/keys.ts';
import { useTexts } from '../shell/language.tsx';
import { ComposerField } from './composer-field.tsx';
import { createActId, EMPTY, isEmpty, loadDraft, type Mode, saveDraft } from './drafts.ts';
import type { ChatCalls } from './inbox-api.ts';
import { TemplateForm } from './template-form.tsx';
import { TEXTS } from './texts.ts';
import type { Chat } from './use-chat.ts';
import { useDrop } from './use-drop.ts';
import { useUploads } from './use-uploads.ts';
import { WindowLine } from './window-line.tsx';

export function Composer(props: {
  chat: ConversationView;
  me: Me;
  now: number;
  calls: ChatCalls;
  act: Chat['act'];
}) {
  const texts = useTexts(TEXTS);
  const { chat, me, now, calls, act } = props;
  const { isMine } = chat.attention;
  const [draft, setDraft] = useState(() => loadDraft(chat.id));
  const [isSending, setSending] = useState(false);
  const [asSms, setAsSms] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  // A claim that is lost while one types takes neither the field nor the focus away.
  const wasMine = useRef(isMine);
  wasMine.current ||= isMine;
  useEffect(() => saveDraft(chat.id, draft), [chat.id, draft]);
  const uploads = useUploads(calls, (file) => setDraft((now) => ({ ...now, files: [...now.files, file] })));

  const { mode } = draft;
  const isOver = chat.windowClosesAt !== null && chat.windowClosesAt <= now;
  const isShut = mode === 'reply' && isOver && !asSms;
  const mayAttach = isMine && mode === 'reply' && !isOver && (chat.capabilities?.mediaOut ?? false);
  const turnTo = (next: Mode) => {
    setDraft((before) => ({ ...before, mode: next }));
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>('#reply, select')?.focus());
  };
  useDrop(box, mayAttach, uploads.add);
  useKeys([
    { keys: 'r', words: texts.reply, run: () => turnTo('reply') },
    { keys: 'n', words: texts.note, run: () => turnTo('note') },
  ]);

  const send = async () => {
    const text = draft.text.trim();
    const files = mode === 'reply' ? draft.files.map(({ file }) => file) : [];
    const content = JSON.stringify([mode, text, files, asSms]);
    const id = createActId(draft.tried, content);
    setDraft({ ...draft, tried: { id, content } });
    setSending(true);
    const reply = { id, files, ...(text === '' ? {} : { text }), ...(asSms ? { as: 'sms' as const } : {}) };
    const failure = await act(() => (mode === 'note' ? calls.note({ id, text }) : calls.reply(reply)));
    setSending(false);
    // The chat says what went wrong; the draft stays, with the id of this attempt.
    if (failure !== undefined) return;
    const left = mode === 'note' ? { ...EMPTY, files: draft.files } : EMPTY;
    // Who has turned to a note meanwhile stays there.
    setDraft((now) => ({ ...left, mode: now.mode === mode ? left.mode : now.mode }));
    // Also when another chat has been opened meanwhile.
    saveDraft(chat.id, left);
  };

  const checklist = async (service: string) => {
    const file = await calls.checklist(service);
    setDraft((now) => ({ ...now, files: [...now.files, file] }));
  };
  const hasField = mode === 'note' || isMine || wasMine.current || !isEmpty(draft);
  return (
    <div class={`composer ${mode}`} ref={box}>
      <div class="composer-top">
        <Modes mode={mode} hasTemplates={chat.channel === 'whatsapp' && isMine} onMode={turnTo} />
        {isMine && <WindowLine {...{ chat, now, asSms, mode }} onSms={setAsSms} />}
      </div>
      <Hint chat={chat} mode={mode} hasDraft={!isEmpty(draft)} />
      {mode === 'template' && isMine ? (
        <TemplateForm {...{ chat, me, calls, act }} onDone={() => turnTo('reply')} />
      ) : (
        hasField && (
          <ComposerField
            {...{ chat, me, draft, setDraft, uploads, mayAttach, isSending, isShut, send, checklist }}
            isSms={mode === 'reply' && (asSms || chat.capabilities?.textForm === 'sms')}
            maySend={mode === 'note' || (isMine && !isShut)}
          />
        )
      )}
    </div>
  );
}

function Modes(props: { mode: Mode; hasTemplates: boolean; onMode: (mode: Mode) => void }) {
  const texts = useTexts(TEXTS);
  const labels = { reply: texts.modeReply, note: texts.modeNote, template: texts.modeTemplate };
  const modes: readonly Mode[] = props.hasTemplates ? ['reply', 'note', 'template'] : ['reply', 'note'];
  return (
    <div class="modes">
      {modes.map((mode) => (
        <button
          key={mode}
          type="button"
          aria-pressed={mode === props.mode}
          onClick={() => props.onMode(mode)}
        >
          {labels[mode]}
        </button>
      ))}
    </div>
  );
}

/** Why one cannot send, or that a note goes to nobody. */
function Hint({ chat, mode, hasDraft }: { chat: ConversationView; mode: Mode; hasDraft: boolean }) {
  const texts = useTexts(TEXTS);
  const { isMine, status, operator } = chat.attention;
  if (mode === 'note') return <p class="composer-note">{texts.noteHint}</p>;
  if (isMine) return null;
  const held = status === 'claimed' ? texts.heldBy.replace('{by}', operator?.name ?? '') : undefined;
  const words = hasDraft ? texts.lost : status === 'bot' ? texts.withBot : texts.claimHint;
  return <p class="composer-note">{held && !hasDraft ? held : [held, words].filter(Boolean).join('. ')}</p>;
}
