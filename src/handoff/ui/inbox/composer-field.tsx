/** The field itself, what goes with it, and the ways to send. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Me } from '../../schemas/accounts.ts';
import type { ConversationView } from '../../schemas/inbox.ts';
import { useKeys } from '../shell/keys.ts';
import { useTexts } from '../shell/language.tsx';
import { Attachments } from './attachments.tsx';
import { type CannedReply, factsOf, fillReply, findPlace, findReplies } from './canned.ts';
import { CannedList } from './canned-list.tsx';
import { ChecklistButton } from './checklist-button.tsx';
import type { Draft } from './drafts.ts';
import { SmsCount } from './sms-count.tsx';
import { TEXTS } from './texts.ts';
import type { Uploads } from './use-uploads.ts';

/** The server's longest reply, and note. */
const MAX_LENGTH = { reply: 4000, note: 2000, template: 4000 } as const;
const FILES = 'image/jpeg,image/png,image/heic,application/pdf,.heic';

export function ComposerField(props: {
  chat: ConversationView;
  me: Me;
  draft: Draft;
  setDraft: (change: Draft | ((before: Draft) => Draft)) => void;
  uploads: Uploads;
  mayAttach: boolean;
  isSending: boolean;
  /** Free words are not taken any more. */
  isShut: boolean;
  isSms: boolean;
  maySend: boolean;
  send: () => Promise<void>;
  /** Attaches the checklist of a service. */
  checklist: (service: string) => Promise<void>;
}) {
  const texts = useTexts(TEXTS);
  const { draft, setDraft, uploads, isSending, maySend } = props;
  const input = useRef<HTMLTextAreaElement>(null);
  const select = useSelection(input, draft.text);
  const canned = useCanned(props, input, select);
  useLayoutEffect(() => fitHeight(input.current), [draft.text]);
  const isNote = draft.mode === 'note';
  const hasContent = draft.text.trim() !== '' || (!isNote && draft.files.length > 0);
  const canSend = maySend && hasContent && !isSending && uploads.list.length === 0;

  const submit = async () => {
    if (!canSend) return;
    const place = isNote ? undefined : findPlace(draft.text);
    // `{nama}` is not for the citizen's eyes.
    if (place) return input.current?.setSelectionRange(place.from, place.to);
    await props.send();
    // From the button back to the field; whoever went elsewhere stays there.
    if (input.current?.form?.contains(document.activeElement)) input.current.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || canned.onKeyDown(event)) return;
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    submit();
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = event.clipboardData?.files;
    if (!props.mayAttach || !files?.length) return;
    event.preventDefault();
    uploads.add(files);
  };
  const detach = (file: string) =>
    setDraft((now) => ({ ...now, files: now.files.filter((each) => each.file !== file) }));

  return (
    <form
      class="composer-field"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {!isNote && <Attachments files={draft.files} uploads={uploads} onDetach={detach} />}
      {canned.isOpen && <CannedList {...canned} />}
      <label class="hidden" for="reply">
        {isNote ? texts.note : texts.reply}
      </label>
      <textarea
        id="reply"
        ref={input}
        rows={1}
        maxLength={MAX_LENGTH[draft.mode]}
        title={texts.newLine}
        placeholder={isNote ? texts.noteHint : texts.replyHint}
        value={draft.text}
        readOnly={isSending || props.isShut}
        aria-controls={canned.isOpen ? 'canned' : undefined}
        aria-activedescendant={canned.isOpen ? `canned-${canned.at}` : undefined}
        onInput={({ currentTarget: { value } }) => setDraft((now) => ({ ...now, text: value }))}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      <div class="composer-tools">
        {props.mayAttach && <AttachButton onFiles={uploads.add} />}
        {props.mayAttach && (
          <ChecklistButton services={props.me.office.services} onChoose={props.checklist} />
        )}
        {!isNote && canned.hasAny && (
          <button type="button" class="link" aria-expanded={canned.isOpen} onClick={canned.toggle}>
            {texts.canned}
          </button>
        )}
        <span class="grow" />
        {props.isSms ? (
          <SmsCount text={draft.text} />
        ) : (
          draft.text.length > MAX_LENGTH[draft.mode] * 0.8 && (
            <span class="counter">
              {draft.text.length} / {MAX_LENGTH[draft.mode]}
            </span>
          )
        )}
        {/* Not `disabled` while it sends: that would throw the focus away. */}
        <button
          type="submit"
          class="button primary"
          disabled={!canSend && !isSending}
          aria-disabled={isSending}
        >
          {isSending ? texts.sending : isNote ? texts.saveNote : props.isSms ? texts.sendSms : texts.send}
        </button>
      </div>
    </form>
  );
}

function AttachButton({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
  const texts = useTexts(TEXTS);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="link" onClick={() => input.current?.click()}>
        {texts.attach}
      </button>
      <input
        ref={input}
        type="file"
        class="hidden"
        tabIndex={-1}
        aria-label={texts.attach}
        accept={FILES}
        multiple
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          currentTarget.value = '';
        }}
      />
    </>
  );
}

type Field = { current: HTMLTextAreaElement | null };
type Range = { from: number; to: number };

/** Selects a part of the text once the text is there. */
function useSelection(input: Field, text: string): (range: Range) => void {
  const [range, setRange] = useState<Range>();
  useEffect(() => {
    if (!range) return;
    input.current?.focus();
    input.current?.setSelectionRange(range.from, range.to);
    setRange(undefined);
  }, [range, text]);
  return setRange;
}

/** The list of canned replies: opened by a `/` in the empty field, or by its button. */
function useCanned(
  { chat, me, draft, setDraft }: Parameters<typeof ComposerField>[0],
  input: Field,
  select: (range: Range) => void,
) {
  const [isWanted, setWanted] = useState(false);
  const [isClosed, setClosed] = useState(false);
  const [at, setAt] = useState(0);
  const isCommand = draft.text.startsWith('/');
  const found = findReplies(me.office.replies, isCommand ? draft.text.slice(1) : '');
  const hasAny = me.office.replies.length > 0;
  const isOpen = hasAny && draft.mode === 'reply' && (isWanted || (isCommand && !isClosed));
  useEffect(() => {
    if (!isCommand) setClosed(false);
  }, [isCommand]);
  useEffect(() => setAt(0), [draft.text]);
  const close = () => {
    setWanted(false);
    setClosed(true);
    input.current?.focus();
  };
  useKeys(isOpen ? [{ keys: 'Escape', words: '', run: close }] : []);
  const choose = (reply: CannedReply) => {
    const { text, open } = fillReply(reply.text, factsOf(chat, me));
    const before = isCommand ? '' : draft.text.slice(0, input.current?.selectionStart ?? draft.text.length);
    const after = isCommand ? '' : draft.text.slice(before.length);
    setDraft({ ...draft, text: before + text + after });
    close();
    select({ from: before.length + open.from, to: before.length + open.to });
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!isOpen) return false;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const chosen = found[at];
    if (step !== 0) setAt((now) => Math.min(found.length - 1, Math.max(0, now + step)));
    else if (event.key === 'Enter' && chosen) choose(chosen);
    else return false;
    event.preventDefault();
    return true;
  };
  const toggle = () => {
    if (isOpen) return close();
    setWanted(true);
    input.current?.focus();
  };
  return { isOpen, hasAny, found, at, choose, onKeyDown, toggle };
}

function fitHeight(area: HTMLTextAreaElement | null): void {
  if (!area) return;
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight + 2}px`;
}
