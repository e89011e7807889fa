/** What was given up, as last fetched: the navigation counts it, its view lists it. */
import { createContext } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Undelivered } from '../../schemas/inbox.ts';
import { inboxApi } from './inbox-api.ts';

export interface UndeliveredNews {
  list: Undelivered | undefined;
  failure: unknown;
  reload: () => void;
}

export const UndeliveredContext = createContext<UndeliveredNews>({
  list: undefined,
  failure: undefined,
  reload: () => {},
});

/** Fetches it, and again whenever `news` rises; nothing for roles that may not see it. */
export function useUndelivered(mayAsk: boolean, news: number): UndeliveredNews {
  const [list, setList] = useState<Undelivered>();
  const [failure, setFailure] = useState<unknown>();
  const reload = useCallback(() => {
    if (!mayAsk) return;
    inboxApi.undelivered().then((fresh) => {
      setList(fresh);
      setFailure(undefined);
    }, setFailure);
  }, [mayAsk]);
  useEffect(reload, [reload, news]);
  return { list, failure, reload };
}
