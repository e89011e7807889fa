import { Fragment } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Me } from '../../schemas/accounts.ts';
import type { FileView } from '../../schemas/basics.ts';
import type { ConversationView, EntryView } from '../../schemas/inbox.ts';
import { fileUrl } from '../shell/api.ts';
import { useWords } from '../shell/language.tsx';
import { formatDay, formatTime } from '../shell/time.ts';
import { DELIVERY } from '../texts.ts';

/** So near to the end one is reading the end. */
const NEAR_PX = 80;
const PHOTOS = new Set(['image/jpeg', 'image/png']);
const TICKS: { [status: string]: string } = {
  queued: '◷',
  sent: '✓',
  delivered: '✓✓',
  read: '✓✓',
  failed: '!',
};

/** What was said, oldest first; follows new messages unless one reads further up. */
export function Transcript({ chat, me }: { chat: ConversationView; me: Me }) {
  const { texts, language } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const [hasMore, setMore] = useState(false);
  const last = chat.transcript.at(-1);
  const lastId = last?.id;
  const isOwn = last?.author === me.operator.name;
  const toEnd = useCallback(() => {
    isAtEnd.current = true;
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, []);
  const stay = useCallback(() => {
    if (isAtEnd.current) toEnd();
  }, [toEnd]);

  useLayoutEffect(() => {
    if (isAtEnd.current || isOwn) toEnd();
    else if (lastId !== undefined) setMore(true);
  }, [lastId, isOwn, toEnd]);
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
  const where = { language, timeZone: me.office.timeZone };
  const days = chat.transcript.map((entry) => formatDay(entry.at, where));
  return (
    <div class="talk">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div class="transcript" role="log" aria-live="polite" tabIndex={0} ref={box} onScroll={onScroll}>
        {chat.masked && <p class="notice">{texts.masked}</p>}
        {chat.transcript.map((entry, at) => (
          <Fragment key={entry.id}>
            {days[at] !== days[at - 1] && <p class="day">{days[at]}</p>}
            <Message entry={entry} me={me} onSize={stay} />
          </Fragment>
        ))}
      </div>
      {hasMore && (
        <button type="button" class="more" onClick={toEnd}>
          {texts.newMessages} ↓
        </button>
      )}
    </div>
  );
}

function Message({ entry, me, onSize }: { entry: EntryView; me: Me; onSize: () => void }) {
  const { texts, language } = useWords();
  const kind = entry.direction === 'in' ? 'citizen' : entry.author === 'bot' ? 'bot' : 'operator';
  const name =
    kind === 'operator' ? (entry.author === me.operator.name ? texts.you : entry.author) : texts[kind];
  const delivery = DELIVERY[language][entry.status];
  return (
    <div class={`message ${kind}`}>
      <p class="author">{name}</p>
      {entry.files.map((file) => (
        <Attachment key={file.file} file={file} onSize={onSize} />
      ))}
      {entry.text && <p class="text">{entry.text}</p>}
      {entry.note && <p class="note">{entry.note}</p>}
      <p class="meta">
        {formatTime(entry.at, { language, timeZone: me.office.timeZone })}
        {entry.direction === 'out' && (
          <span class={`tick ${entry.status}`} role="img" aria-label={delivery} title={delivery}>
            {TICKS[entry.status]}
          </span>
        )}
        {entry.status === 'failed' && <span class="tick failed">{delivery}</span>}
      </p>
    </div>
  );
}

function Attachment({ file, onSize }: { file: FileView; onSize: () => void }) {
  const { texts } = useWords();
  const url = fileUrl(file.file);
  const name = file.name ?? (file.contentType.startsWith('image/') ? texts.photo : texts.document);
  if (PHOTOS.has(file.contentType)) {
    return (
      <a class="photo" href={url} target="_blank" rel="noreferrer">
        <img src={url} alt={name} onLoad={onSize} />
      </a>
    );
  }
  return (
    <a class="document" href={url} target="_blank" rel="noreferrer">
      <span class="type">{file.contentType === 'application/pdf' ? 'PDF' : 'FILE'}</span>
      <span>
        {name}
        <small>{formatSize(file.sizeBytes)}</small>
      </span>
    </a>
  );
}

function formatSize(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
