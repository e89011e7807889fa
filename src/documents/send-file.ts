/** Answers a request with a file, piece by piece: a slow phone's download holds no file in memory. */
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { OpenedFile } from '../conversation/ports.ts';

/**
 * Sends it, after whatever headers the caller has set. A file that proves damaged on its way breaks off, short of the
 * length that was told, so that nobody takes it for whole; then it throws as the pieces do.
 */
export async function sendFile(response: Response, file: OpenedFile): Promise<void> {
  response.type(file.contentType).set('Content-Length', `${file.sizeBytes}`);
  try {
    await pipeline(file.pieces, response);
  } catch (error) {
    if (!isCallerGone(error)) throw error;
  }
}

function isCallerGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
