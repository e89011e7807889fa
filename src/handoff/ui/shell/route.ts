/** What is open: it stands in the address after `#`, which never reaches a server's log. */
import { useEffect, useState } from 'preact/hooks';

const PATTERN = /^#\/chat\/(.+)$/;

/** The address of what was given up. */
export const UNDELIVERED = '#/undelivered';

/** The address of a chat on this page. */
export function chatAddress(id: string): string {
  return `#/chat/${encodeURIComponent(id)}`;
}

/** The id of the open chat, if any, or whether it is the page of what was given up. */
export function useOpen(): { chat: string | undefined; isUndelivered: boolean } {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const onChange = () => setHash(location.hash);
    window.addEventListener('hashchange', onChange);
    return () => window.removeEventListener('hashchange', onChange);
  }, []);
  return { chat: chatOf(hash), isUndelivered: hash === UNDELIVERED };
}

function chatOf(hash: string): string | undefined {
  const id = PATTERN.exec(hash)?.[1];
  try {
    return id === undefined ? undefined : decodeURIComponent(id);
  } catch {
    return undefined;
  }
}
