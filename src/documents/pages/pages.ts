/** The citizens' pages: one-time links `/f/:token` and the verification of papers `/v/:code`. */
import express, { type Request, type Response, Router } from 'express';
import type { Clock } from '../../clock.ts';
import type { LinkState } from '../links.ts';
import type { Link } from '../ports.ts';
import { type DownloadDeps, giveDownload, showDownload } from './download-page.ts';
import { both, type Page, sendPage } from './page-html.ts';
import { CLOSED_WORDS, PAGE_WORDS as P } from './page-words.ts';
import { createRateLimit } from './rate-limit.ts';
import { showUpload, takeUpload, type UploadDeps } from './upload-page.ts';
import { type VerifyDeps, verify } from './verify-page.ts';

/** What the pages need, each of its own. */
export type PageDeps = UploadDeps & DownloadDeps & VerifyDeps & { clock: Clock };

/** Unknown codes a minute that one address may ask for; those that are found do not count. */
const GUESSES_PER_MINUTE = 30;

/** Creates the routes. Uploads are read here: nothing before may have read the body. Behind a proxy, `request.ip` must be the caller's. */
export function createDocumentRoutes(deps: PageDeps): Router {
  const router = Router();
  const guesses = createRateLimit(deps.clock, GUESSES_PER_MINUTE);
  const readPin = express.urlencoded({ extended: false, limit: '2kb' });
  router.get('/f/:token', async (request, response) => {
    const link = await openLink(deps, request, response);
    if (link?.kind === 'upload') await showUpload(deps, link, response);
    if (link?.kind === 'download') showDownload(deps, link, response);
  });
  router.post('/f/:token', async (request, response, next) => {
    const link = await openLink(deps, request, response);
    if (link?.kind === 'upload') await takeUpload(deps, link, request, response);
    if (link?.kind === 'download') {
      readPin(request, response, (error) => {
        if (error) next(error);
        else giveDownload(deps, link, pinOf(request), response).catch(next);
      });
    }
  });
  router.get('/v/:code', async (request, response) => {
    const caller = request.ip ?? '';
    if (guesses.isReached(caller)) {
      response.set('Retry-After', '60');
      sendPage(response, deps.officeName, { status: 429, title: P.tooMany, body: both(P.tooManyMore) });
    } else if ((await verify(deps, request, response)) === 'unknown') guesses.count(caller);
  });
  return router;
}

/** The link if it is open; otherwise says why not, and gives undefined. */
async function openLink(deps: PageDeps, request: Request, response: Response): Promise<Link | undefined> {
  const found = await deps.links.find(String(request.params.token));
  if (found?.state === 'open') return found.link;
  if (request.method === 'POST') response.set('Connection', 'close');
  sendPage(response, deps.officeName, found === undefined ? UNKNOWN : closedPage(found.link, found.state));
  return undefined;
}

function closedPage(link: Link, state: LinkState): Page {
  const title = state === 'open' ? P.unknownLink : CLOSED_WORDS[link.kind][state];
  return { status: 410, title, body: both(P.askAgain) };
}

const UNKNOWN: Page = { status: 404, title: P.unknownLink, body: both(P.askAgain) };

function pinOf(request: Request): string {
  const body: unknown = request.body;
  const pin = typeof body === 'object' && body !== null && 'pin' in body ? body.pin : '';
  return typeof pin === 'string' ? pin : '';
}
