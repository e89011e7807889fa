/** Whether a file can go to a citizen as a message. What cannot goes as a one-time link. */
import type { Capabilities, StoredFile } from './types.ts';

/** The largest file of this content type that goes as a message, in bytes: 0 for none, null where nothing is too large. */
export function maxFileBytes({ mediaOut, mediaLimits }: Capabilities, contentType: string): number | null {
  if (!mediaOut) return 0;
  if (!mediaLimits) return null;
  return (Object.hasOwn(mediaLimits, contentType) && mediaLimits[contentType]) || 0;
}

/** True when the file goes as it is. */
export function fitsMedia(can: Capabilities, file: Pick<StoredFile, 'contentType' | 'sizeBytes'>): boolean {
  const max = maxFileBytes(can, file.contentType);
  return max === null || file.sizeBytes <= max;
}
