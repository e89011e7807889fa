/** Files and what the Sealer seals, in one piece. */
import { buffer } from 'node:stream/consumers';
import type { Pieces, Sealer } from '../../src/documents/ports.ts';

/** Sealed for the file `abcd`, unless said otherwise. */
export function sealWhole(
  sealer: Pick<Sealer, 'seal'>,
  owner: string,
  clear: Uint8Array,
  id = 'abcd',
): Promise<Buffer> {
  return whole(sealer.seal(owner, id, [clear]));
}

/** The reverse. */
export function openWhole(
  sealer: Pick<Sealer, 'open'>,
  owner: string,
  sealed: Uint8Array,
  id = 'abcd',
): Promise<Buffer> {
  return whole(sealer.open(owner, id, [sealed]));
}

/** All pieces together; nothing for nothing. */
export async function whole(pieces: Pieces | undefined): Promise<Buffer> {
  async function* all() {
    yield* pieces ?? [];
  }
  return buffer(all());
}
