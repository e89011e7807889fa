/**
 * What the upload page's script asks of `/f/:token`. The semantics are those of tus 1.0 (tus.io: PATCH, Upload-Offset,
 * Upload-Length, 409 for a wrong offset); the browser names the upload, which saves the round trip that creates it.
 *
 * - `PATCH /f/:token/:upload`, the file's bytes from `Upload-Offset` on: `{ state: 'open', offset }`, `{ state: 'done' }` or
 *   `{ state: 'refused', words }`. Without a body it asks where the file stands.
 * - `DELETE /f/:token/:upload` takes it back.
 * - `POST /f/:token` with `uploads=<id>,<id>` (urlencoded) hands them over: `{ state: 'sent' }`, or `missing`.
 *
 * A link that is closed answers `{ state, words }` to all of them, with the states of a link or `not-waiting`.
 */
import type { Request, Response } from 'express';
import { AppError } from '../../errors.ts';
import type { Words } from '../papers/words.ts';
import type { Link } from '../ports.ts';
import { PRIVATE_HEADERS } from './page-html.ts';
import { PAGE_WORDS as P, UPLOAD_FAULTS } from './page-words.ts';
import { acceptedBy, mostOf } from './upload-form.ts';
import { handOver, type UploadDeps } from './upload-page.ts';
import type { Parts, Standing } from './upload-parts.ts';
import { UPLOAD_ID } from './upload-rows.ts';

type Deps = UploadDeps & { parts: Parts };

/** Answers as JSON, kept nowhere. */
export function sendJson(
  response: Response,
  status: number,
  body: { state: string; offset?: number; words?: Words },
): void {
  response.status(status).set(PRIVATE_HEADERS).json(body);
}

/** Takes the next piece of a file. */
export async function takePiece(deps: Deps, link: Link, request: Request, response: Response): Promise<void> {
  const upload = idOf(request);
  const offset = numberIn(request, 'upload-offset');
  const length = numberIn(request, 'upload-length');
  if (upload === undefined || offset === undefined || length === undefined)
    throw new AppError('INVALID_REQUEST', { detail: 'an upload has an id, an offset and a length' });
  const ask = await deps.describeUpload(link.conversation, link.step ?? '');
  if (ask === undefined) return sendJson(response, 410, { state: 'not-waiting', words: P.notWaiting });
  const accept = acceptedBy(ask);
  const coming = { upload, offset, length, accept, name: nameIn(request), body: whileItComes(request) };
  answerStanding(response, await deps.parts.take(link, coming));
}

/** Takes a file back. */
export async function removePieces(deps: Deps, link: Link, request: Request, response: Response) {
  const upload = idOf(request);
  if (upload !== undefined) await deps.parts.remove(link, upload);
  sendJson(response, 200, { state: 'removed' });
}

/** Hands over what has come, as one answer. */
export async function finishPieces(deps: Deps, link: Link, list: string, response: Response): Promise<void> {
  const ask = await deps.describeUpload(link.conversation, link.step ?? '');
  if (ask === undefined) return sendJson(response, 410, { state: 'not-waiting', words: P.notWaiting });
  const uploads = [...new Set(list.split(',').filter((id) => UPLOAD_ID.test(id)))];
  if (uploads.length === 0) return sendJson(response, 400, { state: 'none', words: UPLOAD_FAULTS.none });
  if (uploads.length > mostOf(ask))
    return sendJson(response, 413, { state: 'many', words: UPLOAD_FAULTS.many });
  const files = await deps.parts.collect(link, uploads);
  if (files === undefined) return sendJson(response, 409, { state: 'missing' });
  await handOver(deps, link, files);
  await deps.parts.clean(link, uploads);
  sendJson(response, 200, { state: 'sent' });
}

function answerStanding(response: Response, standing: Standing): void {
  if (standing.state === 'done') sendJson(response, 200, standing);
  else if (standing.state === 'refused') {
    const isTooLarge = standing.reason === 'size' || standing.reason === 'many';
    if (isTooLarge) response.set('Connection', 'close');
    const words = UPLOAD_FAULTS[standing.reason];
    sendJson(response, isTooLarge ? 413 : 422, { state: 'refused', words });
  } else {
    const { state, offset, isWrong } = standing;
    response.set('Upload-Offset', String(offset));
    sendJson(response, isWrong ? 409 : 200, { state, offset });
  }
}

function idOf(request: Request): string | undefined {
  const id = String(request.params.upload);
  return UPLOAD_ID.test(id) ? id : undefined;
}

function numberIn(request: Request, name: string): number | undefined {
  const text = request.get(name) ?? '';
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

/** Percent-encoded, because headers are ASCII; on the phone's side it is never part of an address. */
function nameIn(request: Request): string {
  try {
    const name = decodeURIComponent(request.get('upload-name') ?? '');
    return name.replace(/[\p{C}/\\]/gu, '').slice(0, 120) || 'berkas';
  } catch {
    return 'berkas';
  }
}

/** A line that breaks is an end, and no fault: what came before it is kept. */
async function* whileItComes(request: Request): AsyncGenerator<Uint8Array> {
  try {
    yield* request as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (!request.destroyed) throw error;
  }
}
