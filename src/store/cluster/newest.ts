/** Telling the newest step of a conversation from those that were. */
import type { mongo } from 'mongoose';
import { reach } from './connection.ts';
import type { StepDocument } from './schema-steps.ts';

/**
 * Leaves out steps that another one follows. They may still carry what only the newest tells (`sweep` in
 * step-marks.ts takes that off later). One round trip.
 */
export async function withoutPassed<Step extends Pick<StepDocument, 'c' | 'v'>>(
  steps: mongo.Collection<StepDocument>,
  candidates: Step[],
): Promise<Step[]> {
  if (candidates.length === 0) return [];
  const nextOf = ({ c, v }: Step) => `${c}.${v + 1}`;
  const filter = { _id: { $in: candidates.map(nextOf) } };
  const following = await reach(() => steps.find(filter, { projection: { _id: 1 } }).toArray());
  const there = new Set(following.map(({ _id }) => _id));
  return candidates.filter((step) => !there.has(nextOf(step)));
}
