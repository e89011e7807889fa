/** What is open: it stands in the address after `#`, which never reaches a server's log. */
import { useEffect, useState } from 'preact/hooks';

/** `#/requests/KL-1` is `{ name: 'requests', rest: 'KL-1' }`; `#/` has the name ''. */
export interface Route {
  name: string;
  rest: string;
}

/** The address of a chat on this page. */
export function chatAddress(id: string): string {
  return `#/chat/${encodeURIComponent(id)}`;
}

/** The address of a request on this page. */
export function requestAddress(number: string): string {
  return `#/requests/${encodeURIComponent(number)}`;
}

/** Where an operator answers in a citizen's place. */
export function counterAddress(conversation: string): string {
  return `#/counter/${encodeURIComponent(conversation)}`;
}

/** What the address says now. */
export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const onChange = () => setHash(location.hash);
    window.addEventListener('hashchange', onChange);
    return () => window.removeEventListener('hashchange', onChange);
  }, []);
  return parseAddress(hash);
}

/** Takes an address apart; what cannot be decoded is nothing. */
function parseAddress(hash: string): Route {
  const [, name = '', rest = ''] = /^#\/([^/]*)\/?(.*)$/.exec(hash) ?? [];
  try {
    return { name, rest: decodeURIComponent(rest) };
  } catch {
    return { name, rest: '' };
  }
}
