import { Fragment } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Me } from '../../schemas/accounts.ts';
import type { ConversationView } from '../../schemas/inbox.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { formatDay } from '../shell/time.ts';
import { FileViewer } from '../shell/viewer.tsx';
import { Message } from './message.tsx';
import { TEXTS } from './texts.ts';

/** So near to the end one is reading the end. */
const NEAR_PX = 80;

/** What was said, oldest first; follows new messages unless one reads further up. */
export function Transcript({ chat, me }: { chat: ConversationView; me: Me }) {
  const { language } = useWords();
  const texts = useTexts(TEXTS);
  const last = chat.transcript.at(-1);
  const end = useEnd(last?.id, last?.author === me.operator.name);
  const files = useMemo(() => chat.transcript.flatMap((entry) => entry.files), [chat.transcript]);
  const [viewed, setViewed] = useState<number>();
  const where = { language, timeZone: me.office.timeZone };
  const days = chat.transcript.map((entry) => formatDay(entry.at, where));
  return (
    <div class="talk">
      <div
        class="transcript"
        role="log"
        aria-label={texts.transcript}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        ref={end.box}
        onScroll={end.onScroll}
      >
        {chat.transcript.map((entry, at) => (
          <Fragment key={entry.id}>
            {days[at] !== days[at - 1] && <p class="day">{days[at]}</p>}
            <Message
              entry={entry}
              me={me}
              onView={(file) => setViewed(files.findIndex((each) => each.file === file))}
            />
          </Fragment>
        ))}
      </div>
      {end.hasMore && (
        <button type="button" class="more" onClick={end.go}>
          {texts.newMessages} ↓
        </button>
      )}
      {viewed !== undefined && viewed >= 0 && (
        <FileViewer files={files} at={viewed} onClose={() => setViewed(undefined)} />
      )}
    </div>
  );
}

/** Stays at the end of a talk while one reads there; `hasMore`: something new lies below. */
function useEnd(lastId: string | undefined, isOwn: boolean) {
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const [hasMore, setMore] = useState(false);
  const go = useCallback(() => {
    isAtEnd.current = true;
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, []);
  const stay = useCallback(() => {
    if (isAtEnd.current) go();
  }, [go]);
  useLayoutEffect(() => {
    if (isAtEnd.current || isOwn) go();
    else if (lastId !== undefined) setMore(true);
  }, [lastId, isOwn, go]);
  useEffect(() => {
    // The composer grows, the window changes: the end stays in sight.
    const observer = new ResizeObserver(stay);
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, [stay]);
  const onScroll = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = box.current ?? {};
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    if (isAtEnd.current) setMore(false);
  };
  return { box, hasMore, go, onScroll };
}
