/** Files that come through a one-time link piece by piece, so that a broken line costs one piece only. */
import type { Clock } from '../../clock.ts';
import type { Vault } from '../../conversation/ports.ts';
import type { IncomingFile } from '../../conversation/types.ts';
import type { FileReason } from '../../flows/vocabulary.ts';
import { createGate } from '../intake/gate.ts';
import type { Inspector } from '../intake/inspector.ts';
import { type FileKind, MAX_FILE_BYTES } from '../intake/sniff.ts';
import type { FileStore, Link } from '../ports.ts';
import { listLeft, listRows, offsetOf, PIECE_BYTES, rowIds, sizeOf } from './upload-rows.ts';

/** Bytes of all files of a link, and how many may be begun: 20 that are asked for, and as many that were bad. */
const MAX_LINK_BYTES = 64 * 1024 * 1024;
const MAX_UPLOADS = 40;
/** Files put together and looked at at once: only these are in memory as a whole. */
const AT_ONCE = 4;

interface PartsDeps {
  vault: Vault;
  files: Pick<FileStore, 'listOld'>;
  inspector: Pick<Inspector, 'inspect'>;
  clock: Clock;
}

/** Where a file stands. `offset`: bytes that are kept; the next piece begins there. `isWrong`: what came began elsewhere. */
export type Standing =
  | { state: 'open'; offset: number; isWrong?: true }
  | { state: 'done' }
  | { state: 'refused'; reason: FileReason | 'many' };

export interface Coming {
  upload: string;
  /** From where `body` goes on, and how long the whole file is. */
  offset: number;
  length: number;
  name: string;
  accept: FileKind[];
  body: AsyncIterable<Uint8Array>;
}

export interface Parts {
  /**
   * Keeps what comes, whole pieces only; a file that is whole by it is looked at and kept, or refused. Bytes that do not
   * begin at the offset are not read: the answer says where it is, so that the same piece twice is harmless.
   */
  take(link: Link, coming: Coming): Promise<Standing>;
  /** Files that have come and are good, oldest first. */
  listDone(link: Link): Promise<{ upload: string; sizeBytes: number }[]>;
  /** What the conversation is handed; undefined when not all of them are there. */
  collect(link: Link, uploads: string[]): Promise<IncomingFile[] | undefined>;
  /** Idempotent. */
  remove(link: Link, upload: string): Promise<void>;
  /** Removes all that a used link keeps but the files that were handed over. */
  clean(link: Link, handedOver: string[]): Promise<void>;
}

/** Creates them. Pieces are sealed as all files are, under the conversation's key. */
export function createParts(deps: PartsDeps): Parts {
  const gate = createGate(AT_ONCE);
  return {
    async take(link, coming) {
      const uploads = await listRows(deps.files, link);
      const own = uploads.get(coming.upload);
      const ended = await endOf(deps, link, coming.upload, own);
      if (ended) return ended;
      const offset = offsetOf(own?.pieces ?? []);
      if (coming.length > MAX_FILE_BYTES) return { state: 'refused', reason: 'size' };
      const isMany = own === undefined && uploads.size >= MAX_UPLOADS;
      if (isMany || sizeOf(uploads) + coming.length - offset > MAX_LINK_BYTES)
        return { state: 'refused', reason: 'many' };
      if (coming.offset !== offset) return { state: 'open', offset, isWrong: true };
      const reached = await keep(deps.vault, link, coming);
      if (reached < coming.length) return { state: 'open', offset: reached };
      return gate.pass(() => finish(deps, link, coming));
    },
    async listDone(link) {
      const uploads = [...(await listRows(deps.files, link))];
      return uploads
        .flatMap(([upload, { good }]) => (good ? [{ upload, sizeBytes: good.sizeBytes, at: good.at }] : []))
        .toSorted((a, b) => a.at - b.at)
        .map(({ upload, sizeBytes }) => ({ upload, sizeBytes }));
    },
    async collect(link, uploads) {
      const files: IncomingFile[] = [];
      for (const upload of uploads) {
        const file = rowIds(link, upload).good;
        const found = await deps.vault.get(file);
        if (found?.owner !== link.conversation) return undefined;
        const { contentType: declaredType, name } = found;
        files.push({
          source: { kind: 'stored', file, inspected: true },
          declaredType,
          ...(name === undefined ? {} : { name }),
        });
      }
      return files;
    },
    async remove(link, upload) {
      const rows = (await listRows(deps.files, link)).get(upload);
      for (const row of [rows?.good, rows?.refused, ...(rows?.pieces ?? [])])
        if (row) await deps.vault.delete(row.id);
    },
    async clean(link, handedOver) {
      const kept = handedOver.map((upload) => rowIds(link, upload).good);
      const left = await listLeft(deps.files, link, { kept, now: deps.clock.now() });
      for (const id of left) await deps.vault.delete(id);
    },
  };
}

