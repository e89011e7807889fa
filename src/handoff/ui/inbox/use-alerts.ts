/** Tells the operator who looks elsewhere: the count in the browser's tab, the sound, the browser's message. */
import { useEffect, useRef } from 'preact/hooks';
import type { Inbox, InboxItem } from '../../schemas/inbox.ts';
import { beep, notify } from '../shell/alerts.ts';
import { useWords } from '../shell/language.tsx';
import { chatAddress } from '../shell/route.ts';
import { TEXTS } from './texts.ts';

/** `open`: the chat on the screen; what is written there is seen. */
export function useAlerts(inbox: Inbox | undefined, open: string | undefined): void {
  const { language } = useWords();
  const texts = TEXTS[language];
  const before = useRef<Inbox>(undefined);
  const count = inbox
    ? inbox.counts.waiting + inbox.conversations.filter(({ attention }) => isUnread(attention)).length
    : 0;
  useEffect(() => {
    document.title = count > 0 ? `(${count}) Loket` : 'Loket';
  }, [count]);
  useEffect(() => {
    const earlier = before.current;
    before.current = inbox;
    if (!inbox || !earlier) return;
    const fresh = inbox.conversations.find((item) => isAlarming(item, earlier) && isOutOfSight(item, open));
    if (!fresh) return;
    beep();
    const what = fresh.attention.isMine ? texts.alertMine : texts.alertWaiting;
    notify(`${what}: ${fresh.title ?? texts.noService}`, fresh.id, chatAddress(fresh.id));
  }, [inbox, open, texts]);
}

/** Messages wait for an answer of one's own. */
export function isUnread({ isMine, unanswered }: InboxItem['attention']): boolean {
  return isMine && unanswered > 0;
}

function isAlarming({ id, attention }: InboxItem, earlier: Inbox): boolean {
  const before = earlier.conversations.find((item) => item.id === id)?.attention;
  if (attention.status === 'waiting') return before?.status !== 'waiting';
  return attention.isMine && attention.unanswered > (before?.unanswered ?? 0);
}

function isOutOfSight({ id }: InboxItem, open: string | undefined): boolean {
  return document.hidden || id !== open;
}
