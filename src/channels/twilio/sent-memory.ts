import { LRUCache } from 'lru-cache';

/**
 * Which SID went for which message of which entry, as far as this process has sent them. Only a help in telling
 * equal texts apart (the store knows one SID an entry, and only after the effect is done): losing it is safe.
 */
export interface SentMemory {
  remember(part: string, sid: string): void;
  sidOf(part: string): string | undefined;
  partOf(sid: string): string | undefined;
  /** Notes whether the last try was surely not taken. */
  noteRefused(part: string, isRefused: boolean): void;
  wasRefused(part: string): boolean;
}

/** Keeps the last `max` messages. */
export function createSentMemory(max = 10_000): SentMemory {
  const sids = new LRUCache<string, string>({ max });
  const parts = new LRUCache<string, string>({ max });
  const refused = new LRUCache<string, true>({ max });
  return {
    noteRefused: (part, isRefused) => void (isRefused ? refused.set(part, true) : refused.delete(part)),
    wasRefused: (part) => refused.has(part),
    remember: (part, sid) => {
      sids.set(part, sid);
      parts.set(sid, part);
    },
    sidOf: (part) => sids.get(part),
    partOf: (sid) => parts.get(sid),
  };
}
