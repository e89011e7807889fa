/** Serves the upload page's script under an address that names its content, so that a phone fetches it once for all links. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Request, Response } from 'express';
import { type Html, html } from './page-html.ts';
import { SCRIPT_WORDS } from './page-words.ts';

const CLIENT = readFileSync(new URL('./upload-client.js', import.meta.url), 'utf8');
const SOURCE = Buffer.from(`var loketWords = ${JSON.stringify(SCRIPT_WORDS)};\n${CLIENT}`);
const PACKED = gzipSync(SOURCE, { level: 9 });
const NAME = `upload.${createHash('sha256').update(SOURCE).digest('hex').slice(0, 16)}.js`;

/** Relative, because a proxy may hand the service on under a path of its own. */
export function scriptTag(): Html {
  return html`<script src="assets/${NAME}" defer></script>`;
}

/** Answers `GET /f/assets/:name`. `false`: it has no such file, and nothing is answered. */
export function serveScript(request: Request, response: Response): boolean {
  if (request.params.name !== NAME) return false;
  const isPacked = request.acceptsEncodings('gzip') !== false;
  if (isPacked) response.set('Content-Encoding', 'gzip');
  response
    .vary('Accept-Encoding')
    .set('Cache-Control', 'public, max-age=31536000, immutable')
    .set('X-Content-Type-Options', 'nosniff')
    .type('text/javascript')
    .send(isPacked ? PACKED : SOURCE);
  return true;
}
