/** Files over the whole page, one after the other. */
import { useRef, useState } from 'preact/hooks';
import type { FileView } from '../../schemas/basics.ts';
import { useModal } from './dialog.tsx';
import { FileStage } from './file-stage.tsx';
import { useKeys } from './keys.ts';
import { useWords } from './language.tsx';

/** Begins with the file at `at`. Keys: arrows, `+`, `-`, `0`, `r`, Escape. */
export function FileViewer(props: { files: readonly FileView[]; at: number; onClose: () => void }) {
  const { texts } = useWords();
  const { files, onClose } = props;
  const [at, setAt] = useState(props.at);
  const box = useRef<HTMLDivElement>(null);
  const go = (step: number) => setAt((now) => Math.min(files.length - 1, Math.max(0, now + step)));
  const file = files[at];
  useModal(box, onClose);
  useKeys([
    { keys: 'ArrowLeft', words: texts.previousFile, run: () => go(-1) },
    { keys: 'ArrowRight', words: texts.nextFile, run: () => go(1) },
  ]);
  return (
    <div class="viewer" role="dialog" aria-modal="true" aria-label={texts.viewer} tabIndex={-1} ref={box}>
      <div class="viewer-head">
        <button
          type="button"
          class="icon-button"
          aria-label={texts.previousFile}
          aria-disabled={at === 0}
          onClick={() => go(-1)}
        >
          ‹
        </button>
        <span role="status">
          {at + 1} / {files.length}
        </span>
        <button
          type="button"
          class="icon-button"
          aria-label={texts.nextFile}
          aria-disabled={at >= files.length - 1}
          onClick={() => go(1)}
        >
          ›
        </button>
        <span class="grow title">{file?.name}</span>
        <button type="button" class="icon-button" aria-label={texts.close} onClick={onClose} data-focus>
          ✕
        </button>
      </div>
      {file && <FileStage file={file} />}
    </div>
  );
}
