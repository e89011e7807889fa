/** What goes with a reply: files that are there, and files on their way. */
import type { FileView } from '../../schemas/basics.ts';
import { useTexts, useWords } from '../shell/language.tsx';
import { formatSize } from './message.tsx';
import { TEXTS } from './texts.ts';
import type { Uploads } from './use-uploads.ts';

export function Attachments(props: {
  files: readonly FileView[];
  uploads: Uploads;
  onDetach: (file: string) => void;
}) {
  const { texts: common, explain } = useWords();
  const texts = useTexts(TEXTS);
  const { files, uploads } = props;
  if (files.length === 0 && uploads.list.length === 0) return null;
  return (
    <ul class="attachments">
      {files.map(({ file, name, sizeBytes }) => (
        <li key={file}>
          {name ?? common.document} <small>{formatSize(sizeBytes)}</small>
          <button
            type="button"
            class="icon-button"
            aria-label={`${texts.detach}: ${name ?? ''}`}
            onClick={() => props.onDetach(file)}
          >
            ✕
          </button>
        </li>
      ))}
      {uploads.list.map(({ key, file, part, failure }) => (
        <li key={`upload-${key}`}>
          {file.name}
          {failure === undefined ? (
            <progress max={1} value={part} aria-label={`${texts.uploading} ${file.name}`} />
          ) : (
            <>
              <span class="failure" role="alert">
                {explain(failure)}
              </span>
              <button type="button" class="link" onClick={() => uploads.again(key)}>
                {texts.uploadAgain}
              </button>
            </>
          )}
          <button
            type="button"
            class="icon-button"
            aria-label={`${texts.detach}: ${file.name}`}
            onClick={() => uploads.drop(key)}
          >
            ✕
          </button>
        </li>
      ))}
    </ul>
  );
}
