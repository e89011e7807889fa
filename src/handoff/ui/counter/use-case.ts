/** One case at the counter as last fetched, and answering in the citizen's place. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ConversationView } from '../../schemas/inbox.ts';
import { createActId } from '../inbox/drafts.ts';
import { callsOf } from './counter-api.ts';
import { readQuestion } from './question.ts';

/** While the bot works news may be late. */
const LOOK_EVERY_MS = 700;

/** `news` rises when the server says that the chat changed. */
export function useCase(conversation: string, news: number) {
  const [chat, setChat] = useState<ConversationView>();
  const [failure, setFailure] = useState<unknown>();
  const [reveal, setReveal] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const calls = useMemo(() => callsOf(conversation, reveal), [conversation, reveal]);
  const asked = useRef(0);
  const tried = useRef<{ id: string; content: string }>(undefined);

  const load = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    try {
      const fresh = await calls.load();
      if (mine === asked.current) setChat(fresh);
    } catch (caught) {
      if (mine === asked.current) setFailure(caught);
    }
  }, [calls]);
  useEffect(() => void load(), [load, news]);
  const isWorking = chat !== undefined && readQuestion(chat).isWorking;
  useEffect(() => {
    if (!isWorking) return;
    const timer = setInterval(load, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isWorking, load]);

  const run = async (work: () => Promise<ConversationView | undefined>): Promise<boolean> => {
    if (isBusy) return false;
    setBusy(true);
    setFailure(undefined);
    try {
      const fresh = await work();
      asked.current += 1;
      if (fresh) setChat(fresh);
      return true;
    } catch (caught) {
      setFailure(caught);
      return false;
    } finally {
      setBusy(false);
    }
  };
  /** A text whose answer was lost is sent again under the same id, and is not said twice. */
  const say = (said: { text: string } | { files: string[] }) => {
    const content = JSON.stringify(said);
    const id = createActId(tried.current, content);
    tried.current = { id, content };
    return run(async () => {
      const fresh = await calls.speak({ id, ...said });
      tried.current = undefined;
      return fresh;
    });
  };
  const askAgain = (step: string) =>
    run(async () => {
      // Only who has the chat hands it back with a question.
      if (chat?.attention.isMine !== true) await calls.claim();
      return calls.askAgain(step);
    });
  const unmask = () =>
    run(async () => {
      setReveal(await calls.reveal());
      return undefined;
    });
  return { chat, failure, isBusy, say, askAgain, unmask, load, upload: calls.upload };
}
