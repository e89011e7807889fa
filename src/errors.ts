/**
 * Faults: what goes wrong outside a citizen's answer (an expected bad answer is a value, never one of these).
 *
 * `status` is the HTTP status when the fault reaches an HTTP caller; `retry` says whether the same call may
 * succeed later, which the effect runner obeys. A retired code is removed from the table and never reused.
 */
export const FAULTS = {
  CONFIG_INVALID: { status: 500, retry: false },
  FLOWS_INVALID: { status: 500, retry: false },
  STORE_CONFLICT: { status: 409, retry: true },
  STORE_UNAVAILABLE: { status: 503, retry: true },
  STORE_SCHEMA_NEWER: { status: 500, retry: false },
  STORE_SCHEMA_DIFFERS: { status: 500, retry: false },
  KEY_MISSING: { status: 500, retry: false },
  KEY_WRONG: { status: 500, retry: false },
  NOT_FOUND: { status: 404, retry: false },
  INVALID_REQUEST: { status: 400, retry: false },
  UNAUTHENTICATED: { status: 401, retry: false },
  FORBIDDEN: { status: 403, retry: false },
  TAKEN: { status: 409, retry: false },
  GONE: { status: 410, retry: false },
  TOO_LARGE: { status: 413, retry: false },
  TOO_MANY_REQUESTS: { status: 429, retry: true },
  REMOTE_UNAVAILABLE: { status: 502, retry: true },
  OUTCOME_UNKNOWN: { status: 502, retry: false },
  WINDOW_CLOSED: { status: 409, retry: false },
  FILE_REFUSED: { status: 502, retry: false },
  REMOTE_REFUSED: { status: 502, retry: false },
} as const;

export type FaultCode = keyof typeof FAULTS;

/**
 * A typed fault. `detail` is for the log and the operator: what happened, where, what to do; it carries no
 * personal data and no secret. `cause` is the fault beneath, if any. `retryAfterMs` is how long the remote asked us
 * to wait (its Retry-After), at least.
 */
export class AppError extends Error {
  readonly code: FaultCode;
  readonly retryAfterMs: number | undefined;

  constructor(
    code: FaultCode,
    options: { detail: string; cause?: unknown; retryAfterMs?: number | undefined },
  ) {
    super(`${code}: ${options.detail}`, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }

  get status(): number {
    return FAULTS[this.code].status;
  }

  get retry(): boolean {
    return FAULTS[this.code].retry;
  }
}
