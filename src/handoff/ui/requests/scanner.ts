/** A USB scanner types like a keyboard, only faster than anybody, and ends with Enter. */
import { useEffect, useRef } from 'preact/hooks';

/** A scanner's next character comes sooner, a person's later. */
const SCAN_GAP_MS = 35;
const SHORTEST_SCAN = 6;
/** From here on it is a scan: a person's two quick keys are let through. */
const SURELY = 2;

/**
 * Calls `onScan` with what was scanned while no field had the focus; fields take it by themselves. `guard` makes of an act of
 * a single key one that waits whether a scan follows: a number that begins with `a` must not accept anything.
 */
export function useScanner(onScan: (text: string) => void) {
  const latest = useRef(onScan);
  latest.current = onScan;
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    let typed = '';
    let before = 0;
    const onKey = (event: KeyboardEvent) => {
      const isFast = !event.repeat && event.timeStamp - before < SCAN_GAP_MS;
      before = event.timeStamp;
      if (!isFast) typed = '';
      if (event.ctrlKey || event.altKey || event.metaKey || (typed === '' && isField(event.target))) return;
      if (isFast) clearTimeout(waiting.current);
      if (event.key === 'Enter' && typed.length >= SHORTEST_SCAN) {
        swallow(event);
        latest.current(typed);
        typed = '';
      } else if (event.key.length === 1) {
        if (typed.length >= SURELY) swallow(event);
        typed += event.key;
      }
    };
    // On the window: before the keys of the page.
    window.addEventListener('keydown', onKey, { capture: true });
    return () => {
      clearTimeout(waiting.current);
      window.removeEventListener('keydown', onKey, { capture: true });
    };
  }, []);
  const guard = (act: () => void) => () => {
    clearTimeout(waiting.current);
    waiting.current = setTimeout(act, SCAN_GAP_MS);
  };
  return { guard };
}

function swallow(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function isField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'file'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
