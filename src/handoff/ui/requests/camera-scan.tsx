/** Reads the QR code of a receipt with the computer's or the phone's camera, where the browser can. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useTexts } from '../shell/language.tsx';
import { REQUEST_TEXTS } from './texts.ts';

interface Detector {
  detect(image: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type DetectorClass = new (options: { formats: string[] }) => Detector;

const LOOK_EVERY_MS = 250;

/** Browsers without it show no button. */
const detectorClass = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
export const canScan = detectorClass !== undefined && navigator.mediaDevices !== undefined;

/** Calls `onCode` once, with the first code that it sees. */
export function CameraScan(props: { onCode: (text: string) => void; onClose: () => void }) {
  const texts = useTexts(REQUEST_TEXTS);
  const video = useRef<HTMLVideoElement>(null);
  const [isRefused, setRefused] = useState(false);
  const latest = useRef(props.onCode);
  latest.current = props.onCode;
  useEffect(() => {
    const stop = watch(video.current, (text) => latest.current(text));
    stop.failed.catch(() => setRefused(true));
    return stop.end;
  }, []);
  return (
    <div class="scan">
      {isRefused ? <p role="alert">{texts.cameraRefused}</p> : <p class="quiet">{texts.scanning}</p>}
      <video ref={video} muted playsInline hidden={isRefused} />
      <button type="button" class="button" onClick={props.onClose}>
        {texts.scanStop}
      </button>
    </div>
  );
}

function watch(video: HTMLVideoElement | null, onCode: (text: string) => void) {
  let isOver = false;
  let stream: MediaStream | undefined;
  const run = async () => {
    if (!video || !detectorClass) return;
    const detector = new detectorClass({ formats: ['qr_code'] });
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    if (isOver) return release(stream);
    video.srcObject = stream;
    await video.play();
    while (!isOver) {
      const [code] = await detector.detect(video);
      if (isOver) return;
      if (code) return onCode(code.rawValue);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  };
  const end = () => {
    isOver = true;
    release(stream);
  };
  return { failed: run(), end };
}

function release(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
