/** Lists that are fetched when they are looked at: closed chats, and what a search finds. */
import { useContext, useEffect, useState } from 'preact/hooks';
import { NewsContext } from '../shell/live.ts';
import { inboxApi } from './inbox-api.ts';
import type { ListItem } from './inbox-list.tsx';

/** `undefined` fetches nothing. The closed ones are fetched again with news of the inbox; a search is done once. */
export function useChatList(wanted: 'closed' | { search: string } | undefined): {
  items: readonly ListItem[] | undefined;
  failure: unknown;
} {
  const [items, setItems] = useState<readonly ListItem[]>();
  const [failure, setFailure] = useState<unknown>();
  const news = useContext(NewsContext).counts.inbox;
  const words = typeof wanted === 'object' ? wanted.search : undefined;
  const isWanted = wanted !== undefined;
  useEffect(() => {
    if (!isWanted) return;
    let isLatest = true;
    const list = words === undefined ? inboxApi.closed() : inboxApi.search(words);
    list.then(
      ({ conversations }) => {
        if (!isLatest) return;
        setItems(conversations);
        setFailure(undefined);
      },
      (caught) => isLatest && setFailure(caught),
    );
    return () => {
      isLatest = false;
    };
  }, [isWanted, words, words === undefined ? news : 0]);
  return { items: isWanted ? items : undefined, failure };
}
