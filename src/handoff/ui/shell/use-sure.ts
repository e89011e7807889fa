import { useEffect, useState } from 'preact/hooks';

/** How long "are you sure" stays. */
const SURE_MS = 4_000;

/** For what is not done by one slip: the first press asks, a second one soon after does it. */
export function useSure(run: () => void): { isSure: boolean; press: () => void } {
  const [isSure, setSure] = useState(false);
  useEffect(() => {
    if (!isSure) return;
    const timer = setTimeout(() => setSure(false), SURE_MS);
    return () => clearTimeout(timer);
  }, [isSure]);
  const press = () => {
    setSure(!isSure);
    if (isSure) run();
  };
  return { isSure, press };
}
