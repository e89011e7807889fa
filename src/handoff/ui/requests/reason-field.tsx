import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useTexts } from '../shell/language.tsx';
import { REQUEST_TEXTS } from './texts.ts';

/** A reason that the citizen reads: one of the common ones, changed as needed. Enter sends, Escape leaves. */
export function ReasonField(props: {
  common: readonly string[];
  text: string;
  maxLength: number;
  onText: (text: string) => void;
  onSend: () => void;
  onCancel: () => void;
  /** What sends it: right below the field, so that the list never pushes it off the screen. */
  children: ComponentChildren;
}) {
  const texts = useTexts(REQUEST_TEXTS);
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      props.onCancel();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      props.onSend();
    }
  };
  const choose = (reason: string) => {
    props.onText(reason);
    area.current?.focus();
  };
  return (
    <div class="reason">
      <label for={id}>{texts.reasonForCitizen}</label>
      <textarea
        id={id}
        ref={area}
        rows={3}
        maxLength={props.maxLength}
        value={props.text}
        onInput={(event) => props.onText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {props.children}
      <ul class="common-reasons" aria-label={texts.commonReasons}>
        {props.common.map((reason) => (
          <li key={reason}>
            <button type="button" onClick={() => choose(reason)}>
              {reason}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
