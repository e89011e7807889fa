/** The sealed lines of a step, and how news of a delivery is merged: the same in every store. */
import type { Commit, DeliveryStatus, Entry, StoredFile } from '../conversation/types.ts';
import type { StepLines } from './records.ts';
import { nameIn } from './step-ids.ts';

/**
 * What a commit says, asks and amends, as the text that is sealed; `undefined` when that is nothing.
 * Throws AppError INVALID_REQUEST when an entry or effect is not named after this step.
 */
export function packLines({ conversation, entries, effects, amended }: Commit): string | undefined {
  if (entries.length + effects.length + amended.length === 0) return undefined;
  const lines: StepLines = { entries: {}, effects: {}, amended };
  for (const entry of entries) {
    const { author, text, files, note, understood } = entry;
    lines.entries[nameIn(conversation, entry.id)] = {
      author,
      text,
      files,
      ...(note === undefined ? {} : { note }),
      ...(understood === undefined ? {} : { understood }),
    };
  }
  for (const { id, params } of effects) lines.effects[nameIn(conversation, id)] = params;
  return JSON.stringify(lines);
}

/**
 * One line along which a status only goes forward, whatever order the news arrives in: a failure overrides that it
 * was sent, and proof that it arrived overrides the failure.
 */
const ORDER: readonly DeliveryStatus[] = ['queued', 'sent', 'failed', 'delivered', 'read'];

/** What an entry's status is after news of it. What was received stays so. */
export function laterStatus(stored: DeliveryStatus, news: DeliveryStatus): DeliveryStatus {
  if (stored === 'received') return stored;
  return ORDER.indexOf(news) > ORDER.indexOf(stored) ? news : stored;
}

/** Gives entries the files that later steps found for them; `amended` in the order of the steps. */
export function amend(entries: Entry[], amended: StepLines['amended']): Entry[] {
  if (amended.length === 0) return entries;
  const files = new Map<string, StoredFile[]>(amended.map(({ entry, files }) => [entry, files]));
  return entries.map((entry) => ({ ...entry, files: files.get(entry.id) ?? entry.files }));
}
