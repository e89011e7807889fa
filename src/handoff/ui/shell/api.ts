/** The operator API as the web app calls it. */
import type { Me } from '../../schemas/accounts.ts';

/** A refusal of the API, or `OFFLINE` when it could not be reached. `by` is the colleague of `TAKEN`. */
export class ApiFailure extends Error {
  readonly code: string;
  readonly by: string | undefined;
  /** Why an answer was not taken, in Indonesian (`INVALID_ANSWER`). */
  readonly reason: string | undefined;

  constructor(code: string, details: { by?: string; reason?: string } = {}) {
    super(code);
    this.code = code;
    this.by = details.by;
    this.reason = details.reason;
  }
}

/** A line that answers nothing for so long is as good as cut. */
const PATIENCE_MS = 20_000;
let csrf = '';
let onSignedOut = () => {};

/** Calls back when the server no longer knows this session. */
export function watchSession(listener: () => void): void {
  onSignedOut = listener;
}

/**
 * One call of the API. `reveal` is the key that shows what is masked. Throws ApiFailure; `OFFLINE` when nothing came back
 * in time.
 */
export async function ask<T>(method: string, path: string, body?: unknown, reveal?: string): Promise<T> {
  const response = await fetch(`/api${path}`, {
    method,
    headers: {
      ...(csrf ? { 'X-CSRF-Token': csrf } : {}),
      ...(reveal === undefined ? {} : { 'X-Reveal': reveal }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    signal: patience(),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new ApiFailure('OFFLINE');
  });
  if (response.status === 204) return undefined as T;
  // A proxy in trouble answers with a page: no JSON counts as no answer, and the status tells the rest.
  const answer = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer as T;
  const code: string = answer?.error?.code ?? 'TROUBLE';
  if (code === 'UNAUTHENTICATED') onSignedOut();
  throw new ApiFailure(code, answer?.error);
}

/**
 * Sends one file as the body of the request; `onProgress` is told the part that has left (0..1). Throws ApiFailure.
 * XMLHttpRequest: `fetch` does not tell how much has left.
 */
export function upload<T>(path: string, file: File, onProgress: (part: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api${path}`);
    request.setRequestHeader('X-CSRF-Token', csrf);
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new ApiFailure('OFFLINE'));
    request.onload = () => {
      if (request.status < 300) return resolve(request.response as T);
      const code: string = request.response?.error?.code ?? 'TROUBLE';
      if (code === 'UNAUTHENTICATED') onSignedOut();
      reject(new ApiFailure(code, request.response?.error));
    };
    request.send(file);
  });
}

/** `AbortSignal.timeout` came to browsers later than those we build for. */
function patience(): AbortSignal {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), PATIENCE_MS);
  return stop.signal;
}

async function enter(answer: Promise<Me>): Promise<Me> {
  const me = await answer;
  csrf = me.csrf;
  return me;
}

/** Calls of the session; each throws ApiFailure. */
export const api = {
  me: () => enter(ask<Me>('GET', '/me')),
  login: (username: string, password: string, code?: string) =>
    enter(ask<Me>('POST', '/session', { username, password, ...(code ? { code } : {}) })),
  logout: () => ask<void>('DELETE', '/session'),
  changePassword: (old: string, fresh: string) => enter(ask<Me>('POST', '/password', { old, new: fresh })),
};

/** Where a file is shown. */
export function fileUrl(file: string): string {
  return `/api/files/${encodeURIComponent(file)}`;
}
