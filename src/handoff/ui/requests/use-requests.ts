/** The list as last fetched, page after page. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Requests } from '../../schemas/requests.ts';
import { GROUPS, type Group } from './groups.ts';
import { listRequests } from './requests-api.ts';

/** What the operator has chosen to see. */
export interface Choice {
  group: Group;
  service: string;
  assignee: string;
}

const KEY = 'loket.requests';
const FIRST: Choice = { group: 'open', service: '', assignee: '' };

/** The choice, kept while the browser tab is open. */
export function useChoice(): [Choice, (choice: Choice) => void] {
  const [choice, setChoice] = useState(loadChoice);
  const change = useCallback((fresh: Choice) => {
    sessionStorage.setItem(KEY, JSON.stringify(fresh));
    setChoice(fresh);
  }, []);
  return [choice, change];
}

function loadChoice(): Choice {
  try {
    const { group, service, assignee } = JSON.parse(sessionStorage.getItem(KEY) ?? '');
    return group in GROUPS ? { group, service: String(service), assignee: String(assignee) } : FIRST;
  } catch {
    return FIRST;
  }
}

/**
 * Follows the list of a choice. A look fetches as many pages as are shown, so that live updates take none away; answers
 * that come out of order are dropped.
 */
export function useRequests(choice: Choice, news: number) {
  const [list, setList] = useState<Requests>();
  const [failure, setFailure] = useState<unknown>();
  const pages = useRef(1);
  const asked = useRef(0);
  const { group, service, assignee } = choice;

  const load = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    try {
      const fresh = await loadPages({ group, service, assignee }, pages.current);
      if (mine !== asked.current) return;
      setList(fresh);
      setFailure(undefined);
    } catch (caught) {
      if (mine === asked.current) setFailure(caught);
    }
  }, [group, service, assignee]);
  useEffect(() => {
    pages.current = 1;
  }, [load]);
  useEffect(() => void load(), [load, news]);
  const loadMore = () => {
    pages.current += 1;
    return load();
  };
  return { list, failure, load, loadMore };
}

async function loadPages({ group, service, assignee }: Choice, pages: number): Promise<Requests> {
  const filter = { states: GROUPS[group], service, assignee };
  const first = await listRequests(filter, null);
  const all = { ...first, requests: [...first.requests] };
  for (let page = 1; page < pages && all.next !== null; page += 1) {
    const { requests, next } = await listRequests(filter, all.next);
    all.requests.push(...requests);
    all.next = next;
  }
  return all;
}
