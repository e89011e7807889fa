/** Due work, in MongoDB. */
import type { Jobs, PendingEffect } from '../../conversation/ports.ts';
import type { StepDeps } from './commits.ts';
import { reach } from './connection.ts';
import { createGraves } from './graves.ts';
import { withoutPassed } from './newest.ts';
import type { StepDocument } from './schema-steps.ts';
import { pendingOf, readConversation, readLines, unlessErased } from './step-reading.ts';

/**
 * Implements the port; see there for the promises. `effectsOf`, `effectDone` and `effectRetry` are one round trip each,
 * for a conversation whose head and key this process has at hand (`effectsOf` brings them).
 */
export function createJobs(deps: StepDeps): Jobs {
  const { steps, keyring, heads, marks } = deps;

  async function readPending(found: StepDocument[]): Promise<PendingEffect[]> {
    const pending = found.filter(({ pendingSince }) => pendingSince !== undefined);
    const inOrder = pending.toSorted((a, b) => a.v - b.v);
    const read = inOrder.map((step) =>
      unlessErased(async () => pendingOf(step, await readLines(keyring, step))),
    );
    return (await Promise.all(read)).flatMap((effects) => effects ?? []);
  }

  return {
    pendingEffects: async () =>
      readPending(await reach(() => steps.find({ pendingSince: { $gte: 0 } }).toArray())),
    effectDone: marks.setDone,
    effectRetry: async (effect, tries, dueAt) => {
      const located = await marks.locate(effect);
      if (!located) return;
      const field = `effects.${located.name}`;
      const update = { $set: { [`${field}.tries`]: tries, [`${field}.dueAt`]: dueAt } };
      await reach(() => steps.updateOne({ ...located.step, [field]: { $exists: true } }, update));
    },
    effectsOf: async (id) => {
      const open = await reach(() => steps.find({ c: id, open: true }).toArray());
      const newest = open.toSorted((a, b) => b.v - a.v)[0];
      if (!newest) return { conversation: undefined, effects: [] };
      heads.note(newest);
      const conversation = await unlessErased(() => readConversation(keyring, newest));
      if (!conversation) keyring.forget(id);
      return { conversation, effects: await readPending(open) };
    },
    conversationsLeft: async ({ after, before }, limit) => {
      const filter = { pendingSince: { $gt: after, $lt: before } };
      const oldest = new Map<string, number>();
      const cursor = steps.find(filter, { projection: { c: 1, pendingSince: 1 } }).sort({ pendingSince: 1 });
      await reach(async () => {
        for await (const { c, pendingSince } of cursor) {
          if (!oldest.has(c)) oldest.set(c, pendingSince ?? 0);
          if (oldest.size >= limit) break;
        }
      });
      return [...oldest].map(([conversation, committedAt]) => ({ conversation, committedAt }));
    },
    ...createGraves(deps),
    dueTimers: (now, limit) => findDue(steps, now, limit),
  };
}

type Due = Awaited<ReturnType<Jobs['dueTimers']>>;

/** Pages through the steps with a due timer, because some may not be the newest of their conversation any more. */
async function findDue(steps: StepDeps['steps'], now: number, limit: number): Promise<Due> {
  const filter = { due: { $lte: now } };
  const projection = { c: 1, v: 1, timers: 1 };
  const found: StepDocument[] = [];
  for (let skip = 0; found.length < limit; skip += limit) {
    const page = await reach(() =>
      steps.find(filter, { projection }).sort({ due: 1, c: 1 }).skip(skip).limit(limit).toArray(),
    );
    found.push(...(await withoutPassed(steps, page)));
    if (page.length < limit) break;
  }
  const due = found.flatMap(({ c, timers = [] }) => {
    const own = timers.filter(({ dueAt }) => dueAt <= now);
    return own.map(({ id, dueAt }) => ({ conversation: c, timer: id, dueAt }));
  });
  return due.toSorted((a, b) => a.dueAt - b.dueAt).slice(0, limit);
}
