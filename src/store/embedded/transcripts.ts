/** The lines of the transcripts, read from the steps that said them. */
import type { Entry } from '../../conversation/types.ts';
import type { StepLines } from '../records.ts';
import { parseStepId, stepId } from '../step-ids.ts';
import { amend } from '../step-lines.ts';
import type { Heads } from './heads.ts';
import type { Keyring } from './keyring.ts';
import { unpackMarks } from './step-marks.ts';
import type { StepRow, Steps } from './steps.ts';

interface Found {
  conversation: string;
  entry: Entry;
}

/** What a step said, asked and amended. */
export interface ReadStep {
  /** As this step left them: later steps may have amended them. */
  entries: Entry[];
  effects: StepLines['effects'];
  amended: StepLines['amended'];
}

export interface Transcripts {
  /** See `ConversationStore.transcript`. */
  list(conversation: string, options: { after?: string; last?: number }): Entry[];
  find(entry: string): Found | undefined;
  findSent(providerId: string): Found | undefined;
  read(row: StepRow): ReadStep;
}

export function createTranscripts(deps: { keyring: Keyring; heads: Heads; steps: Steps }): Transcripts {
  const { keyring, heads, steps } = deps;

  function read({ id, version, marks, lines }: StepRow): ReadStep {
    if (!lines) return { entries: [], effects: {}, amended: [] };
    const text = keyring.open(id, 'step', `${id}.${version}`, lines).toString();
    const { entries, effects, amended } = JSON.parse(text) as StepLines;
    const told = unpackMarks(marks).entries.flatMap(({ name, direction, at, status, providerId }) => {
      const line = entries[name];
      const id_ = stepId(id, version, name);
      const sent = providerId === undefined ? {} : { providerId };
      return line ? [{ id: id_, direction, at, status, ...line, ...sent }] : [];
    });
    return { entries: told, effects, amended };
  }

  /** Where the lines behind an entry begin; `undefined` when that is no entry of this conversation. */
  function versionOf(conversation: string, entry: string): number | undefined {
    const parts = parseStepId(entry);
    const step = parts?.conversation === conversation ? steps.open(entry) : undefined;
    return step?.marks.entries.some(({ name }) => name === step.name) ? step.version : undefined;
  }

  function list(conversation: string, { after, last = Number.POSITIVE_INFINITY }: ListOptions): Entry[] {
    const head = heads.find(conversation);
    if (!head) return [];
    const from = after === undefined ? undefined : versionOf(conversation, after);
    let entries: Entry[] = [];
    let amended: StepLines['amended'] = [];
    for (const row of steps.newestFirst(head.n, from ?? 1)) {
      const step = read(row);
      entries = [...step.entries, ...entries];
      amended = [...step.amended, ...amended];
      if (entries.length >= last) break;
    }
    const behind = from === undefined ? 0 : entries.findIndex(({ id }) => id === after) + 1;
    const asked = entries.slice(behind);
    return amend(asked.slice(Math.max(0, asked.length - last)), amended);
  }

  /** The entry with the files that later steps found for it. */
  function found(row: StepRow, isIt: (entry: Entry) => boolean): Found | undefined {
    const entry = read(row).entries.find(isIt);
    if (!entry) return undefined;
    const head = heads.find(row.id);
    const later = head && head.version > row.version ? [...steps.newestFirst(head.n, row.version + 1)] : [];
    const amending = later.filter(({ amends }) => amends?.includes(JSON.stringify(entry.id)));
    const amended = amending.reverse().flatMap((step) => read(step).amended);
    return { conversation: row.id, entry: amend([entry], amended)[0] ?? entry };
  }

  return {
    list,
    read,
    find: (id) => {
      const parts = parseStepId(id);
      const row = parts && steps.row(parts);
      return row && found(row, (entry) => entry.id === id);
    },
    findSent: (providerId) => {
      for (const row of steps.sentAs(providerId)) {
        const sent = found(row, (entry) => entry.direction === 'out' && entry.providerId === providerId);
        if (sent) return sent;
      }
      return undefined;
    },
  };
}

interface ListOptions {
  after?: string;
  last?: number;
}
