/** One chat as last fetched, and what is done with it. Answers that arrive out of order are dropped. */
import { useCallback, useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ConversationView } from '../../schemas/inbox.ts';
import { ApiFailure } from '../shell/api.ts';
import { NewsContext } from '../shell/live.ts';
import { type ChatCalls, createChatCalls } from './inbox-api.ts';

export interface Chat {
  chat: ConversationView | undefined;
  failure: unknown;
  calls: ChatCalls;
  /** Looks again; never throws. */
  reload(): Promise<void>;
  /** Shows what is masked, or hides it again. The key lives as long as the chat is open. */
  setReveal(isOn: boolean): Promise<void>;
  /**
   * Does something and shows the chat as it is then. Never throws: answers what went wrong, undefined when nothing did;
   * the chat shows it unless `isQuiet`.
   */
  act(work: () => Promise<ConversationView | undefined>, isQuiet?: boolean): Promise<unknown>;
}

/** Follows a chat; `onChanged` is called after each act. */
export function useChat(id: string, onChanged: () => void): Chat {
  const [chat, setChat] = useState<ConversationView>();
  // What went wrong with an act stays until the next one; what went wrong with a look, until the next that goes well.
  const [failure, setFailure] = useState<unknown>();
  const [blindness, setBlindness] = useState<unknown>();
  const [key, setKey] = useState<string>();
  const calls = useMemo(() => createChatCalls(id, key), [id, key]);
  const news = useContext(NewsContext).counts.conversation;
  const asked = useRef(0);

  const reload = useCallback(() => {
    asked.current += 1;
    const mine = asked.current;
    const isLatest = () => mine === asked.current;
    return calls.view().then(
      (fresh) => {
        if (!isLatest()) return;
        setChat(fresh);
        setBlindness(undefined);
      },
      (caught) => {
        if (!isLatest()) return;
        if (caught instanceof ApiFailure && caught.code === 'NOT_FOUND') setChat(undefined);
        setBlindness(caught);
      },
    );
  }, [calls]);
  useEffect(() => {
    reload();
  }, [reload, news]);

  const act: Chat['act'] = async (work, isQuiet = false) => {
    try {
      setFailure(undefined);
      const fresh = await work();
      asked.current += 1;
      if (fresh) setChat(fresh);
      else await reload();
      return undefined;
    } catch (caught) {
      if (!isQuiet) setFailure(caught);
      reload();
      return caught;
    } finally {
      onChanged();
    }
  };
  const setReveal = async (isOn: boolean) => {
    try {
      setKey(isOn ? await calls.reveal() : undefined);
    } catch (caught) {
      setFailure(caught);
    }
  };
  return { chat, failure: failure ?? blindness, calls, setReveal, act, reload };
}
