/** The computer's or the phone's camera, while a part of the page shows it. */
import { useEffect, useRef, useState } from 'preact/hooks';

/** Whether there may be one; who has none, or does not allow it, is told when it is opened. */
export const mayHaveCamera = navigator.mediaDevices?.getUserMedia !== undefined;

/** Its picture runs in `video` until the caller is unmounted; `isRefused`: there is none, or it was not allowed. */
export function useCamera() {
  const video = useRef<HTMLVideoElement>(null);
  const [isOn, setOn] = useState(false);
  const [isRefused, setRefused] = useState(false);
  useEffect(() => {
    let isOver = false;
    let stream: MediaStream | undefined;
    const open = async () => {
      stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: 'environment', width: 1920 },
      });
      if (isOver) return release(stream);
      if (!video.current) return;
      video.current.srcObject = stream;
      await video.current.play();
      setOn(true);
    };
    open().catch(() => !isOver && setRefused(true));
    return () => {
      isOver = true;
      release(stream);
    };
  }, []);
  return { video, isOn, isRefused };
}

function release(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
