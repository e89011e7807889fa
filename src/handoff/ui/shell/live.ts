/** Live updates: the server says that something changed, and the screen fetches it. */
import { createContext } from 'preact';
import { useEffect, useState } from 'preact/hooks';

const TOPICS = ['inbox', 'conversation', 'requests', 'notices', 'points', 'outages', 'visits'] as const;
/** What the server tells of. `conversation`: the chat that is open. */
export type Topic = (typeof TOPICS)[number];

export interface News {
  /** Whether the line stands; while it does not, the page looks by itself. */
  isLive: boolean;
  /** Rises with each change of a topic. */
  counts: { [topic in Topic]: number };
  /** Names of colleagues who look at the open chat. */
  viewers: readonly string[];
}

const NONE: News = {
  isLive: false,
  counts: { inbox: 0, conversation: 0, requests: 0, notices: 0, points: 0, outages: 0, visits: 0 },
  viewers: [],
};

/** The news as the whole page shares them. */
export const NewsContext = createContext<News>(NONE);

/** How often to look by oneself while the line is down. */
const POLL_MS = 10_000;
/** After a refusal the browser does not come back by itself. */
const REOPEN_MS = 5_000;
/** News that come together are one look. */
const GATHER_MS = 120;

/** Follows everything, and one chat; begins anew with another chat or session. */
export function useNews(conversation: string | undefined, session: string): News {
  const [news, setNews] = useState(NONE);
  useEffect(() => {
    const rise = createRise(setNews);
    const stop = connect(conversation, {
      rise,
      onLine: (isLive) => setNews((before) => ({ ...before, isLive })),
      onViewers: (viewers) => setNews((before) => ({ ...before, viewers })),
    });
    // A computer that slept missed things.
    const onReturn = () => document.visibilityState === 'visible' && rise(TOPICS);
    const onOnline = () => rise(TOPICS);
    document.addEventListener('visibilitychange', onReturn);
    window.addEventListener('online', onOnline);
    return () => {
      stop();
      rise.stop();
      setNews((before) => ({ ...before, viewers: [] }));
      document.removeEventListener('visibilitychange', onReturn);
      window.removeEventListener('online', onOnline);
    };
  }, [conversation, session]);
  return news;
}

interface Rise {
  (topics: readonly Topic[]): void;
  stop(): void;
}

function createRise(setNews: (change: (before: News) => News) => void): Rise {
  const gathered = new Set<Topic>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = () => {
    timer = undefined;
    const risen = [...gathered];
    gathered.clear();
    setNews((before) => {
      const counts = { ...before.counts };
      for (const topic of risen) counts[topic] += 1;
      return { ...before, counts };
    });
  };
  const rise = (topics: readonly Topic[]) => {
    for (const topic of topics) gathered.add(topic);
    timer ??= setTimeout(tell, GATHER_MS);
  };
  return Object.assign(rise, { stop: () => clearTimeout(timer) });
}

function connect(
  conversation: string | undefined,
  on: { rise: Rise; onLine: (isLive: boolean) => void; onViewers: (names: readonly string[]) => void },
): () => void {
  const query = conversation === undefined ? '' : `?conversation=${encodeURIComponent(conversation)}`;
  let source: EventSource | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  let wasDown = false;
  const polling = setInterval(() => {
    if (source?.readyState !== EventSource.OPEN) on.rise(TOPICS);
  }, POLL_MS);

  const open = () => {
    source = new EventSource(`/api/events${query}`);
    source.addEventListener('open', () => {
      on.onLine(true);
      // The first time everything has just been fetched: only the chat may have changed since.
      on.rise(wasDown ? TOPICS : ['inbox', 'conversation']);
    });
    for (const topic of TOPICS) source.addEventListener(topic, () => on.rise([topic]));
    source.addEventListener('viewers', ({ data }) => on.onViewers(readNames(data)));
    source.addEventListener('error', () => {
      wasDown = true;
      on.onLine(false);
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

function readNames(data: unknown): readonly string[] {
  try {
    const names: unknown = JSON.parse(String(data));
    return Array.isArray(names) ? names.map(String) : [];
  } catch {
    return [];
  }
}
