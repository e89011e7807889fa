/** The newest step of each conversation, as far as this process has seen. */
import { LRUCache } from 'lru-cache';
import type { mongo } from 'mongoose';
import type { Timer } from '../../conversation/types.ts';
import { reach } from './connection.ts';
import type { StepDocument } from './schema-steps.ts';

/** What the next step builds on. `v` 0: there was never a step. See StepDocument for `base`. */
export interface Head {
  v: number;
  base: number;
  timers: Timer[];
}

/**
 * Other processes commit too, so a head from memory may be old. That costs a refused insert, never a wrong one: the
 * step after an old head is taken already, and stays taken when the conversation is erased (bury.ts).
 */
export interface Heads {
  /** From memory where it is there: saves the round trip of most commits. */
  get(conversation: string): Promise<Head>;
  read(conversation: string): Promise<Head>;
  /** From memory only. */
  peek(conversation: string): Head | undefined;
  /** The newest step, which is remembered. */
  findNewest(conversation: string): Promise<StepDocument | undefined>;
  note(step: Pick<StepDocument, 'c' | 'v' | 'base' | 'timers'>): void;
  forget(conversation: string): void;
}

const REMEMBERED = 50_000;
const NONE: Head = { v: 0, base: 0, timers: [] };

export function createHeads(steps: mongo.Collection<StepDocument>): Heads {
  const cache = new LRUCache<string, Head>({ max: REMEMBERED });

  const note: Heads['note'] = ({ c, v, base, timers }) => {
    cache.set(c, { v, base, timers: timers ?? [] });
  };

  async function find(c: string, projection?: mongo.Document): Promise<StepDocument | undefined> {
    const options = { sort: { v: -1 }, ...(projection ? { projection } : {}) } as const;
    const newest = await reach(() => steps.findOne({ c, open: true }, options));
    if (newest) note(newest);
    else cache.set(c, NONE);
    return newest ?? undefined;
  }

  async function read(c: string): Promise<Head> {
    const newest = await find(c, { c: 1, v: 1, base: 1, timers: 1 });
    return newest ? { v: newest.v, base: newest.base, timers: newest.timers ?? [] } : NONE;
  }

  return {
    get: async (conversation) => cache.get(conversation) ?? read(conversation),
    read,
    peek: (conversation) => cache.get(conversation),
    findNewest: (conversation) => find(conversation),
    note,
    forget: (conversation) => {
      cache.delete(conversation);
    },
  };
}
