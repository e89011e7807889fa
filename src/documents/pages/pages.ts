/** The citizens' pages: one-time links `/f/:token` and the verification of papers `/v/:code`. */
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import type { Clock } from '../../clock.ts';
import type { Limits } from '../../conversation/ports.ts';
import type { LinkState } from '../links.ts';
import type { FileStore, Link, Sealer } from '../ports.ts';
import { fetchDownload } from './download-again.ts';
import { type DownloadDeps, giveDownload, showDownload } from './download-page.ts';
import { both, type Page, sendPage } from './page-html.ts';
import { CLOSED_WORDS, PAGE_WORDS as P } from './page-words.ts';
import { createRateLimit, createTurnstile } from './rate-limit.ts';
import { showUpload, takeUpload, type UploadDeps } from './upload-page.ts';
import { createParts } from './upload-parts.ts';
import { finishPieces, removePieces, sendJson, takePiece } from './upload-pieces.ts';
import { serveScript } from './upload-script.ts';
import { type VerifyDeps, verify } from './verify-page.ts';

/** What the pages need, each of its own. */
export type PageDeps = UploadDeps &
  DownloadDeps &
  VerifyDeps & {
    clock: Clock;
    files: Pick<FileStore, 'listOld'>;
    sealer: Pick<Sealer, 'hash'>;
    /** Absent: each process counts for itself. */
    limits?: Limits | undefined;
  };

/** Unknown codes a minute that one address may ask for; those that are found do not count. */
const GUESSES_PER_MINUTE = 30;
/** What changes anything: pieces of files above all. A mobile network's customers share few addresses. */
const CHANGES_PER_CALLER = 1800;
const CHANGES_PER_LINK = 300;

/** Creates the routes. Uploads are read here: nothing before may have read the body. Behind a proxy, `request.ip` must be the caller's. */
export function createDocumentRoutes(given: PageDeps): Router {
  const deps = { ...given, parts: createParts(given) };
  const router = Router();
  const guesses = createRateLimit(deps.clock, GUESSES_PER_MINUTE);
  const byCaller = createTurnstile(deps, { name: 'caller', perMinute: CHANGES_PER_CALLER });
  const byLink = createTurnstile(deps, { name: 'link', perMinute: CHANGES_PER_LINK });
  const readForm = express.urlencoded({ extended: false, limit: '2kb' });

  /** The link if it is open; otherwise says why not, and gives undefined. */
  async function openLink(request: Request, response: Response): Promise<Link | undefined> {
    const found = await deps.links.find(String(request.params.token));
    if (found?.state === 'open') return found.link;
    return refuse(request, response, found === undefined ? UNKNOWN : closedPage(found.link, found.state));
  }

  /** The same for what changes something, which is counted. */
  async function openCounted(request: Request, response: Response): Promise<Link | undefined> {
    if (await byCaller(deps.sealer.hash('caller', request.ip ?? '').slice(0, 32)))
      return refuse(request, response, TOO_MANY);
    const link = await openLink(request, response);
    if (link === undefined || !(await byLink(link.tokenHash.slice(0, 32)))) return link;
    return refuse(request, response, TOO_MANY);
  }

  /** Who wants JSON is the page's own script. */
  function refuse(request: Request, response: Response, page: Page & { state: string }): undefined {
    if (request.method !== 'GET' && request.method !== 'HEAD') response.set('Connection', 'close');
    if (page.status === 429) response.set('Retry-After', '60');
    if (isScript(request)) sendJson(response, page.status, { state: page.state, words: page.title });
    else sendPage(response, deps.officeName, page);
    return undefined;
  }

  const withForm = (request: Request, response: Response, next: NextFunction, take: () => Promise<void>) =>
    readForm(request, response, (error) => {
      if (error) next(error);
      else take().catch(next);
    });

  // No token looks like that: they are longer.
  router.get('/f/assets/:name', (request, response, next) => {
    if (!serveScript(request, response)) next();
  });
  router.get('/f/:token', async (request, response) => {
    const link = await openLink(request, response);
    if (link?.kind === 'upload') await showUpload(deps, link, response);
    if (link?.kind === 'download') showDownload(deps, link, response);
  });
  router.post('/f/:token', async (request, response, next) => {
    const link = await openCounted(request, response);
    if (link?.kind === 'download')
      withForm(request, response, next, () => {
        const given = { pin: fieldOf(request, 'pin'), path: request.path };
        return giveDownload(deps, link, given, response);
      });
    else if (link && request.is('application/x-www-form-urlencoded'))
      withForm(request, response, next, () =>
        finishPieces(deps, link, fieldOf(request, 'uploads'), response),
      );
    else if (link) await takeUpload(deps, link, request, response);
  });
  router.patch('/f/:token/:upload', async (request, response) => {
    const link = await openCounted(request, response);
    if (link?.kind === 'upload') await takePiece(deps, link, request, response);
    else if (link) refuse(request, response, UNKNOWN);
  });
  router.delete('/f/:token/:upload', async (request, response) => {
    const link = await openCounted(request, response);
    if (link?.kind === 'upload') await removePieces(deps, link, request, response);
    else if (link) refuse(request, response, UNKNOWN);
  });
  router.get('/f/:token/:pass', async (request, response) => {
    const link = await openLink(request, response);
    if (link === undefined || (await fetchDownload(deps, link, request, response))) return;
    refuse(request, response, UNKNOWN);
  });
  router.get('/v/:code', async (request, response) => {
    const caller = request.ip ?? '';
    if (guesses.isReached(caller)) {
      response.set('Retry-After', '60');
      sendPage(response, deps.officeName, TOO_MANY);
    } else if ((await verify(deps, request, response)) === 'unknown') guesses.count(caller);
  });
  return router;
}

function closedPage(link: Link, state: LinkState): Page & { state: string } {
  const title = state === 'open' ? P.unknownLink : CLOSED_WORDS[link.kind][state];
  return { status: 410, state, title, body: both(P.askAgain) };
}

const UNKNOWN = { status: 404, state: 'unknown', title: P.unknownLink, body: both(P.askAgain) };
const TOO_MANY = { status: 429, state: 'too-many', title: P.tooMany, body: both(P.tooManyMore) };

function isScript(request: Request): boolean {
  return request.accepts(['html', 'json']) === 'json';
}

function fieldOf(request: Request, name: string): string {
  const body: unknown = request.body;
  const value = typeof body === 'object' && body !== null ? Reflect.get(body, name) : '';
  return typeof value === 'string' ? value : '';
}
