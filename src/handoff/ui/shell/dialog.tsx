/** What opens over the page and takes the keyboard until it is closed. */
import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useKeys } from './keys.ts';
import { useWords } from './language.tsx';

const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select, textarea, iframe, [tabindex="0"], summary';

/**
 * Keeps the focus inside `box` while it is mounted, and gives it back afterwards. Escape calls `onClose`; without one
 * there is no way out but through. What carries `data-focus` has the focus first.
 */
export function useModal(box: RefObject<HTMLElement | null>, onClose?: () => void): void {
  useKeys(onClose ? [{ keys: 'Escape', words: '', run: onClose }] : [], true);
  useEffect(() => {
    const before = document.activeElement;
    const first = box.current?.querySelector<HTMLElement>('[data-focus]') ?? box.current;
    first?.focus();
    const onTab = (event: KeyboardEvent) => {
      if (event.key === 'Tab') turnAround(event, box.current);
    };
    document.addEventListener('keydown', onTab);
    return () => {
      document.removeEventListener('keydown', onTab);
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [box]);
}

/** From the last to the first, and back; from outside to the inside. */
function turnAround(event: KeyboardEvent, box: HTMLElement | null): void {
  if (!box) return;
  const all = [...box.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((each) => each.offsetParent !== null);
  const from = document.activeElement;
  const isAtEdge = from === (event.shiftKey ? all[0] : all.at(-1)) || from === box;
  if (box.contains(from) && !(isAtEdge && (event.shiftKey || from !== box))) return;
  event.preventDefault();
  (event.shiftKey ? all.at(-1) : all[0])?.focus();
}

/** A box in the middle of the page, with a title and a way to close it. */
export function Dialog(props: { title: string; onClose: () => void; children: ComponentChildren }) {
  const { texts } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const title = useId();
  useModal(box, props.onClose);
  return (
    <div class="over">
      <div class="dialog" role="dialog" aria-modal="true" aria-labelledby={title} tabIndex={-1} ref={box}>
        <div class="dialog-head">
          <h2 id={title}>{props.title}</h2>
          <button type="button" class="icon-button" aria-label={texts.close} onClick={props.onClose}>
            ✕
          </button>
        </div>
        {props.children}
      </div>
    </div>
  );
}
