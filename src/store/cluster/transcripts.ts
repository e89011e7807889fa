/** What was said, read from the steps. */
import type { mongo } from 'mongoose';
import type { ConversationStore } from '../../conversation/ports.ts';
import type { Entry, StoredFile } from '../../conversation/types.ts';
import { parseStepId } from '../step-ids.ts';
import { reach } from './connection.ts';
import type { Heads } from './heads.ts';
import type { ClusterKeyring } from './keyring.ts';
import type { StepDocument } from './schema-steps.ts';
import type { StepMarks } from './step-marks.ts';
import { amend, readLines } from './step-reading.ts';

interface Deps {
  steps: mongo.Collection<StepDocument>;
  keyring: ClusterKeyring;
  heads: Heads;
  marks: StepMarks;
}

const LINES = { projection: { state: 0, attention: 0, timers: 0 } } as const;

/** Implements the reading part of the port. A transcript is one round trip, an entry two at once. */
export function createTranscripts({
  steps,
  keyring,
  marks,
}: Deps): Pick<ConversationStore, 'transcript' | 'findEntry' | 'findSent'> {
  const find = (filter: mongo.Filter<StepDocument>) =>
    reach(() => steps.find({ ...filter, lines: { $exists: true } }, LINES).toArray());

  /** Oldest first, with the files that later steps found. */
  async function readEntries(found: StepDocument[]): Promise<Entry[]> {
    const inOrder = found.toSorted((a, b) => a.v - b.v);
    const read = await Promise.all(inOrder.map((step) => readLines(keyring, step)));
    const amended = read.flatMap(({ amended }) => amended);
    const files = new Map<string, StoredFile[]>(amended.map(({ entry, files }) => [entry, files]));
    return amend(
      read.flatMap(({ entries }) => entries),
      files,
    );
  }

  const entryOf = async (found: StepDocument[], isIt: (entry: Entry) => boolean) => {
    const entry = (await readEntries(found)).find(isIt);
    return entry && { conversation: parseStepId(entry.id)?.conversation ?? '', entry };
  };

  const amending = (c: string, entries: string[]) => find({ c, amends: { $in: entries } });

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
      const found = await Promise.all([find({ ...step, base }), amending(conversation, [id])]);
      return entryOf(found.flat(), (entry) => entry.id === id);
    },
    findSent: async (providerId) => {
      const found = await find({ sentIds: providerId });
      return entryOf(found, (entry) => entry.direction === 'out' && entry.providerId === providerId);
    },
  };
}
