/** Effects that were given up. */
import type { BuriedEffect, Jobs } from '../../conversation/ports.ts';
import { stepId } from '../step-ids.ts';
import type { StepDeps } from './commits.ts';
import { reach } from './connection.ts';
import { RANKS, type StepDocument } from './schema-steps.ts';
import { type Located, settle } from './step-marks.ts';
import { readLines, unlessErased } from './step-reading.ts';

/** Implements part of the port. Rare work, so the round trips (two or three a call) are not counted. */
export function createGraves({ steps, keyring, marks }: StepDeps): Pick<Jobs, 'bury' | 'buried' | 'revive'> {
  /** The step, if it asked for that effect. */
  async function findStep(effect: string): Promise<{ step: StepDocument; located: Located } | undefined> {
    const located = await marks.locate(effect);
    const step = located && (await reach(() => steps.findOne({ ...located.step, base: located.base })));
    return step?.asked?.some(({ name }) => name === located?.name) && located ? { step, located } : undefined;
  }

  /** The entry that the effect was about is not a failure any more. */
  async function requeueEntry(step: StepDocument, effect: string): Promise<void> {
    const lines = await unlessErased(() => readLines(keyring, step));
    const entry = lines?.effects[effect]?.entry;
    const located = typeof entry === 'string' ? await marks.locate(entry) : undefined;
    if (!located) return;
    const field = `st.${located.name}`;
    await reach(() =>
      steps.updateOne({ ...located.step, [field]: RANKS.failed }, { $set: { [field]: RANKS.queued } }),
    );
  }

  return {
    bury: async (effect, { reason, tries, at }) => {
      const found = await findStep(effect);
      if (!found) return;
      const { step, name } = found.located;
      const update = {
        $set: { [`buried.${name}`]: { reason, tries, at } },
        $max: { buriedAt: at },
        $unset: { [`effects.${name}`]: true as const },
      };
      const filter = { ...step, at: { $exists: true } };
      await reach(() => steps.bulkWrite([{ updateOne: { filter, update } }, settle(step)]));
    },
    buried: async (limit) => {
      const found = await reach(() =>
        steps
          .find({ buriedAt: { $gte: 0 } }, { projection: { lines: 0, state: 0 } })
          .sort({ buriedAt: -1 })
          .limit(limit)
          .toArray(),
      );
      return found
        .flatMap(gravesOf)
        .toSorted((a, b) => b.at - a.at)
        .slice(0, limit);
    },
    revive: async (effect) => {
      const found = await findStep(effect);
      if (!found) return false;
      const { step, name } = found.located;
      // First the entry: a sender that is quick would otherwise have its status set back.
      if (found.step.buried?.[name]) await requeueEntry(found.step, name);
      const filter = { ...step, [`buried.${name}`]: { $exists: true } };
      const update = {
        $set: {
          [`effects.${name}`]: { tries: 1, dueAt: 0 },
          pendingSince: found.step.at ?? 0,
          open: true as const,
        },
        $unset: { [`buried.${name}`]: true as const },
      };
      const { modifiedCount } = await reach(() => steps.updateOne(filter, update));
      await reach(() => steps.updateOne({ ...step, buried: {} }, { $unset: { buriedAt: true } }));
      return modifiedCount === 1;
    },
  };
}

function gravesOf(step: StepDocument): BuriedEffect[] {
  return (step.asked ?? []).flatMap(({ name, type }) => {
    const grave = step.buried?.[name];
    const effect = stepId(step.c, step.v - step.base, name);
    return grave ? [{ effect, conversation: step.c, type, ...grave }] : [];
  });
}
