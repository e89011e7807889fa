/** How many requests are past their time, for the navigation. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Requests } from '../../schemas/requests.ts';
import { ask } from './api.ts';

/** Requests change often, their due times seldom. */
const AT_MOST_EVERY_MS = 20_000;

/** `news` rises when a request may have changed. 0 where they are not for this role. */
export function useLateRequests(mayAsk: boolean, news: number): number {
  const [late, setLate] = useState(0);
  const askedAt = useRef(0);
  useEffect(() => {
    if (!mayAsk) return;
    const look = () => {
      askedAt.current = Date.now();
      // Counts come with every list: this is the shortest. Without an answer the last count stands.
      ask<Requests>('GET', '/requests?states=draft').then(
        ({ counts }) => setLate(counts.reduce((sum, each) => sum + each.late, 0)),
        () => {},
      );
    };
    const timer = setTimeout(look, Math.max(0, askedAt.current + AT_MOST_EVERY_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [mayAsk, news]);
  return late;
}
