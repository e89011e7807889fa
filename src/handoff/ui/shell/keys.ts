/** Keys of the web app: each part says which it knows while it is on the screen, and `?` lists what is known now. */
import { useEffect, useRef } from 'preact/hooks';

/** `keys`: `j`, `?`, `Escape`, `Alt+ArrowDown`, or two after each other: `g i`. `words` tell what it does. */
export interface Binding {
  keys: string;
  words: string;
  run: () => void;
  /** Whether it is known just now; absent: always. */
  when?: () => boolean;
}

interface Layer {
  /** Counts the parts of the screen as they appear: what lies within another comes after it. */
  order: number;
  bindings: () => Binding[];
  /** Nothing below is reached: a dialog is open. */
  isWall: boolean;
}

/** How long the second key of two may take. */
const SECOND_KEY_MS = 1500;
const STORED = 'loket.keys';
const layers: Layer[] = [];
let parts = 0;

/** Makes keys known while the caller is mounted. `isWall` hides all that was known before. */
export function useKeys(bindings: Binding[], isWall = false): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  // Taken while rendering: effects run from the inside out.
  const order = useRef(0);
  if (order.current === 0) order.current = ++parts;
  useEffect(() => {
    const layer: Layer = { order: order.current, bindings: () => latest.current, isWall };
    layers.push(layer);
    layers.sort((one, other) => one.order - other.order);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
    };
  }, [isWall]);
}

/** What the keys would do now, the newest part of the screen first. */
export function knownKeys(): Binding[] {
  const known: Binding[] = [];
  for (const layer of [...layers].reverse()) {
    known.push(...layer.bindings().filter(({ when }) => when?.() ?? true));
    if (layer.isWall) break;
  }
  return known;
}

/** Whether single letters do something: who dictates, or uses a screen reader, may turn them off. */
export function hasLetterKeys(): boolean {
  return localStorage.getItem(STORED) !== 'off';
}

export function setLetterKeys(isOn: boolean): void {
  localStorage.setItem(STORED, isOn ? 'on' : 'off');
}

/** Listens until the returned function is called. Once for the whole page. */
export function listenToKeys(): () => void {
  let first: { name: string; at: number } | undefined;
  const onKey = (event: KeyboardEvent) => {
    const name = nameOf(event);
    if (name === undefined || (isPlain(name) && (isTyping(event.target) || !hasLetterKeys()))) return;
    const isSecond = first !== undefined && event.timeStamp - first.at < SECOND_KEY_MS;
    const keys = isSecond && first ? `${first.name} ${name}` : name;
    first = undefined;
    const known = knownKeys();
    const found = known.find((binding) => binding.keys === keys);
    if (found) {
      event.preventDefault();
      event.stopImmediatePropagation();
      found.run();
    } else if (known.some((binding) => binding.keys.startsWith(`${name} `))) {
      first = { name, at: event.timeStamp };
    }
  };
  // Before the views' own listeners: the second key of two is nobody else's.
  document.addEventListener('keydown', onKey, { capture: true });
  return () => document.removeEventListener('keydown', onKey, { capture: true });
}

function nameOf(event: KeyboardEvent): string | undefined {
  if (event.ctrlKey || event.metaKey || event.isComposing) return undefined;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.altKey ? `Alt+${key}` : key;
}

/** Keys that also write, or move in a field. */
function isPlain(name: string): boolean {
  return name !== 'Escape' && !name.startsWith('Alt+');
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'file'].includes(target.type);
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
  );
}
