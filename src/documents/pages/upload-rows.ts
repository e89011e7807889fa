/**
 * Which pieces of which files a one-time link has: the store's list of sealed files is all there is of it, so that any
 * process takes the next piece. A file on its way is `up<link>-<upload>-p00000` and so on, then `-f` (the good file) or
 * `-r` (why it was refused).
 */
import type { FileFacts, FileStore, Link } from '../ports.ts';

/** Of every piece but a file's last. */
export const PIECE_BYTES = 64 * 1024;
/** What the browser may call a file on its way. */
export const UPLOAD_ID = /^[a-z0-9]{16,32}$/;

const PAGE = 200;
/** The end of time, as dates know it. */
const EVER = 8.64e15;
/** What is so old belongs to a link that has expired. */
const STALE_MS = 8 * 24 * 60 * 60 * 1000;

/** What there is of one file. */
export interface Rows {
  pieces: FileFacts[];
  good?: FileFacts;
  refused?: FileFacts;
}

/** The ids of what is kept of one file. */
export function rowIds(link: Link, upload: string) {
  const start = `${prefixOf(link)}${upload}-`;
  return {
    piece: (index: number) => `${start}p${String(index).padStart(5, '0')}`,
    good: `${start}f`,
    refused: `${start}r`,
  };
}

/** All files of a link that are on their way or have come, by what the browser calls them. */
export async function listRows(files: Pick<FileStore, 'listOld'>, link: Link): Promise<Map<string, Rows>> {
  const found = new Map<string, Rows>();
  for await (const row of startingWith(files, link.conversation, prefixOf(link))) {
    const [, upload = '', kind = ''] = row.id.split('-');
    const rows = found.get(upload) ?? { pieces: [] };
    if (kind === 'f') rows.good = row;
    else if (kind === 'r') rows.refused = row;
    else rows.pieces.push(row);
    found.set(upload, rows);
  }
  return found;
}

/** Of a link that is used: all but `kept`; of the conversation's other links: what they left when they expired. */
export async function listLeft(
  files: Pick<FileStore, 'listOld'>,
  link: Link,
  { kept, now }: { kept: string[]; now: number },
): Promise<string[]> {
  const left: string[] = [];
  for await (const { id, at } of startingWith(files, link.conversation, 'up'))
    if (id.startsWith(prefixOf(link)) ? !kept.includes(id) : at < now - STALE_MS) left.push(id);
  return left;
}

/** How many bytes of a file are there without a gap. */
export function offsetOf(pieces: FileFacts[]): number {
  let offset = 0;
  for (const [index, { id, sizeBytes }] of pieces.entries()) {
    if (!id.endsWith(`-p${String(index).padStart(5, '0')}`)) return offset;
    offset += sizeBytes;
    if (sizeBytes < PIECE_BYTES) return offset;
  }
  return offset;
}

/** Bytes that a link keeps. */
export function sizeOf(uploads: Map<string, Rows>): number {
  let size = 0;
  for (const { pieces, good } of uploads.values())
    for (const row of good ? [...pieces, good] : pieces) size += row.sizeBytes;
  return size;
}

function prefixOf({ tokenHash }: Link): string {
  return `up${tokenHash.slice(0, 32)}-`;
}

async function* startingWith(
  files: Pick<FileStore, 'listOld'>,
  owner: string,
  prefix: string,
): AsyncGenerator<FileFacts> {
  let after = { owner, id: prefix };
  for (;;) {
    const page = await files.listOld({ before: EVER, of: owner, after, limit: PAGE });
    for (const row of page) {
      if (!row.id.startsWith(prefix)) return;
      yield row;
    }
    const last = page.at(-1);
    if (last === undefined) return;
    after = { owner: last.owner, id: last.id };
  }
}
