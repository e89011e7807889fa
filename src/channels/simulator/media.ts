/** `GET /simulator/media/:file`: what a phone would have downloaded. */
import type { Request, Response } from 'express';
import type { Vault } from '../../conversation/ports.ts';
import { refuse } from './refusal.ts';

/** What a browser may show; anything else is only ever saved. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'application/pdf']);

/** Files are somebody's content: never guessed at, and never a page of ours. */
export async function serveMedia(
  vault: Pick<Vault, 'get'>,
  request: Request,
  response: Response,
): Promise<void> {
  const found = await vault.get(String(request.params.file));
  if (!found) return refuse(response, 404, { field: 'file', message: 'is not there' });
  const isShown = SHOWN.has(found.contentType);
  response.set({
    'Content-Type': isShown ? found.contentType : 'application/octet-stream',
    'Content-Disposition': disposition(isShown ? 'inline' : 'attachment', found.name),
    // No `sandbox` here: browsers then refuse to show a PDF.
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'X-Robots-Tag': 'noindex, nofollow',
    'Cache-Control': 'private, no-store',
  });
  response.end(Buffer.from(found.bytes.buffer, found.bytes.byteOffset, found.bytes.byteLength));
}

/** RFC 6266, with the extended form of RFC 8187 only: any name is safe in it. */
function disposition(kind: string, name: string | undefined): string {
  if (name === undefined || name === '') return kind;
  const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (sign) => {
    return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  return `${kind}; filename*=UTF-8''${encoded}`;
}
