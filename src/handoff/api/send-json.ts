/** How the API answers over a weak line. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request, Response } from 'express';

/** What fits one packet gains nothing. */
const MIN_BYTES = 1_000;
const pack = promisify(gzip);

/**
 * Answers as JSON, packed for whoever can unpack it: a long list is a fraction then. Packed outside the event loop.
 * (How long an answer is tells a little of what is in it; the session's token never stands beside a stranger's words.)
 */
export async function sendJson(request: Request, response: Response, value: unknown): Promise<void> {
  const body = Buffer.from(JSON.stringify(value));
  const isPacked = body.byteLength >= MIN_BYTES && request.acceptsEncodings('gzip') === 'gzip';
  const sent = isPacked ? await pack(body) : body;
  if (isPacked) response.set('Content-Encoding', 'gzip');
  response.vary('Accept-Encoding').set('Content-Type', 'application/json; charset=utf-8').send(sent);
}
