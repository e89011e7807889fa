/** What is not sent yet, kept on this computer until it is sent or the operator signs out. */
import type { FileView } from '../../schemas/basics.ts';

const PREFIX = 'loket.draft.';

/**
 * `tried` is the last attempt to send: while its content stays the same a new attempt carries the same id, so that a
 * reply whose confirmation was lost is not said twice.
 */
export interface Draft {
  text: string;
  /** Files that the service has already. */
  files: FileView[];
  /** `note`: for the office only. */
  mode: Mode;
  tried?: { id: string; content: string };
}

export type Mode = 'reply' | 'note' | 'template';

export const EMPTY: Draft = { text: '', files: [], mode: 'reply' };

/** The draft of a chat; empty when there is none. */
export function loadDraft(conversation: string): Draft {
  try {
    const draft = JSON.parse(localStorage.getItem(PREFIX + conversation) ?? '');
    return typeof draft?.text === 'string' ? { ...EMPTY, ...draft } : EMPTY;
  } catch {
    return EMPTY;
  }
}

/** Keeps the draft; an empty one is forgotten. */
export function saveDraft(conversation: string, draft: Draft): void {
  try {
    if (isEmpty(draft)) localStorage.removeItem(PREFIX + conversation);
    else localStorage.setItem(PREFIX + conversation, JSON.stringify(draft));
  } catch {
    // A full or forbidden store costs the draft, not the reply.
  }
}

export function isEmpty({ text, files }: Draft): boolean {
  return text === '' && files.length === 0;
}

/** Forgets all: the computer may be shared. */
export function clearDrafts(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
}

/** The id to send this content under: that of the last attempt if it is the same. */
export function createActId(tried: Draft['tried'], content: string): string {
  return tried?.content === content ? tried.id : createUuid();
}

/** `crypto.randomUUID` is there on https only, and an office network may be without. */
function createUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
