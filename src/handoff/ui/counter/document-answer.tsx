import { useState } from 'preact/hooks';
import type { FileView } from '../../schemas/basics.ts';
import { mayHaveCamera } from '../requests/camera.ts';
import { DropZone, useUpload } from '../requests/upload.tsx';
import { useTexts, useWords } from '../shell/language.tsx';
import { CameraPhoto } from './camera-photo.tsx';
import { COUNTER_TEXTS } from './texts.ts';

/** A paper: dropped, chosen, photographed, or to be brought later. `said` is what the bot offers in words. */
export function DocumentAnswer(props: {
  said: string;
  isBusy: boolean;
  say: (said: { text: string } | { files: string[] }) => Promise<boolean>;
  upload: (file: File, onProgress: (part: number) => void) => Promise<FileView>;
}) {
  const texts = useTexts(COUNTER_TEXTS);
  const { explain } = useWords();
  const { progress, failure, send } = useUpload(props.upload);
  const [hasCamera, setCamera] = useState(false);
  const { say, isBusy } = props;
  const give = async (file: File) => {
    const kept = await send(file);
    if (kept) await say({ files: [kept.file] });
  };
  return (
    <div class="document-answer">
      <DropZone
        hint={texts.fileHint}
        label={texts.file}
        accept="image/*,application/pdf,.pdf"
        progress={progress}
        onFile={give}
      />
      {hasCamera && (
        <CameraPhoto
          isBusy={isBusy || progress !== undefined}
          onPhoto={give}
          onClose={() => setCamera(false)}
        />
      )}
      {failure !== undefined && (
        <p class="failure" role="alert">
          {explain(failure)}
        </p>
      )}
      <div class="row">
        {mayHaveCamera && !hasCamera && (
          <button type="button" class="button" onClick={() => setCamera(true)}>
            {texts.camera}
          </button>
        )}
        {/SELESAI|DONE/.test(props.said) && (
          <button type="button" class="button" disabled={isBusy} onClick={() => say({ text: 'selesai' })}>
            {texts.done}
          </button>
        )}
        <button type="button" class="button" disabled={isBusy} onClick={() => say({ text: 'loket' })}>
          {texts.bring}
        </button>
      </div>
    </div>
  );
}
