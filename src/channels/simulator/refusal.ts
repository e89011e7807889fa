/** How the simulator says no: a status, and the field that is wrong. Values are never repeated. */
import type { ErrorRequestHandler, Response } from 'express';

export interface Refusal {
  field: string;
  message: string;
}

/** Answers `{ error: { code, field, message } }`. */
export function refuse(response: Response, status: 400 | 404 | 413, refusal: Refusal): void {
  response.status(status).json({ error: { code: CODES[status], ...refusal } });
}

const CODES = { 400: 'INVALID_REQUEST', 404: 'NOT_FOUND', 413: 'TOO_LARGE' } as const;

/** Faults of express and its body parser: no JSON, too much of it, an address that cannot be decoded. */
export const requestFault: ErrorRequestHandler = (error: Fault | undefined, _request, response, next) => {
  if (response.headersSent) return next(error);
  if (error?.status === 413) return refuse(response, 413, { field: 'body', message: 'is larger than 90 MB' });
  if (error instanceof URIError)
    return refuse(response, 400, { field: 'path', message: 'is not percent-encoded UTF-8' });
  const isBodyFault = error?.type !== undefined && (error.status === 400 || error.status === 415);
  if (isBodyFault) return refuse(response, 400, { field: 'body', message: 'is not JSON in UTF-8' });
  next(error);
};

/** What express and body-parser throw carries a status; the body parser's also a type. */
interface Fault {
  status?: number;
  type?: string;
}
