/** What was said long ago, in MongoDB. */
import type { TalkArchive } from '../../retention/ports.ts';
import type { StepDeps } from './commits.ts';
import { reach } from './connection.ts';

/** Conversations looked at together. */
const BATCH = 200;

/** Implements the port: two round trips for some two hundred conversations. */
export function createTalkArchive({ steps, heads }: Pick<StepDeps, 'steps' | 'heads'>): TalkArchive {
  /** The conversations behind `after`, with when their newest steps were written, by id; erased ones have no time. */
  async function findNext(after: string): Promise<Map<string, number | undefined>> {
    const found = await steps
      .find({ open: true, c: { $gt: after } }, { projection: { c: 1, at: 1 } })
      .sort({ c: 1 })
      .limit(BATCH)
      .toArray();
    const newest = new Map<string, number | undefined>();
    for (const { c, at } of found) newest.set(c, Math.max(newest.get(c) ?? 0, at ?? 0) || undefined);
    return newest;
  }

  async function pickOld(all: Map<string, number | undefined>, before: number): Promise<string[]> {
    const saying = { c: { $in: [...all.keys()] }, at: { $lt: before }, lines: { $exists: true } };
    const old = new Set(await steps.distinct('c', saying));
    const isQuiet = (at: number | undefined) => at !== undefined && at < before;
    return [...all].flatMap(([c, at]) => (old.has(c) || isQuiet(at) ? [c] : []));
  }

  async function listOld({ before, after = '', limit }: Parameters<TalkArchive['listOld']>[0]) {
    const found: string[] = [];
    let last = after;
    while (found.length < limit) {
      const next = await findNext(last);
      if (next.size === 0) break;
      found.push(...(await pickOld(next, before)));
      last = [...next.keys()].at(-1) ?? last;
    }
    return found.slice(0, limit);
  }

  return {
    listOld: (query) => reach(() => listOld(query)),
    forget: async (conversation, belowVersion) => {
      const newest = await heads.findNewest(conversation);
      if (!newest) return 0;
      const filter = {
        c: conversation,
        v: { $gt: newest.base, $lt: newest.base + belowVersion },
        lines: { $exists: true },
        pendingSince: { $exists: false },
        buriedAt: { $exists: false },
      };
      const { modifiedCount } = await reach(() => steps.updateMany(filter, { $unset: { lines: '' } }));
      return modifiedCount;
    },
  };
}
