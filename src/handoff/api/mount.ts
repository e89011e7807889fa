/** Makes routes of endpoints: session, role, CSRF and body are checked here, once for all of them. */
import type { Request, RequestHandler, Response, Router } from 'express';
import { isAllowed } from '../accounts/roles.ts';
import { isSameSecret, type Sessions, type Signed } from '../accounts/sessions.ts';
import { paramsSchema } from '../schemas/basics.ts';
import { ApiError } from './api-error.ts';
import { readCookie } from './cookie.ts';
import type { Access, Endpoint } from './endpoint.ts';
import { sendJson } from './send-json.ts';
import { readUpload, type Upload } from './upload.ts';

/** Adds each endpoint to the router. */
export function mountEndpoints(router: Router, endpoints: readonly Endpoint[], sessions: Sessions): void {
  for (const endpoint of endpoints) {
    router[endpoint.method](endpoint.path.replace('{id}', ':id'), createRoute(endpoint, sessions));
  }
}

function createRoute(endpoint: Endpoint, sessions: Sessions): RequestHandler {
  return async (request, response) => {
    response.set('Cache-Control', 'no-store');
    const signed = await findSigned(request, sessions);
    assertAccess(endpoint.access, signed);
    if (endpoint.method !== 'get') assertOwnPage(endpoint, request, signed);
    const reveal = request.headers['x-reveal'];
    const result = await endpoint.run({
      id: endpoint.path.includes('{id}') ? parse(paramsSchema, request.params).id : '',
      body: endpoint.body ? parse(endpoint.body, request.body) : undefined,
      query: request.query,
      // Sound: only endpoints for anyone are called without, and those take `signed` from nobody.
      signed: signed as Signed,
      reveal: typeof reveal === 'string' ? reveal : undefined,
      // Sound likewise: only endpoints that take a file read it.
      file: (endpoint.upload && (await readUpload(request, endpoint.upload))) as Upload,
      response,
    });
    await answer(request, response, result);
  };
}

/** Who calls, by the session cookie; undefined when there is none or it is no longer good. */
async function findSigned(request: Request, sessions: Sessions): Promise<Signed | undefined> {
  const token = readCookie(request.headers.cookie);
  return token === undefined ? undefined : sessions.find(token);
}

function assertAccess(access: Access, signed: Signed | undefined): void {
  if (access === 'anyone') return;
  if (!signed) throw new ApiError('UNAUTHENTICATED');
  if (access === 'signed') return;
  if (signed.operator.mustChangePassword) throw new ApiError('PASSWORD_CHANGE_NEEDED');
  if (!isAllowed(signed.operator.role, access)) throw new ApiError('FORBIDDEN');
}

/**
 * Refuses what another site's page could make a browser send: without a session that is any body but JSON (which
 * needs a preflight that we never answer), with one a request without the session's token.
 */
function assertOwnPage(endpoint: Endpoint, request: Request, signed: Signed | undefined): void {
  if (endpoint.body && hasBody(request) && !request.is('application/json'))
    throw new ApiError('INVALID_REQUEST');
  if (endpoint.access === 'anyone') return;
  const given = request.headers['x-csrf-token'];
  if (!signed || typeof given !== 'string' || !isSameSecret(signed.session.csrf, given))
    throw new ApiError('CSRF');
}

/** Where a body may be left out, none is of no type. */
function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function parse<T>(schema: { safeParse(value: unknown): { success: boolean; data?: T } }, value: unknown): T {
  const parsed = schema.safeParse(value);
  // Which field was wrong is left out: the message could repeat what was typed.
  if (!parsed.success) throw new ApiError('INVALID_REQUEST');
  return parsed.data as T;
}

async function answer(request: Request, response: Response, result: unknown): Promise<void> {
  if (response.headersSent) return;
  if (result === undefined) response.status(204).end();
  else await sendJson(request, response, result);
}
