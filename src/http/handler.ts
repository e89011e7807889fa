/** The HTTP side as one function: webhooks first and lean, everything else through express. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { AppError } from '../errors.ts';
import type { Metrics } from './metrics.ts';
import { notFoundPage } from './pages.ts';

type Handle = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface HandlerDeps {
  routers: Router[];
  /** Answered before express sees them: it costs more than the rest of a webhook's way together. */
  webhooks: { prefix: string; handle: Handle }[];
  /** The path of PUBLIC_URL, which a proxy may hand on. */
  pathPrefix: string;
  trustedProxies: readonly string[];
  ready(): Promise<{ failed: string[]; warnings: string[] }>;
  metrics: Metrics;
  log: Logger;
}

/** Builds the request handler. */
export function createHandler(
  deps: HandlerDeps,
): (request: IncomingMessage, response: ServerResponse) => void {
  const app = createExpress(deps);
  const paths = deps.webhooks.flatMap(({ prefix, handle }) =>
    [prefix, `${deps.pathPrefix}${prefix}`].map((path) => ({ path, handle })),
  );
  return (request, response) => {
    const url = request.url ?? '';
    const webhook = paths.find(({ path }) => url.startsWith(path));
    if (webhook) void webhook.handle(request, response);
    else app(request, response);
  };
}

function createExpress(deps: HandlerDeps): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // The proxy tells whom it speaks for; nobody else is believed.
  app.set('trust proxy', [...deps.trustedProxies]);
  app.use(helmet({ crossOriginEmbedderPolicy: false, referrerPolicy: { policy: 'no-referrer' } }));
  app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  app.get('/readyz', async (_request, response) => {
    const { failed, warnings } = await deps.ready();
    response
      .status(failed.length === 0 ? 200 : 503)
      .json({ status: failed.length === 0 ? 'ready' : 'not ready', failed, warnings });
  });
  app.get('/metrics', async (_request, response) => {
    response.type(deps.metrics.contentType).send(await deps.metrics.text());
  });
  for (const router of deps.routers) app.use(router);
  app.use((request, response) => answerError(request, response, 404, 'NOT_FOUND'));
  app.use(errorAnswer(deps.log));
  return app;
}

/** Neither stack nor path leaves the house; the log has both under the id that the answer names. */
function errorAnswer(log: Logger): ErrorRequestHandler {
  return (error, request, response, _next) => {
    if (response.headersSent) return void response.destroy();
    const status = error instanceof AppError ? error.status : statusOf(error);
    const id = randomUUID();
    if (status >= 500) log.error({ id, err: error, route: request.route?.path }, 'a request failed');
    answerError(
      request,
      response,
      status,
      error instanceof AppError ? error.code : status >= 500 ? 'INTERNAL' : 'INVALID_REQUEST',
      id,
    );
  };
}

/** Errors of express and its body parsers carry a status. */
function statusOf(error: unknown): number {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}

function answerError(request: Request, response: Response, status: number, code: string, id?: string): void {
  response.status(status).set('Cache-Control', 'no-store');
  const wantsPage = request.accepts(['json', 'html']) === 'html';
  if (wantsPage) response.type('html').send(notFoundPage(status));
  else response.json({ error: { code, ...(id ? { id } : {}) } });
}
