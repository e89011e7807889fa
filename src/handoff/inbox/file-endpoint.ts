/** Endpoints of the files of a chat: what citizens sent and the bot made, and what operators send. */
import type { Response } from 'express';
import type { ConversationStore, Vault } from '../../conversation/ports.ts';
import { ApiError } from '../api/api-error.ts';
import { createEndpoint, type Endpoint } from '../api/endpoint.ts';
import { type Inspect, keepUpload, MAX_UPLOAD_BYTES } from '../api/upload.ts';
import type { AuditLog, Role } from '../ports.ts';
import type { OfficePapers } from '../requests/paper-ports.ts';
import { uploadedSchema } from '../schemas/inbox.ts';
import { checklistSchema } from '../schemas/papers.ts';
import { loadChat } from './access.ts';
import type { Journal } from './journal.ts';
import { withoutSecrets } from './secrets.ts';

/** What a browser may show; anything else is only ever saved. Types are the vault's, found by content. */
const SHOWN = new Set(['image/jpeg', 'image/png', 'application/pdf']);
const EXTENSIONS: { [type: string]: string } = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/heic': 'heic',
  'application/pdf': 'pdf',
};
/** No WebP: WhatsApp takes that for a sticker. */
const TAKEN = Object.keys(EXTENSIONS);

export interface FileDeps {
  papers: Pick<OfficePapers, 'checklist'>;
  vault: Vault;
  conversations: ConversationStore;
  audit: AuditLog;
  journal: Journal;
  inspect: Inspect;
}

/** Builds `GET /api/files/{id}` and `POST /api/conversations/{id}/files` and `/papers`. */
export function createFileEndpoints(deps: FileDeps): Endpoint[] {
  return [
    createEndpoint({
      method: 'get',
      path: '/files/{id}',
      summary: 'A file of a chat or request. Each view is audited before the first byte leaves.',
      access: 'inbox',
      streams: [...SHOWN, 'application/octet-stream'],
      refusals: [404],
      async run({ id, signed: { operator }, response }) {
        const file = await deps.vault.get(id);
        if (!file) throw new ApiError('NOT_FOUND');
        await assertReadable(deps, { id, owner: file.owner, role: operator.role });
        await deps.journal.note(operator, 'file.view', id, { conversation: file.owner });
        send(response, { id, ...file });
        return undefined;
      },
    }),
    createEndpoint({
      method: 'post',
      path: '/conversations/{id}/files',
      summary:
        'Keep a file for this chat, to be sent by a reply or given as an answer. The body is the file.',
      access: 'answer',
      upload: { types: TAKEN, maxBytes: MAX_UPLOAD_BYTES },
      result: uploadedSchema,
      refusals: [404],
      async run({ id, signed: { operator }, file: { bytes } }) {
        await loadChat(deps.conversations, id, operator);
        const file = await keepUpload(deps, { owner: id, bytes, types: TAKEN });
        await deps.journal.note(operator, 'conversation.upload', id, { file: file.file });
        return { file };
      },
    }),
    createEndpoint({
      method: 'post',
      path: '/conversations/{id}/papers',
      summary: 'The checklist of a service as a PDF for this chat, to be sent by a reply.',
      access: 'answer',
      body: checklistSchema,
      result: uploadedSchema,
      refusals: [404],
      async run({ id, body: { service }, signed: { operator } }) {
        await loadChat(deps.conversations, id, operator);
        const paper = await deps.papers.checklist(service, id);
        if (!paper) throw new ApiError('NOT_FOUND');
        const details = { service, file: paper.file.file, code: paper.code };
        await deps.journal.note(operator, 'conversation.checklist', id, details);
        return { file: paper.file };
      },
    }),
  ];
}

/** A file of a complaint is as hidden as its words. */
async function assertReadable(
  { conversations, audit }: FileDeps,
  { id, owner, role }: { id: string; owner: string; role: Role },
): Promise<void> {
  await loadChat(conversations, owner, { role });
  const entries = await conversations.transcript(owner);
  const sent = entries.filter(({ files }) => files.some(({ file }) => file === id));
  const readable = await withoutSecrets(audit, { conversation: owner, entries, role });
  if (sent.length > 0 && !sent.some((entry) => readable.includes(entry))) throw new ApiError('NOT_FOUND');
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
    'Content-Security-Policy':
      "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    'Referrer-Policy': 'no-referrer',
    'X-Robots-Tag': 'noindex, nofollow',
  });
  response.end(Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength));
}
