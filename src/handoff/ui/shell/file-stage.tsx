/** One file as large as there is room: photos to zoom and turn, PDFs as the browser shows them, others to save. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { FileView } from '../../schemas/basics.ts';
import { fileUrl } from './api.ts';
import { useKeys } from './keys.ts';
import { useWords } from './language.tsx';
import './viewer.css';

const PHOTOS = new Set(['image/jpeg', 'image/png', 'image/webp']);
const MIN_ZOOM = 1;
const MAX_ZOOM = 8;
const STEP = 1.4;

/** Whether a browser shows it as a picture. */
export function isPhoto({ contentType }: FileView): boolean {
  return PHOTOS.has(contentType);
}

/** `file` with its tools; keys `+`, `-`, `0`, `r`. */
export function FileStage({ file }: { file: FileView }) {
  const { texts } = useWords();
  const url = fileUrl(file.file);
  const name = file.name ?? (isPhoto(file) ? texts.photo : texts.document);
  if (isPhoto(file)) return <Photo key={file.file} url={url} name={name} />;
  if (file.contentType === 'application/pdf') {
    return (
      <div class="stage">
        <iframe class="stage-pdf" src={url} title={name} />
        <p class="stage-tools">
          <a class="button" href={url} target="_blank" rel="noreferrer">
            {texts.openFile}
          </a>
        </p>
      </div>
    );
  }
  return (
    <div class="stage">
      <p class="empty">
        {texts.notShown}
        <a class="button" href={url} download>
          {texts.saveFile}
        </a>
      </p>
    </div>
  );
}

function Photo({ url, name }: { url: string; name: string }) {
  const { texts } = useWords();
  const [zoom, setZoom] = useState(1);
  const [turns, setTurns] = useState(0);
  const [size, setSize] = useState<{ width: number; height: number }>();
  const [hasFailed, setFailed] = useState(false);
  const stage = useRef<HTMLDivElement>(null);
  const room = useRoom(stage);
  const zoomBy = useCallback(
    (factor: number) => setZoom((now) => Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, now * factor))),
    [],
  );
  const turn = () => setTurns((now) => now + 1);
  useKeys([
    { keys: '+', words: texts.zoomIn, run: () => zoomBy(STEP) },
    { keys: '=', words: '', run: () => zoomBy(STEP) },
    { keys: '-', words: texts.zoomOut, run: () => zoomBy(1 / STEP) },
    { keys: '0', words: texts.zoomFit, run: () => setZoom(1) },
    { keys: 'r', words: texts.rotate, run: turn },
  ]);
  useWheel(stage, zoomBy);
  useDrag(stage);

  const isLying = turns % 2 === 1;
  const wide = size ? (isLying ? size.height : size.width) : 1;
  const high = size ? (isLying ? size.width : size.height) : 1;
  const scale = Math.min(room.width / wide, room.height / high, 1.5) * zoom;
  return (
    <div class="stage">
      <section
        class={`stage-room ${zoom > 1 ? 'is-zoomed' : ''}`}
        ref={stage}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={name}
      >
        <div class="stage-box" style={{ width: `${wide * scale}px`, height: `${high * scale}px` }}>
          {hasFailed && <p role="alert">{texts.fileTrouble}</p>}
          <img
            src={url}
            alt={name}
            draggable={false}
            onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
              setSize({ width, height })
            }
            onError={() => setFailed(true)}
            style={
              size && {
                width: `${size.width * scale}px`,
                height: `${size.height * scale}px`,
                transform: `translate(-50%, -50%) rotate(${turns * 90}deg)`,
              }
            }
          />
        </div>
      </section>
      <div class="stage-tools">
        <Tool label={texts.zoomOut} sign="−" onClick={() => zoomBy(1 / STEP)} isOff={zoom <= MIN_ZOOM} />
        <span class="stage-zoom">{Math.round(zoom * 100)}%</span>
        <Tool label={texts.zoomIn} sign="+" onClick={() => zoomBy(STEP)} isOff={zoom >= MAX_ZOOM} />
        <Tool label={texts.rotate} sign="↻" onClick={turn} />
        <a
          class="icon-button"
          href={url}
          target="_blank"
          rel="noreferrer"
          aria-label={texts.openFile}
          title={texts.openFile}
        >
          ↗
        </a>
      </div>
    </div>
  );
}

function Tool(props: { label: string; sign: string; onClick: () => void; isOff?: boolean }) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={props.label}
      title={props.label}
      // Not `disabled`: that would throw the focus away.
      aria-disabled={props.isOff ?? false}
      onClick={props.onClick}
    >
      {props.sign}
    </button>
  );
}

type Box = { current: HTMLElement | null };

/** The room there is, in px. */
function useRoom(box: Box): { width: number; height: number } {
  const [room, setRoom] = useState({ width: 1, height: 1 });
  useLayoutEffect(() => {
    const { current } = box;
    if (!current) return;
    const measure = () => {
      const { width, height } = current.getBoundingClientRect();
      setRoom((before) => (before.width === width && before.height === height ? before : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [box]);
  return room;
}

function useWheel(box: Box, zoomBy: (factor: number) => void): void {
  useEffect(() => {
    const { current } = box;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      zoomBy(event.deltaY < 0 ? 1.15 : 1 / 1.15);
    };
    // Said by hand: browsers take wheel listeners as passive.
    current?.addEventListener('wheel', onWheel, { passive: false });
    return () => current?.removeEventListener('wheel', onWheel);
  }, [box, zoomBy]);
}

/** With a mouse a zoomed photo is dragged about; fingers scroll by themselves. */
function useDrag(box: Box): void {
  useEffect(() => {
    const { current } = box;
    if (!current) return;
    const onMove = (event: PointerEvent) => {
      if (event.pointerType !== 'mouse' || event.buttons !== 1) return;
      current.scrollLeft -= event.movementX;
      current.scrollTop -= event.movementY;
    };
    current.addEventListener('pointermove', onMove);
    return () => current.removeEventListener('pointermove', onMove);
  }, [box]);
}
