/** Live updates: the server says that something changed, and the screen fetches it. */
import { useEffect, useRef, useState } from 'preact/hooks';

/** How often to look by oneself while the line is down. */
const POLL_MS = 10_000;
/** After a refusal the browser does not come back by itself. */
const REOPEN_MS = 5_000;
/** News that come together are one look. */
const GATHER_MS = 120;

export interface Listeners {
  onInbox(): void;
  onConversation(): void;
}

/** Follows the inbox and one chat; answers whether the line stands. */
export function useLive(conversation: string | undefined, listeners: Listeners): boolean {
  const [isLive, setLive] = useState(false);
  const latest = useRef(listeners);
  latest.current = listeners;

  useEffect(() => {
    const inbox = gather(() => latest.current.onInbox());
    const chat = gather(() => latest.current.onConversation());
    const both = () => {
      inbox();
      chat();
    };
    const stop = connect(conversation, { inbox, chat, both, setLive });
    // A computer that slept missed things.
    const onReturn = () => document.visibilityState === 'visible' && both();
    document.addEventListener('visibilitychange', onReturn);
    window.addEventListener('online', both);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', onReturn);
      window.removeEventListener('online', both);
    };
  }, [conversation]);
  return isLive;
}

interface Line {
  inbox(): void;
  chat(): void;
  both(): void;
  setLive(isLive: boolean): void;
}

function connect(conversation: string | undefined, line: Line): () => void {
  const query = conversation === undefined ? '' : `?conversation=${encodeURIComponent(conversation)}`;
  let source: EventSource | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  const polling = setInterval(() => {
    if (source?.readyState !== EventSource.OPEN) line.both();
  }, POLL_MS);

  const open = () => {
    source = new EventSource(`/api/events${query}`);
    source.addEventListener('open', () => {
      line.setLive(true);
      line.both();
    });
    source.addEventListener('inbox', line.inbox);
    source.addEventListener('conversation', line.chat);
    source.addEventListener('error', () => {
      line.setLive(false);
      if (source?.readyState === EventSource.CLOSED) reopening = setTimeout(open, REOPEN_MS);
    });
  };
  open();
  return () => {
    source?.close();
    clearInterval(polling);
    clearTimeout(reopening);
  };
}

function gather(act: () => void): () => void {
  let _timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    _timer ??= setTimeout(() => {
      _timer = undefined;
      act();
    }, GATHER_MS);
  };
}
