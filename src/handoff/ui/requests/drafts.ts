/** What was typed about a request and not sent yet; forgotten when the operator signs out (`loket.draft.`). */
import { useState } from 'preact/hooks';

const PREFIX = 'loket.draft.request.';

/** A text that outlives the form, the page and a lost session; empty again is forgotten. */
export function useDraft(number: string, form: string): [string, (text: string) => void] {
  const key = `${PREFIX}${number}.${form}`;
  const [text, setText] = useState(() => localStorage.getItem(key) ?? '');
  const change = (fresh: string) => {
    setText(fresh);
    if (fresh === '') localStorage.removeItem(key);
    else localStorage.setItem(key, fresh);
  };
  return [text, change];
}
