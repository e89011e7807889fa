/** What forms share: the card at the door, labelled inputs, and sending once. */
import type { ComponentChildren, TargetedInputEvent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import icon from '../icon.svg';
import { useWords } from './language.tsx';

/** A card in the middle of the screen, with the way to the other language. */
export function Door(props: {
  title: string;
  hint: string;
  onLanguage?: (() => void) | undefined;
  /** Over a page that stays. */
  isOver?: boolean;
  children: ComponentChildren;
}) {
  const { texts } = useWords();
  const Place = props.isOver ? 'div' : 'main';
  return (
    <Place class="door">
      <div class="card">
        <p class="brand">
          <img src={icon} alt="" width="28" height="28" /> Loket
        </p>
        <h1 id="door">{props.title}</h1>
        <p class="quiet">{props.hint}</p>
        {props.children}
      </div>
      {props.onLanguage && (
        <button type="button" class="link" onClick={props.onLanguage}>
          {texts.language}
        </button>
      )}
    </Place>
  );
}

/** One labelled input that must be filled in; `isSecret` hides what is typed, `isDigits` asks phones for their number pad. */
export function Field(props: {
  name: string;
  label: string;
  isSecret?: boolean;
  isDigits?: boolean;
  complete: string;
  value: string;
  onValue: (value: string) => void;
  focus?: boolean;
}) {
  const { focus = false } = props;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focus) input.current?.focus();
  }, [focus]);
  const attributes = {
    ref: input,
    id: props.name,
    name: props.name,
    autoComplete: props.complete,
    required: true,
    maxLength: 200,
    value: props.value,
    onInput: (event: TargetedInputEvent<HTMLInputElement>) => props.onValue(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={props.name}>{props.label}</label>
      {props.isSecret ? (
        <input type="password" {...attributes} />
      ) : (
        <input
          type="text"
          autoCapitalize="none"
          spellcheck={false}
          inputMode={props.isDigits ? 'numeric' : 'text'}
          {...attributes}
        />
      )}
    </div>
  );
}

/** Runs what a form sends: one at a time, keeping what went wrong. */
export function useSending() {
  const [isSending, setSending] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const run = async (work: () => Promise<void>) => {
    if (isSending) return;
    setSending(true);
    setFailure(undefined);
    try {
      await work();
    } catch (caught) {
      setFailure(caught);
    } finally {
      setSending(false);
    }
  };
  return { isSending, failure, run };
}
