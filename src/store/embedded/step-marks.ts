/** What a step's row tells in clear: compact JSON, because it is written with every message. */
import type { Commit, DeliveryStatus, Entry } from '../../conversation/types.ts';
import type { BuriedMark, EffectMark, EntryMark } from '../records.ts';
import { nameIn } from '../step-ids.ts';
import { laterStatus, packLines } from '../step-lines.ts';

/** Entries in the order of the transcript, and what was asked to be done, in order. */
export interface Marks {
  entries: EntryMark[];
  asked: Pick<EffectMark, 'name' | 'type'>[];
}

/** By the name of the effect: tries, and when the next is due. */
export interface Pending {
  [name: string]: [tries: number, dueAt: number];
}

/** By the name of the effect. */
export interface Buried {
  [name: string]: Pick<BuriedMark, 'tries' | 'reason' | 'at'>;
}

type PackedEntry = [
  name: string,
  direction: Entry['direction'],
  at: number,
  status: DeliveryStatus,
  id?: string,
];
type PackedMarks = [entries: PackedEntry[], asked: [name: string, type: string][]];

/** `null` when there is nothing to tell. */
export function packMarks({ entries, asked }: Marks): string | null {
  if (entries.length + asked.length === 0) return null;
  const packed: PackedMarks = [
    entries.map((entry) => packEntry(entry.name, entry)),
    asked.map(({ name, type }) => [name, type]),
  ];
  return JSON.stringify(packed);
}

/** The reverse of `packMarks`. */
export function unpackMarks(text: string | null): Marks {
  if (text === null) return { entries: [], asked: [] };
  const [entries, asked] = JSON.parse(text) as PackedMarks;
  return {
    entries: entries.map(([name, direction, at, status, providerId]) => ({
      name,
      direction,
      at,
      status,
      ...(providerId === undefined ? {} : { providerId }),
    })),
    asked: asked.map(([name, type]) => ({ name, type })),
  };
}

/** A commit as it goes into one row; texts, so that what becomes of the objects later does not reach the disk. */
export interface PackedStep {
  marks: string | null;
  pending: string | null;
  amends: string | null;
  /** StepLines as JSON, to be sealed; `null` when the step said, asked and amended nothing. */
  lines: string | null;
  /** The providers' ids of what is sent already. */
  sentIds: string[];
}

const NOTHING: PackedStep = { marks: null, pending: null, amends: null, lines: null, sentIds: [] };

/** Throws AppError INVALID_REQUEST when an entry or effect is not named after this step. */
export function packStep(commit: Commit): PackedStep {
  const { conversation, entries, effects, amended } = commit;
  if (entries.length + effects.length + amended.length === 0) return NOTHING;
  const marks: PackedMarks = [[], []];
  const pending: Pending = {};
  const sentIds: string[] = [];
  for (const entry of entries) {
    marks[0].push(packEntry(nameIn(conversation, entry.id), entry));
    if (entry.direction === 'out' && entry.providerId) sentIds.push(entry.providerId);
  }
  for (const { id, type } of effects) {
    const name = nameIn(conversation, id);
    marks[1].push([name, type]);
    pending[name] = [0, 0];
  }
  return {
    marks: entries.length + effects.length === 0 ? null : JSON.stringify(marks),
    pending: packLeft(pending),
    amends: amended.length === 0 ? null : JSON.stringify(amended.map(({ entry }) => entry)),
    lines: packLines(commit) ?? null,
    sentIds,
  };
}

function packEntry(name: string, entry: Omit<EntryMark, 'name'>): PackedEntry {
  const { direction, at, status, providerId } = entry;
  return providerId === undefined ? [name, direction, at, status] : [name, direction, at, status, providerId];
}

/** Of either kind: `null` when nothing is left, which keeps it out of its index. */
export function packLeft(left: Pending | Buried): string | null {
  for (const _ in left) return JSON.stringify(left);
  return null;
}

/** The reverse of `packLeft`. */
export function unpackLeft<T extends Pending | Buried>(text: string | null): T {
  return (text === null ? {} : JSON.parse(text)) as T;
}

/** The same without one. */
export function without<T extends Pending | Buried>(left: T, name: string): T {
  const { [name]: _, ...rest } = left;
  return rest as T;
}

/** The marks after news of an entry's delivery; `undefined` when it tells nothing new. */
export function withNews(
  marks: Marks,
  name: string,
  news: { status: DeliveryStatus; providerId?: string },
): Marks | undefined {
  const before = marks.entries.find((entry) => entry.name === name);
  if (!before) return undefined;
  const status = laterStatus(before.status, news.status);
  const providerId = news.providerId ?? before.providerId;
  if (status === before.status && providerId === before.providerId) return undefined;
  const after = { ...before, status, ...(providerId === undefined ? {} : { providerId }) };
  return { ...marks, entries: marks.entries.map((entry) => (entry === before ? after : entry)) };
}
