/** A photo of a paper that lies on the counter. */

import { useCamera } from '../requests/camera.ts';
import { useTexts } from '../shell/language.tsx';
import { COUNTER_TEXTS } from './texts.ts';

const QUALITY = 0.88;

/** Calls `onPhoto` with each photo that is taken. */
export function CameraPhoto(props: { isBusy: boolean; onPhoto: (photo: File) => void; onClose: () => void }) {
  const texts = useTexts(COUNTER_TEXTS);
  const { video, isOn, isRefused } = useCamera();
  const take = async () => {
    const photo = video.current && (await takePhoto(video.current));
    if (photo) props.onPhoto(photo);
  };
  return (
    <div class="camera">
      {isRefused && <p role="alert">{texts.cameraRefused}</p>}
      <video ref={video} muted playsInline hidden={isRefused} />
      <div class="row">
        <button type="button" class="button primary" disabled={!isOn || props.isBusy} onClick={take}>
          {texts.cameraTake}
        </button>
        <button type="button" class="button" onClick={props.onClose}>
          {texts.cameraClose}
        </button>
      </div>
    </div>
  );
}

async function takePhoto(video: HTMLVideoElement): Promise<File | undefined> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  return blob ? new File([blob], 'loket.jpg', { type: 'image/jpeg' }) : undefined;
}
