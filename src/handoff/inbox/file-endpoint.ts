/** Endpoint of the files that citizens sent and the bot made, while their chat is in the inbox. */
import type { Response } from 'express';
import type { Clock } from '../../clock.ts';
import type { ConversationStore, Vault } from '../../conversation/ports.ts';
import { ApiError } from '../api/api-error.ts';
import { createEndpoint, type Endpoint } from '../api/endpoint.ts';
import type { AuditLog } from '../ports.ts';
import { loadWaiting } from './claims.ts';

/** What a browser may show; anything else is only ever saved. Types are the vault's, found by content at intake. */
const SHOWN = new Set(['image/jpeg', 'image/png', 'application/pdf']);
const EXTENSIONS: { [type: string]: string } = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/heic': 'heic',
  'application/pdf': 'pdf',
};

/** Builds `GET /api/files/{id}`: each view is in the audit log before the first byte leaves. */
export function createFileEndpoint(deps: {
  vault: Vault;
  conversations: ConversationStore;
  audit: AuditLog;
  clock: Clock;
}): Endpoint {
  return createEndpoint({
    method: 'get',
    path: '/files/{id}',
    summary: 'A file of a chat that is in the inbox. Each view is audited.',
    access: 'inbox',
    streams: ['image/jpeg', 'image/png', 'application/pdf', 'application/octet-stream'],
    refusals: [404],
    async run({ id, signed, response }) {
      const file = await deps.vault.get(id);
      if (!file) throw new ApiError('NOT_FOUND');
      await loadWaiting(deps.conversations, file.owner);
      await deps.audit.append({
        at: deps.clock.now(),
        actor: signed.operator.id,
        action: 'file.view',
        subject: id,
        details: { conversation: file.owner },
      });
      send(response, { id, ...file });
      return undefined;
    },
  });
}

/** A file is somebody else's content: never sniffed, never a page of ours, and kept nowhere. */
function send(response: Response, file: { id: string; bytes: Uint8Array; contentType: string }): void {
  const isShown = SHOWN.has(file.contentType);
  // The citizen's file name may hold a name or a NIK, and download folders are open to all: our own instead.
  const name = `berkas-${file.id.replace(/[^A-Za-z0-9]/g, '').slice(-8)}.${EXTENSIONS[file.contentType] ?? 'bin'}`;
  response.set({
    'Content-Type': isShown ? file.contentType : 'application/octet-stream',
    'Content-Disposition': `${isShown ? 'inline' : 'attachment'}; filename="${name}"`,
    'Cache-Control': 'private, no-store',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'Referrer-Policy': 'no-referrer',
  });
  response.end(Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength));
}
