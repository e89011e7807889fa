import { useState } from 'preact/hooks';
import type { FieldView } from '../../schemas/requests.ts';
import { FileStage } from '../shell/file-stage.tsx';
import { useTexts } from '../shell/language.tsx';
import { FileViewer } from '../shell/viewer.tsx';
import { REQUEST_TEXTS } from './texts.ts';

/** One document, page by page; zoomed and turned here, or over the whole screen. */
export function DocumentStage({ document }: { document: FieldView }) {
  const texts = useTexts(REQUEST_TEXTS);
  const [page, setPage] = useState(0);
  const [isEnlarged, setEnlarged] = useState(false);
  const { files } = document;
  // A new photo may have fewer pages than the one it replaces.
  const at = Math.min(page, files.length - 1);
  const file = files[at];
  if (!file) return <p class="stage-empty">{document.isBrought ? texts.brought : texts.notSent}</p>;
  return (
    <>
      {/* Not twice at once: a reader would meet the same paper under one name. */}
      <div class="document-stage">{!isEnlarged && <FileStage key={file.file} file={file} />}</div>
      <div class="row">
        {files.length > 1 &&
          files.map(({ file: id }, index) => (
            <button
              key={id}
              type="button"
              class="button"
              aria-label={`${texts.page} ${index + 1}`}
              aria-current={index === at ? 'true' : undefined}
              onClick={() => setPage(index)}
            >
              {index + 1}
            </button>
          ))}
        <button type="button" class="button" onClick={() => setEnlarged(true)}>
          {texts.enlarge}
        </button>
      </div>
      {isEnlarged && <FileViewer files={files} at={at} onClose={() => setEnlarged(false)} />}
    </>
  );
}
