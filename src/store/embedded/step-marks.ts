/** What a step's row tells in clear: compact JSON, because it is written with every message. */
import type { Commit, DeliveryStatus, Entry } from '../../conversation/types.ts';
import type { BuriedMark, EffectMark, EntryMark } from '../records.ts';
import { nameIn } from '../step-ids.ts';
import { laterStatus } from '../step-lines.ts';

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
    entries.map(({ name, direction, at, status, providerId }) =>
      providerId === undefined ? [name, direction, at, status] : [name, direction, at, status, providerId],
    ),
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

/** The marks of a commit. Throws AppError INVALID_REQUEST when something is not named after this step. */
export function marksOf({ conversation, entries, effects }: Commit): Marks {
  return {
    entries: entries.map(({ id, direction, at, status, providerId }) => ({
      name: nameIn(conversation, id),
      direction,
      at,
      status,
      ...(providerId === undefined ? {} : { providerId }),
    })),
    asked: effects.map(({ id, type }) => ({ name: nameIn(conversation, id), type })),
  };
}

/** All that was asked is to be done, at once. */
export function firstPending({ asked }: Marks): Pending {
  return Object.fromEntries(asked.map(({ name }): [string, [number, number]] => [name, [0, 0]]));
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
