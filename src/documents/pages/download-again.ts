/**
 * The file behind `/f/:token`, under an address that only the right PIN leads to. It is fetched with GET, in parts where
 * the browser asks for parts: a download that broke off goes on where it was, and phones that fetch downloads with a
 * program of their own get it too.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import type { OpenedFile, Vault } from '../../conversation/ports.ts';
import type { Link, Sealer } from '../ports.ts';
import { sendFile } from '../send-file.ts';
import { PRIVATE_HEADERS } from './page-html.ts';

interface FetchDeps {
  vault: Pick<Vault, 'open'>;
  sealer: Pick<Sealer, 'hash'>;
}

/** The address's last part. Good as long as the link is: for an hour after the first time. */
export function passOf(sealer: Pick<Sealer, 'hash'>, { tokenHash }: Link): string {
  return sealer.hash('link-pass', tokenHash).slice(0, 32);
}

/** `false`: the pass is not right, or the file is gone; nothing is answered. `link` must be open. */
export async function fetchDownload(
  { vault, sealer }: FetchDeps,
  link: Link,
  request: Request,
  response: Response,
): Promise<boolean> {
  const isRight = isSame(String(request.params.pass), passOf(sealer, link));
  if (link.kind !== 'download' || link.usedAt === undefined || !isRight) return false;
  const found = await vault.open(link.file ?? '');
  if (found === undefined) return false;
  const etag = `"${sealer.hash('file-tag', `${link.file}`).slice(0, 32)}"`;
  response
    .set(PRIVATE_HEADERS)
    .set({ 'Accept-Ranges': 'bytes', ETag: etag })
    .attachment(`${link.application ?? 'dokumen'}${ENDINGS[found.contentType] ?? ''}`);
  const range = rangeOf(request, etag, found.sizeBytes);
  if (range === 'none') {
    await close(found);
    response.status(416).set('Content-Range', `bytes */${found.sizeBytes}`).end();
  } else if (range === 'all') await sendFile(response, found);
  else {
    const { start, end } = range;
    response.status(206).set('Content-Range', `bytes ${start}-${end}/${found.sizeBytes}`);
    const pieces = between(found.pieces, start, end + 1);
    await sendFile(response, { ...found, pieces, sizeBytes: end + 1 - start });
  }
  return true;
}

const ENDINGS: Record<string, string> = {
  'application/pdf': '.pdf',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/heic': '.heic',
  // Without its ending a phone does not know it for a calendar entry.
  'text/calendar': '.ics',
};

function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** One part only; whoever asks for several gets all. A part of another file (`If-Range`) is no use to anybody. */
function rangeOf(
  request: Request,
  etag: string,
  size: number,
): 'all' | 'none' | { start: number; end: number } {
  const onlyIf = request.get('if-range');
  if (onlyIf !== undefined && onlyIf !== etag) return 'all';
  const ranges = request.range(size, { combine: true });
  if (ranges === -1) return 'none';
  if (!Array.isArray(ranges) || ranges.type !== 'bytes' || ranges.length !== 1) return 'all';
  return ranges[0] ?? 'all';
}

/** Opened from its beginning all the same: what is sealed proves itself from there on. */
async function* between(
  pieces: AsyncIterable<Uint8Array>,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const piece of pieces) {
    const from = Math.max(0, start - at);
    const until = Math.min(piece.length, end - at);
    if (until > from) yield piece.subarray(from, until);
    at += piece.length;
    // The last part is read to the file's end, where its hash is checked.
  }
}

/** A file that is opened must be read a little, or it stays open. */
async function close({ pieces }: OpenedFile): Promise<void> {
  for await (const _piece of pieces) return;
}
