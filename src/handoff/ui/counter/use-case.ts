/** One case at the counter as last fetched, and answering in the citizen's place. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ConversationView } from '../../schemas/inbox.ts';
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
  const tried = useRef<{ id: string; words: string }>(undefined);

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
    const words = JSON.stringify(said);
    if (tried.current?.words !== words) tried.current = { id: createUuid(), words };
    const { id } = tried.current;
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

/** `crypto.randomUUID` is there on https only, and an office network may be without. */
function createUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
