/** The operator application as an express router: `/api` and `/inbox`. */
import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Router } from 'express';
import type { Logger } from 'pino';
import { AppError } from '../errors.ts';
import { createAccountEndpoints } from './accounts/account-endpoints.ts';
import { createAccounts } from './accounts/accounts.ts';
import type { SessionEndpointDeps } from './accounts/session-endpoints.ts';
import { createSessionEndpoints } from './accounts/session-endpoints.ts';
import { createSessions, type SessionDeps } from './accounts/sessions.ts';
import { createStaff } from './accounts/staff.ts';
import { createTotpEndpoints } from './accounts/totp-endpoints.ts';
import { createAccountTurns } from './accounts/turns.ts';
import { ApiError, type ApiErrorCode } from './api/api-error.ts';
import { createEventStreams } from './api/event-endpoint.ts';
import { mountEndpoints } from './api/mount.ts';
import { describeApi } from './api/openapi.ts';
import { createWebApp } from './api/web-app.ts';
import { createInboxEndpoints, type InboxDeps } from './inbox/inbox.ts';
import { createPresence } from './inbox/presence.ts';
import { createGivenUp, type GivenUpDeps } from './inbox/undelivered.ts';
import { createUndeliveredEndpoints } from './inbox/undelivered-endpoints.ts';
import { createOutageEndpoints } from './places/outage-endpoints.ts';
import { createPointEndpoints } from './places/point-endpoints.ts';
import type { OutageBoard, PointBoard, StockBoard } from './places/ports.ts';
import { createStockEndpoints } from './places/stock-endpoints.ts';
import { createVisitRoom, type VisitRoomDeps } from './places/visits.ts';
import { createRequestsRoom, type RequestDeps } from './requests/requests.ts';
import { createSupervisionEndpoints, type SupervisionDeps } from './supervision/supervision.ts';

export type HandoffDeps = InboxDeps &
  GivenUpDeps &
  RequestDeps &
  SupervisionDeps &
  Pick<SessionDeps, 'ids' | 'hash'> &
  Pick<SessionEndpointDeps, 'office'> & {
    log: Logger;
    /** Decides whether cookies are for https only. */
    publicUrl: string;
    /** Where `npm run build:ui` puts the web app (`dist/inbox`). */
    webAppFolder: string;
    visits: Pick<VisitRoomDeps, 'book' | 'queue' | 'facts'>;
    places: { points: PointBoard; outages: OutageBoard; stock: StockBoard };
    /** For tests. */
    heartbeatMs?: number;
  };

export interface Handoff {
  router: Router;
  /** Ends live streams, so that the server can stop. */
  close(): void;
}

/** Builds the operator application; main mounts `router` at `/`. */
export function createHandoffRoutes(deps: HandoffDeps): Handoff {
  const sessions = createSessions({ ...deps, store: deps.operators });
  const presence = createPresence(deps);
  const streams = createEventStreams({ ...deps, sessions, presence });
  const turns = createAccountTurns();
  const accounts = createAccounts({ ...deps, store: deps.operators, turns });
  const secure = deps.publicUrl.startsWith('https:');
  const endpoints = [
    ...createSessionEndpoints({ ...deps, accounts, sessions, secure }),
    ...createTotpEndpoints({ ...deps, accounts }),
    ...createAccountEndpoints({ ...deps, staff: createStaff({ ...deps, turns }) }),
    ...createInboxEndpoints({ ...deps, presence }),
    ...createUndeliveredEndpoints(createGivenUp(deps)),
    ...createRequestsRoom(deps),
    ...createSupervisionEndpoints(deps),
    ...createVisitRoom({ ...deps.visits, audit: deps.audit, clock: deps.clock }),
    ...createPointEndpoints({ ...deps, ...deps.places }),
    ...createOutageEndpoints({ ...deps, ...deps.places }),
    ...createStockEndpoints({ ...deps, ...deps.places }),
    streams.endpoint,
  ];

  const api = express.Router();
  api.use(express.json({ limit: '64kb' }));
  mountEndpoints(api, endpoints, sessions);
  const description = describeApi(endpoints);
  api.get('/openapi.json', (_request, response) => void response.json(description));
  api.use(() => {
    throw new ApiError('NOT_FOUND');
  });
  api.use(createErrorAnswer(deps.log));

  const router = express.Router();
  router.use('/api', api);
  router.use('/inbox', createWebApp(deps.webAppFolder));
  const close = () => {
    streams.close();
    presence.close();
  };
  return { router, close };
}

/** Answers every error as JSON. What is not a refusal is logged under an id, without the request's data. */
function createErrorAnswer(log: Logger): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    const refusal = error instanceof ApiError ? error : new ApiError(translate(error));
    const body: { error: { [key: string]: string } } = refusal.body;
    const reference = randomUUID();
    if (refusal.status >= 500) {
      body.error = { ...body.error, reference };
      log.error({ reference, fault: describeFault(error) }, 'operator request failed');
    }
    if (response.headersSent) response.end();
    else response.status(refusal.status).set('Cache-Control', 'no-store').json(body);
  };
}

function translate(error: unknown): ApiErrorCode {
  if (error instanceof AppError)
    return error.retry ? 'UNAVAILABLE' : error.status === 404 ? 'NOT_FOUND' : 'TROUBLE';
  const status = error instanceof Error && 'status' in error ? error.status : 500;
  if (status === 413) return 'TOO_LARGE';
  return typeof status === 'number' && status < 500 ? 'INVALID_REQUEST' : 'TROUBLE';
}

/** Where it went wrong; an unknown error's message may hold data and is left out. */
function describeFault(error: unknown): string {
  if (error instanceof AppError) return error.message;
  if (!(error instanceof Error)) return typeof error;
  const frames = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at ')) ?? [];
  return [error.name, ...frames.slice(0, 6)].join('\n');
}
