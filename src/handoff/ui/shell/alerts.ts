/** Sound and messages of the browser, for who looks elsewhere. Both are off until they are asked for. */

const SOUND = 'loket.sound';
let audio: AudioContext | undefined;

/** Whether the sound is wanted on this computer. */
export function isSoundOn(): boolean {
  return localStorage.getItem(SOUND) === 'on';
}

/** Turns it on, to be heard at once, or off. Called from a click: browsers allow sound after one only. */
export function setSound(isOn: boolean): void {
  localStorage.setItem(SOUND, isOn ? 'on' : 'off');
  if (isOn) beep();
}

/** Lets the sound be heard after the next click or key, where it was wanted before. Answers how to stop. */
export function prepareSound(): () => void {
  const prepare = () => {
    if (isSoundOn()) openAudio()?.resume();
  };
  document.addEventListener('pointerdown', prepare, { once: true });
  document.addEventListener('keydown', prepare, { once: true });
  return () => {
    document.removeEventListener('pointerdown', prepare);
    document.removeEventListener('keydown', prepare);
  };
}

/** Two short tones, if wanted. */
export function beep(): void {
  const context = isSoundOn() ? openAudio() : undefined;
  if (!context) return;
  context.resume();
  const gain = context.createGain();
  gain.connect(context.destination);
  gain.gain.setValueAtTime(0.12, context.currentTime);
  gain.gain.linearRampToValueAtTime(0, context.currentTime + 0.4);
  for (const [at, pitch] of [
    [0, 660],
    [0.14, 880],
  ] as const) {
    const tone = context.createOscillator();
    tone.frequency.value = pitch;
    tone.connect(gain);
    tone.start(context.currentTime + at);
    tone.stop(context.currentTime + at + 0.13);
  }
}

function openAudio(): AudioContext | undefined {
  if (typeof AudioContext === 'undefined') return undefined;
  audio ??= new AudioContext();
  return audio;
}

/** `default`: not asked yet. */
export function notificationState(): NotificationPermission | 'missing' {
  return typeof Notification === 'undefined' ? 'missing' : Notification.permission;
}

/** Asks the browser's user; resolves with what was decided. */
export async function askForNotifications(): Promise<NotificationPermission> {
  return Notification.requestPermission();
}

/** Shows words that name no citizen, when the page is out of sight and this was allowed. `tag`: one at a time. */
export function notify(title: string, tag: string, address: string): void {
  if (!document.hidden || notificationState() !== 'granted') return;
  try {
    const shown = new Notification(title, { tag });
    shown.onclick = () => {
      window.focus();
      location.hash = address;
      shown.close();
    };
  } catch {
    // Phones allow it to service workers only.
  }
}
