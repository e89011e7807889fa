/** What runs in the inspector's threads (piscina calls `inspect`). Nothing of the service is loaded here. */
import { examine } from './examine.ts';
import type { Inspected } from './inspector.ts';

// Libraries tell what is wrong with a file there; nothing of a citizen's file belongs on the service's output.
const silent = () => undefined;
Object.assign(console, { log: silent, info: silent, warn: silent, error: silent });

export interface Job {
  bytes: Uint8Array;
  asDocument: boolean;
}

/** A PDF does not change: its bytes are not sent back (`bytes` empty). */
export async function inspect({ bytes, asDocument }: Job): Promise<Inspected> {
  const found = await examine(bytes, asDocument);
  if (!found.ok) return found;
  if (found.kind === 'pdf') return { ...found, bytes: new Uint8Array() };
  // The encoder's buffer may be part of a larger one, which would go with it.
  return { ...found, bytes: new Uint8Array(found.bytes) };
}
