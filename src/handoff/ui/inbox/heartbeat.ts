/** Keeps a claim alive while the operator is really there. */
import { useEffect, useRef } from 'preact/hooks';

/** The lease is 5 minutes: two beats may get lost. */
const BEAT_MS = 100_000;
/** An operator who touched nothing for so long has gone for lunch. */
const IDLE_MS = 8 * 60_000;
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'scroll'] as const;

/** Calls `beat` from time to time while `isOn`, the page is visible and somebody moves. */
export function useHeartbeat(isOn: boolean, beat: () => void): void {
  const latest = useRef(beat);
  latest.current = beat;
  useEffect(() => {
    if (!isOn) return;
    let seenAt = Date.now();
    const onSign = () => {
      seenAt = Date.now();
    };
    for (const sign of SIGNS) document.addEventListener(sign, onSign, { passive: true, capture: true });
    const timer = setInterval(() => {
      const isThere = document.visibilityState === 'visible' && Date.now() - seenAt < IDLE_MS;
      if (isThere) latest.current();
    }, BEAT_MS);
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS) document.removeEventListener(sign, onSign, { capture: true });
    };
  }, [isOn]);
}