/** Undefined for a file that is still on its way. */
async function endOf(
  { vault }: PartsDeps,
  link: Link,
  upload: string,
  rows: { good?: unknown; refused?: unknown } | undefined,
): Promise<Standing | undefined> {
  if (rows?.good) return { state: 'done' };
  if (!rows?.refused) return undefined;
  const why = await vault.get(rowIds(link, upload).refused);
  return why && { state: 'refused', reason: Buffer.from(why.bytes).toString() as FileReason };
}

/** Keeps each piece as soon as it is whole; tells how far the file has come. What breaks off is begun again there. */
async function keep(vault: Vault, link: Link, coming: Coming): Promise<number> {
  const ids = rowIds(link, coming.upload);
  let at = coming.offset;
  for await (const bytes of cut(coming.body)) {
    const end = at + bytes.length;
    if (end > coming.length || (bytes.length < PIECE_BYTES && end < coming.length)) return at;
    const id = ids.piece(Math.floor(at / PIECE_BYTES));
    await vault.put(link.conversation, { id, bytes, contentType: 'application/octet-stream' });
    at = end;
  }
  return at;
}

/** Into pieces; the last is what is left when the line ends or breaks. */
async function* cut(body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of body) {
    held = Buffer.concat([held, chunk]);
    while (held.length >= PIECE_BYTES) {
      yield held.subarray(0, PIECE_BYTES);
      held = held.subarray(PIECE_BYTES);
    }
  }
  if (held.length > 0) yield held;
}

/** The verdict is kept before the pieces go: whoever comes second finds the one or the other. */
async function finish(deps: PartsDeps, link: Link, coming: Coming): Promise<Standing> {
  const { vault } = deps;
  const ids = rowIds(link, coming.upload);
  const count = Math.ceil(coming.length / PIECE_BYTES);
  const bytes = await putTogether(vault, ids, count);
  if (bytes === undefined) {
    const rows = (await listRows(deps.files, link)).get(coming.upload);
    return (await endOf(deps, link, coming.upload, rows)) ?? { state: 'open', offset: 0 };
  }
  const found = await deps.inspector.inspect(bytes);
  const reason = found.ok ? (coming.accept.includes(found.kind) ? undefined : 'type') : found.reason;
  if (found.ok && reason === undefined) {
    const { contentType } = found;
    await vault.put(link.conversation, { id: ids.good, bytes: found.bytes, contentType, name: coming.name });
  } else if (reason !== undefined) {
    const why = { id: ids.refused, bytes: Buffer.from(reason), contentType: 'text/plain' };
    await vault.put(link.conversation, why);
  }
  for (let index = 0; index < count; index += 1) await vault.delete(ids.piece(index));
  return reason === undefined ? { state: 'done' } : { state: 'refused', reason };
}

async function putTogether(vault: Vault, ids: ReturnType<typeof rowIds>, count: number) {
  const pieces: Uint8Array[] = [];
  for (let index = 0; index < count; index += 1) {
    const piece = await vault.get(ids.piece(index));
    if (piece === undefined) return undefined;
    pieces.push(piece.bytes);
  }
  return Buffer.concat(pieces);
}
