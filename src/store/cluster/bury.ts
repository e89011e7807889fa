/** What is left of a conversation that was erased: the numbers of its steps. */
import type { StepDeps } from './commits.ts';
import { reach } from './connection.ts';
import { isInserted } from './insert.ts';
import type { StepDocument } from './schema-steps.ts';

/** FerretDB hangs on a command with a hundred replacements. */
const BATCH = 25;

/**
 * Ends a conversation: a step without content becomes its newest, and those before it keep nothing but their number.
 * The numbers stay, because another process may have any of them at hand as the newest: its next step must meet a
 * number that is taken. It then finds the conversation gone, and whoever writes begins a new one, above.
 *
 * Destroy the owner's key before: a conversation that begins after this is sealed under a new one. Safe to repeat.
 */
export function createBurial({
  steps,
  keyring,
  heads,
}: Omit<StepDeps, 'marks'>): (conversation: string) => Promise<void> {
  async function end(c: string): Promise<number> {
    for (;;) {
      const newest = await heads.findNewest(c);
      if (!newest || newest.at === undefined) return newest?.v ?? 0;
      const v = newest.v + 1;
      const end: StepDocument = { ...bare({ c, v }), base: v, open: true };
      if (await isInserted(reach(() => steps.insertOne(end)))) return v;
    }
  }

  async function blankBelow(c: string, v: number): Promise<void> {
    const filter = { c, v: { $lt: v }, $or: [{ at: { $exists: true } }, { open: true as const }] };
    const before = await reach(() => steps.find(filter, { projection: { c: 1, v: 1 } }).toArray());
    for (let i = 0; i < before.length; i += BATCH) {
      const batch = before.slice(i, i + BATCH).map(({ _id, v }) => {
        const { _id: _, ...replacement } = bare({ c, v });
        return { replaceOne: { filter: { _id, c }, replacement } };
      });
      await reach(() => steps.bulkWrite(batch));
    }
  }

  return async (conversation) => {
    const v = await end(conversation);
    await blankBelow(conversation, v);
    heads.forget(conversation);
    keyring.forget(conversation);
  };
}

function bare({ c, v }: { c: string; v: number }): StepDocument {
  return { _id: `${c}.${v}`, c, v, base: v, inbound: v, took: v };
}
