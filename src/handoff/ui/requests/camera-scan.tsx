/** Reads the QR code of a receipt with the camera, where the browser can. */
import { useEffect, useRef } from 'preact/hooks';
import { useTexts } from '../shell/language.tsx';
import { mayHaveCamera, useCamera } from './camera.ts';
import { REQUEST_TEXTS } from './texts.ts';

interface Detector {
  detect(image: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type DetectorClass = new (options: { formats: string[] }) => Detector;

const LOOK_EVERY_MS = 250;

const detectorClass = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
/** Browsers that cannot read codes show no button. */
export const canScan = detectorClass !== undefined && mayHaveCamera;

/** Calls `onCode` once, with the first code that it sees. */
export function CameraScan(props: { onCode: (text: string) => void; onClose: () => void }) {
  const texts = useTexts(REQUEST_TEXTS);
  const { video, isOn, isRefused } = useCamera();
  const latest = useRef(props.onCode);
  latest.current = props.onCode;
  useEffect(() => {
    if (!isOn || !video.current || !detectorClass) return;
    const detector = new detectorClass({ formats: ['qr_code'] });
    const picture = video.current;
    let isOver = false;
    const look = async () => {
      // A picture that cannot be read is followed by the next one.
      const [code] = await detector.detect(picture).catch(() => []);
      if (isOver) return;
      if (code) latest.current(code.rawValue);
      else setTimeout(look, LOOK_EVERY_MS);
    };
    look();
    return () => {
      isOver = true;
    };
  }, [isOn, video]);
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
