/** The encrypted keeping of files: sealed with the key of their owner, so that erasing the key erases them. */
import { createHash } from 'node:crypto';
import type { Vault } from '../conversation/ports.ts';
import { AppError } from '../errors.ts';
import type { Ids } from '../ids.ts';
import type { FileStore, Sealer } from './ports.ts';

/**
 * Creates the vault. File names stay inside the sealed part, for they tell of people ("KTP Budi.jpg"); the store sees
 * id, owner, type and size only.
 */
export function createVault(deps: { files: FileStore; sealer: Sealer; ids: Pick<Ids, 'id'> }): Vault {
  const { files, sealer, ids } = deps;
  return {
    put: async (owner, { bytes, contentType, name, id = ids.id() }) => {
      const sealed = await sealer.seal(owner, pack({ id, name }, bytes));
      await files.put({ id, owner, contentType, sizeBytes: bytes.byteLength, sealed });
      return { file: id, contentType, sizeBytes: bytes.byteLength, ...(name === undefined ? {} : { name }) };
    },
    get: async (id) => {
      const stored = await files.get(id);
      if (stored === undefined) return undefined;
      const clear = await openUnlessErased(sealer, stored);
      if (clear === undefined) return undefined;
      const { head, bytes } = unpack(clear);
      if (head.id !== id)
        throw new AppError('KEY_WRONG', { detail: `file ${id} holds the content of another file` });
      const { owner, contentType } = stored;
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { owner, contentType, bytes, sha256, ...(head.name === undefined ? {} : { name: head.name }) };
    },
    delete: (id) => files.delete(id),
  };
}

/** An id that is the same each time an effect is run, so that a repeat keeps no second file. */
export function fileIdFor(sealer: Pick<Sealer, 'hash'>, effect: string, index = 0): string {
  return sealer.hash('file', `${effect}#${index}`).slice(0, 32);
}

async function openUnlessErased(
  sealer: Sealer,
  stored: { owner: string; sealed: Uint8Array },
): Promise<Uint8Array | undefined> {
  try {
    return await sealer.open(stored.owner, stored.sealed);
  } catch (error) {
    if (error instanceof AppError && error.code === 'KEY_MISSING') return undefined;
    throw error;
  }
}

interface Head {
  id: string;
  name?: string | undefined;
}

/** Layout of the clear form: length of the head (4 bytes, big endian), the head as JSON, the file. */
function pack(head: Head, bytes: Uint8Array): Uint8Array {
  const json = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return Buffer.concat([length, json, bytes]);
}

function unpack(clear: Uint8Array): { head: Head; bytes: Uint8Array } {
  const buffer = Buffer.from(clear.buffer, clear.byteOffset, clear.byteLength);
  const end = 4 + buffer.readUInt32BE(0);
  return { head: JSON.parse(buffer.toString('utf8', 4, end)) as Head, bytes: buffer.subarray(end) };
}
