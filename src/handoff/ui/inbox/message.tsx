/** One line of the transcript. */
import type { ComponentChildren } from 'preact';
import type { Me } from '../../schemas/accounts.ts';
import type { FileView } from '../../schemas/basics.ts';
import type { EntryView } from '../../schemas/inbox.ts';
import { fileUrl } from '../shell/api.ts';
import { isPhoto } from '../shell/file-stage.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { formatTime } from '../shell/time.ts';
import { DELIVERY, TEXTS } from './texts.ts';

const TICKS: { [status: string]: string } = {
  queued: '◷',
  sent: '✓',
  delivered: '✓✓',
  read: '✓✓',
  failed: '!',
};
type Kind = 'citizen' | 'bot' | 'operator' | 'note' | 'system';

/** `onView` opens a file large. */
export function Message(props: { entry: EntryView; me: Me; onView: (file: string) => void }) {
  const { language } = useWords();
  const texts = useTexts(TEXTS);
  const { entry, me } = props;
  const kind = kindOf(entry);
  const time = formatTime(entry.at, { language, timeZone: me.office.timeZone });
  if (kind === 'system') {
    return (
      <p class="day">
        {entry.text} · {time}
      </p>
    );
  }
  return (
    <div class={`message ${kind}`}>
      <p class="author">{nameOf(entry, kind, texts, me)}</p>
      {entry.files.map((file) => (
        <Attachment key={file.file} file={file} onView={() => props.onView(file.file)} />
      ))}
      {entry.text && <p class="text">{withBold(entry.text)}</p>}
      {entry.note && <p class="note">{entry.note}</p>}
      {entry.understood && (
        <p class="understood">
          <span class="hidden">{texts.understood}: </span>
          <span aria-hidden="true">↳ </span>
          {entry.understood}
        </p>
      )}
      <p class="meta">
        {time}
        {entry.direction === 'out' && (
          <span class={`tick ${entry.status}`}>
            <span aria-hidden="true">{TICKS[entry.status]}</span> {DELIVERY[language][entry.status]}
          </span>
        )}
      </p>
    </div>
  );
}

/** WhatsApp's `*bold*`, as the citizen sees it. */
function withBold(text: string): ComponentChildren {
  return text
    .split(/\*([^*\n]+)\*/)
    .map((part, at) => (at % 2 === 1 ? <strong key={part}>{part}</strong> : part));
}

function kindOf({ direction, author }: EntryView): Kind {
  if (direction === 'note') return author === 'bot' ? 'system' : 'note';
  if (direction === 'in') return 'citizen';
  return author === 'bot' ? 'bot' : 'operator';
}

function nameOf({ author }: EntryView, kind: Kind, texts: (typeof TEXTS)['id'], me: Me): string {
  const person = author === me.operator.name ? texts.you : author;
  if (kind === 'bot') return texts.bot;
  if (kind === 'citizen') return author === 'citizen' ? texts.citizen : `${person} (${texts.onBehalf})`;
  return kind === 'note' ? `${person} · ${texts.note}` : person;
}

function Attachment(props: { file: FileView; onView: () => void }) {
  const { texts } = useWords();
  const { file } = props;
  const name = file.name ?? (file.contentType.startsWith('image/') ? texts.photo : texts.document);
  if (isPhoto(file)) {
    return (
      <button type="button" class="photo" onClick={props.onView}>
        <img src={fileUrl(file.file)} alt={name} loading="lazy" />
      </button>
    );
  }
  return (
    <button type="button" class="document" onClick={props.onView}>
      <span class="type">{file.contentType === 'application/pdf' ? 'PDF' : 'FILE'}</span>
      <span>
        {name}
        <small>{formatSize(file.sizeBytes)}</small>
      </span>
    </button>
  );
}

/** `312 kB`, `4.1 MB`. */
export function formatSize(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
