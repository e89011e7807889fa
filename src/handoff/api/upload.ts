/** Files that operators send: one as the whole body of a request, read within limits, kept by what it truly is. */
import type { IncomingMessage } from 'node:http';
import type { Vault } from '../../conversation/ports.ts';
import type { StoredFile } from '../../conversation/types.ts';
import { ApiError } from './api-error.ts';

/** What an endpoint takes. `types` are those that the browser may claim; who keeps the file looks at its content. */
export interface UploadLimits {
  types: readonly string[];
  maxBytes: number;
}

export interface Upload {
  bytes: Uint8Array;
  /** As claimed. */
  contentType: string;
}

/**
 * Looks at a file by its content (documents/intake/inspector.ts): its true type, and the bytes to keep. Refused are
 * damaged ones, viruses, and PDFs with programs in them. Images come without metadata, PDFs as they are.
 */
export type Inspect = (
  bytes: Uint8Array,
) => Promise<{ ok: true; contentType: string; bytes: Uint8Array } | { ok: false; reason: string }>;

/** Largest file that an operator sends, in bytes: the largest that intake takes (documents/intake/sniff.ts). */
export const MAX_UPLOAD_BYTES = 16 * 1024 * 1024;

/** Browsers know no type for some files (HEIC): then the content alone decides. */
const UNKNOWN_TYPE = 'application/octet-stream';

/**
 * Reads the body. Throws ApiError: UNSUPPORTED_FILE for a type that is not taken, TOO_LARGE as soon as it is known
 * to be, INVALID_REQUEST when it broke off.
 */
export async function readUpload(request: IncomingMessage, limits: UploadLimits): Promise<Upload> {
  const contentType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (contentType !== UNKNOWN_TYPE && !limits.types.includes(contentType))
    throw new ApiError('UNSUPPORTED_FILE');
  if (Number(request.headers['content-length'] ?? 0) > limits.maxBytes) throw new ApiError('TOO_LARGE');
  return { bytes: await readBody(request, limits.maxBytes), contentType };
}

/** What comes after the limit is let go by, unread: a browser shows no answer to a body that it could not end. */
function readBody(request: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let total = 0;
    request.on('data', (chunk: Buffer) => {
      total += chunk.length;
      if (total <= maxBytes) return void chunks.push(chunk);
      chunks = [];
      reject(new ApiError('TOO_LARGE'));
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => reject(new ApiError('INVALID_REQUEST')));
    request.on('close', () => reject(new ApiError('INVALID_REQUEST')));
  });
}

/**
 * Keeps an upload in the vault under the key of a conversation, or of the case of that `draft`, under a `name` of ours or none. Throws ApiError UNSUPPORTED_FILE
 * when its content is none of `types`, or is refused.
 */
export async function keepUpload(
  { vault, inspect }: { vault: Pick<Vault, 'put'>; inspect: Inspect },
  {
    owner,
    draft,
    bytes,
    types,
    name,
  }: {
    owner: string;
    draft?: number | undefined;
    bytes: Uint8Array;
    types: readonly string[];
    name?: string;
  },
): Promise<StoredFile> {
  const found = await inspect(bytes);
  if (!found.ok || !types.includes(found.contentType)) throw new ApiError('UNSUPPORTED_FILE');
  const { contentType } = found;
  const kept = { bytes: found.bytes, contentType };
  return vault.put(owner, {
    ...kept,
    ...(name === undefined ? {} : { name }),
    ...(draft === undefined ? {} : { draft }),
  });
}
