/** Unique inserts: what decides between processes that want the same. */
import { isDuplicate } from './connection.ts';

/** `false` when a unique index holds the key already: somebody else was first. Other faults pass. */
export async function isInserted(insertion: Promise<unknown>): Promise<boolean> {
  try {
    await insertion;
    return true;
  } catch (cause) {
    if (isDuplicate(cause)) return false;
    throw cause;
  }
}
