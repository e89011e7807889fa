/** Sending one file, dropped or chosen. */
import { useId, useState } from 'preact/hooks';
import './upload.css';

/** `progress` is the part that has left (0..1), undefined while nothing is sent; a refusal stays until the next file. */
export function useUpload<T>(upload: (file: File, onProgress: (part: number) => void) => Promise<T>) {
  const [progress, setProgress] = useState<number>();
  const [failure, setFailure] = useState<unknown>();
  const send = async (file: File): Promise<T | undefined> => {
    setFailure(undefined);
    setProgress(0);
    try {
      return await upload(file, setProgress);
    } catch (caught) {
      setFailure(caught);
      return undefined;
    } finally {
      setProgress(undefined);
    }
  };
  return { progress, failure, send };
}

/** Where a file is dropped or chosen. */
export function DropZone(props: {
  hint: string;
  label: string;
  accept: string;
  progress: number | undefined;
  onFile: (file: File) => void;
}) {
  const id = useId();
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null | undefined) => {
    const [file] = Array.from(files ?? []);
    if (file) props.onFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a way beside the button inside
    <div
      class={`drop ${isOver ? 'is-over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      {props.progress === undefined ? (
        <>
          <p>{props.hint}</p>
          <input
            id={id}
            class="hidden-input"
            type="file"
            accept={props.accept}
            onChange={(event) => {
              take(event.currentTarget.files);
              event.currentTarget.value = '';
            }}
          />
          <label class="button" for={id}>
            {props.label}
          </label>
        </>
      ) : (
        <progress max={1} value={props.progress} aria-label={props.label} />
      )}
    </div>
  );
}
