/** What is read off the pages of one answer, together. */
import type { Reading } from '../../flows/talk.ts';
import type { ReadingKind } from '../../flows/vocabulary.ts';
import type { Reader } from '../reading/reader.ts';

/** Of each element the most certain reading of all photos; one photo after the other. */
export async function readAll(
  reader: Pick<Reader, 'read'>,
  photos: readonly Uint8Array[],
  kind: ReadingKind,
): Promise<Reading[]> {
  const best = new Map<string, Reading>();
  for (const photo of photos) {
    for (const reading of await reader.read(photo, kind)) {
      const known = best.get(reading.element);
      if (known === undefined || reading.confidence > known.confidence) best.set(reading.element, reading);
    }
  }
  return [...best.values()];
}
