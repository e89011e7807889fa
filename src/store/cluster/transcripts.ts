/** What was said, read from the steps. */
import type { mongo } from 'mongoose';
import type { ConversationStore } from '../../conversation/ports.ts';
import type { Entry } from '../../conversation/types.ts';
import { parseStepId } from '../step-ids.ts';
import { amend } from '../step-lines.ts';
import type { StepDeps } from './commits.ts';
import { reach } from './connection.ts';
import type { StepDocument } from './schema-steps.ts';
import { readLines } from './step-reading.ts';

const LINES = { projection: { state: 0, attention: 0, timers: 0 } } as const;

/** Implements the reading part of the port. A transcript is one round trip, an entry two at once. */
export function createTranscripts({
  steps,
  keyring,
  marks,
}: StepDeps): Pick<ConversationStore, 'transcript' | 'findEntry' | 'findSent'> {
  const find = (filter: mongo.Filter<StepDocument>) =>
    reach(() => steps.find({ ...filter, lines: { $exists: true } }, LINES).toArray());

  /** Oldest first, with the files that later steps found. */
  async function readEntries(found: StepDocument[]): Promise<Entry[]> {
    const inOrder = found.toSorted((a, b) => a.v - b.v);
    const read = await Promise.all(inOrder.map((step) => readLines(keyring, step)));
    return amend(
      read.flatMap(({ entries }) => entries),
      read.flatMap(({ amended }) => amended),
    );
  }

  const entryOf = async (found: StepDocument[], isIt: (entry: Entry) => boolean) => {
    const entry = (await readEntries(found)).find(isIt);
    return entry && { conversation: parseStepId(entry.id)?.conversation ?? '', entry };
  };

  return {
    transcript: async (id, { after, last } = {}) => {
      const entries = await readEntries(await find({ c: id }));
      const from = after === undefined ? -1 : entries.findIndex((entry) => entry.id === after);
      return entries.slice(Math.max(from + 1, last === undefined ? 0 : entries.length - last));
    },
    findEntry: async (id) => {
      const located = await marks.locate(id);
      if (!located) return undefined;
      const { step, base, conversation } = located;
      const found = await Promise.all([find({ ...step, base }), find({ c: conversation, amends: id })]);
      return entryOf(found.flat(), (entry) => entry.id === id);
    },
    findSent: async (providerId) => {
      const found = await find({ sentIds: providerId });
      return entryOf(found, (entry) => entry.direction === 'out' && entry.providerId === providerId);
    },
  };
}
