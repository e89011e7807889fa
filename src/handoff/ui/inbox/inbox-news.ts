/** The inbox as last fetched: the navigation, the list and the alerts look at the same one. */
import { createContext } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Inbox } from '../../schemas/inbox.ts';
import { inboxApi } from './inbox-api.ts';

export interface InboxNews {
  inbox: Inbox | undefined;
  failure: unknown;
  reload: () => void;
}

export const InboxContext = createContext<InboxNews>({
  inbox: undefined,
  failure: undefined,
  reload: () => {},
});

/** Fetches it, and again whenever `news` rises; nothing for roles that may not see it. */
export function useInboxNews(mayAsk: boolean, news: number): InboxNews {
  const [inbox, setInbox] = useState<Inbox>();
  const [failure, setFailure] = useState<unknown>();
  const reload = useCallback(() => {
    if (!mayAsk) return;
    inboxApi.inbox().then((fresh) => {
      // Answers may overtake each other: an older one is no news.
      setInbox((before) => (before && before.now > fresh.now ? before : fresh));
      setFailure(undefined);
    }, setFailure);
  }, [mayAsk]);
  useEffect(reload, [reload, news]);
  return { inbox, failure, reload };
}
