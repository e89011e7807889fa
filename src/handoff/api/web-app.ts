/** Serves the built web app at `/inbox`. */
import { existsSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import express, { type RequestHandler, type Response, type Router } from 'express';

/** Nothing but our own files: no inline script or style, no other site, no frame around it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  // PDF files are shown inside the page.
  "frame-src 'self'",
  "object-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * `folder` is what `npm run build:ui` made. Files under `assets/` carry their hash in the name and are kept for a year;
 * the page itself is asked for each time. Without a build the page says how to make one.
 */
export function createWebApp(folder: string): Router {
  const router = express.Router();
  const page = join(folder, 'index.html');
  router.use((_request, response, next) => {
    response.set({
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    });
    next();
  });
  router.use(
    '/assets',
    asGzip(join(folder, 'assets')),
    express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false }),
  );
  router.get('/', (_request, response) => {
    if (existsSync(page)) response.set('Cache-Control', 'no-cache').sendFile(page);
    else sayUnbuilt(response);
  });
  return router;
}

/** Gives the file that the build has packed to whoever can unpack it: an office may hang on a weak line. */
function asGzip(folder: string): RequestHandler {
  const packed = new Set(
    existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.gz')) : [],
  );
  return (request, response, next) => {
    const name = request.path.slice(1);
    response.vary('Accept-Encoding');
    if (packed.has(`${name}.gz`) && request.acceptsEncodings('gzip')) {
      response.type(extname(name)).set('Content-Encoding', 'gzip');
      request.url = `/${name}.gz`;
    }
    next();
  };
}

function sayUnbuilt(response: Response): void {
  response.status(503).type('text/plain').send('Kotak masuk belum dibangun. Jalankan: npm run build:ui\n');
}
