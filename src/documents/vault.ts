/**
 * The encrypted keeping of files: sealed with the key of their case or their conversation, so that destroying the key
 * erases them.
 */
import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { caseOwner, parseOwner } from '../conversation/case-owner.ts';
import type { OpenedFile, Vault, VaultFile } from '../conversation/ports.ts';
import { AppError } from '../errors.ts';
import type { Ids } from '../ids.ts';
import type { FileStore, Sealer } from './ports.ts';
import { packFile, unpackFile } from './vault-form.ts';

/** How often a file is read again that is replaced while it is read. */
const READS = 5;

/**
 * Creates the vault. File names stay inside the sealed part, for they tell of people ("KTP Budi.jpg"); the store sees
 * id, owner, type, size and time only.
 */
export function createVault(deps: {
  files: FileStore;
  sealer: Sealer;
  ids: Pick<Ids, 'id'>;
  clock: Clock;
}): Vault {
  const { files, sealer, ids, clock } = deps;

  async function openOnce(id: string): Promise<OpenedFile | undefined> {
    const stored = await files.get(id);
    if (stored === undefined) return undefined;
    const { owner, contentType, sizeBytes, sealed } = stored;
    const opened = await unpackFile(id, namingFile(id, sealer.open(owner, id, sealed)));
    const { conversation, ...draft } = parseOwner(owner);
    return { owner: conversation, ...draft, contentType, sizeBytes, ...opened };
  }

  const open = (id: string) => unlessErased(() => openOnce(id));

  async function readOnce(id: string): Promise<VaultFile | undefined> {
    const opened = await openOnce(id);
    if (opened === undefined) return undefined;
    const { pieces, sizeBytes, ...facts } = opened;
    const { bytes, sha256 } = await collect(pieces, sizeBytes);
    return { ...facts, bytes, sha256 };
  }

  return {
    put: async (conversation, { bytes, contentType, name, draft, id = ids.id() }) => {
      const owner = caseOwner(conversation, draft);
      const sealed = sealer.seal(owner, id, packFile({ id, name }, bytes));
      const sizeBytes = bytes.byteLength;
      await files.put({ id, owner, contentType, sizeBytes, at: clock.now(), sealed });
      return { file: id, contentType, sizeBytes, ...(name === undefined ? {} : { name }) };
    },
    open,
    get: (id) => unlessErased(() => unlessReplaced(() => readOnce(id))),
    delete: (id) => files.delete(id),
  };
}

/** An id that is the same each time an effect is run, so that a repeat keeps no second file. */
export function fileIdFor(sealer: Pick<Sealer, 'hash'>, effect: string, index = 0): string {
  return sealer.hash('file', `${effect}#${index}`).slice(0, 32);
}

/** Into one piece of memory, where the size is what it was said to be. */
async function collect(pieces: AsyncIterable<Uint8Array>, sizeBytes: number) {
  const bytes = Buffer.alloc(sizeBytes);
  const hash = createHash('sha256');
  let length = 0;
  for await (const piece of pieces) {
    if (length + piece.length > sizeBytes)
      throw new AppError('KEY_WRONG', { detail: 'a file is larger than the store says' });
    bytes.set(piece, length);
    hash.update(piece);
    length += piece.length;
  }
  return { bytes: bytes.subarray(0, length), sha256: hash.digest('hex') };
}

/** A file whose key was destroyed is not there any more, nor is one that is deleted right now. */
async function unlessErased<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError && (error.code === 'KEY_MISSING' || error.code === 'NOT_FOUND'))
      return undefined;
    throw error;
  }
}

async function unlessReplaced<T>(read: () => Promise<T>): Promise<T> {
  for (let reads = 1; ; reads++) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'STORE_CONFLICT') || reads === READS) throw error;
    }
  }
}

/** Which file is damaged must be told: nothing else can be done about it than to bring it back from a copy. */
async function* namingFile(id: string, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (cause) {
    if (!(cause instanceof AppError && cause.code === 'KEY_WRONG')) throw cause;
    const detail = `file ${id} is damaged, or not the one that was kept under this id`;
    throw new AppError('KEY_WRONG', { detail, cause });
  }
}
