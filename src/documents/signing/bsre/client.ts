/** One call to BSrE's client service. Neither what was sent nor what came back gets into an error: both hold secrets. */
import { AppError } from '../../../errors.ts';

export interface BsreAccount {
  /** Without a slash at the end. */
  url: string;
  user: string;
  password: string;
  /** Signing takes the service some seconds, checking up to 40; default 60 s. */
  timeoutMs?: number;
}

export interface BsreAnswer {
  status: number;
  bytes: Buffer;
}

const TIMEOUT_MS = 60_000;
/** A signed paper of ours is below 1 MB; in JSON a third more. */
const LIMIT_BYTES = 16 * 1024 * 1024;

/** Errors of a connection that was never made: nothing was sent. */
const NOT_SENT = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
];

/**
 * Calls once. Throws AppError: REMOTE_UNAVAILABLE when it surely was not done, REMOTE_REFUSED when the account is not
 * accepted, OUTCOME_UNKNOWN when the connection was lost or the answer is none that can be read.
 */
export async function callBsre(
  account: BsreAccount,
  path: string,
  request: { method: 'GET' } | { method: 'POST'; body: FormData | object },
): Promise<BsreAnswer> {
  const credentials = Buffer.from(`${account.user}:${account.password}`).toString('base64');
  const isForm = request.method === 'POST' && request.body instanceof FormData;
  const init: RequestInit = {
    method: request.method,
    redirect: 'manual',
    signal: AbortSignal.timeout(account.timeoutMs ?? TIMEOUT_MS),
    headers: {
      Authorization: `Basic ${credentials}`,
      ...(request.method === 'POST' && !isForm ? { 'Content-Type': 'application/json' } : {}),
    },
    ...(request.method === 'POST'
      ? { body: isForm ? (request.body as FormData) : JSON.stringify(request.body) }
      : {}),
  };
  try {
    const response = await fetch(account.url + path, init);
    return judge({ status: response.status, bytes: await readBody(response) });
  } catch (error) {
    throw error instanceof AppError ? error : faultOf(error);
  }
}

/** What speaks of the service and not of the paper. */
function judge(answer: BsreAnswer): BsreAnswer {
  const { status } = answer;
  if (status === 401 && !hasCode(answer)) throw refused('does not accept BSRE_USER and BSRE_PASSWORD');
  if (status >= 300 && status < 400) throw refused('sends elsewhere: BSRE_URL is not its address');
  if (status === 404 && !hasCode(answer)) throw refused('has no such path: check BSRE_URL and BSRE_VERSION');
  if (status === 429 || status === 503) {
    throw new AppError('REMOTE_UNAVAILABLE', { detail: `BSrE takes nothing at the moment (HTTP ${status})` });
  }
  if (status === 502 || status === 504) throw unknown(`a gateway lost it (HTTP ${status})`);
  return answer;
}

/** For what cannot be understood after it was sent. */
export function unknown(what: string): AppError {
  return new AppError('OUTCOME_UNKNOWN', {
    detail: `BSrE: ${what}; nobody knows whether it was signed: look there before signing again`,
  });
}

/** The answer as an object; undefined when it is none. */
export function jsonOf({ bytes }: BsreAnswer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Then it speaks of the act, whatever the HTTP status. */
function hasCode(answer: BsreAnswer): boolean {
  return Number(jsonOf(answer)?.status_code) >= 1000;
}

async function readBody(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > LIMIT_BYTES) throw unknown('its answer is far too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Only the code of the error is told: its words and cause may quote the request. */
function faultOf(error: unknown): AppError {
  const code = codeOf(error);
  if (NOT_SENT.includes(code)) {
    return new AppError('REMOTE_UNAVAILABLE', {
      detail: `BSrE cannot be reached (${code}): nothing was signed`,
    });
  }
  return unknown(`no answer (${code})`);
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const cause: unknown = error.cause;
  if (typeof cause === 'object' && cause !== null && 'code' in cause) return String(cause.code);
  return error.name;
}

function refused(what: string): AppError {
  return new AppError('REMOTE_REFUSED', { detail: `BSrE ${what}` });
}
