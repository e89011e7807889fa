/** The phone simulator's API and page (contract.md 4). Development and tests only. */
import { join } from 'node:path';
import express, { type Request, type Response, type Router } from 'express';
import type { SettableClock } from '../../clock.ts';
import type { ConversationStore, Hub, Vault } from '../../conversation/ports.ts';
import { type AcceptDeps, acceptMessage } from './accept.ts';
import { serveMedia } from './media.ts';
import { clockSchema, faultOf } from './message.ts';
import { refuse, requestFault } from './refusal.ts';
import { createStreams } from './stream.ts';
import { showConversation, type ViewDeps } from './view.ts';

export interface SimulatorDeps {
  engine: AcceptDeps['engine'];
  conversations: Pick<ConversationStore, 'isInboundDone' | 'load' | 'transcript'>;
  hub: Hub;
  vault: Vault;
  clock: SettableClock;
  describe: ViewDeps['describe'];
}

export interface Simulator {
  /** Everything below `/simulator`. */
  router: Router;
  /** Ends live streams. */
  close(): void;
}

/** Base64 of ten of the largest files does not fit; one does, with room for the rest. */
const BODY_LIMIT_BYTES = 90 * 1024 * 1024;
const PAGE_FOLDER = join(import.meta.dirname, 'page');
/** Nothing but our own files; `blob:` and `data:` pictures are those that were just chosen. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'none'",
].join('; ');

/** Builds the routes. */
export function createSimulator(deps: SimulatorDeps): Simulator {
  const streams = createStreams(deps);
  const router = express.Router();
  const simulator = express.Router();
  simulator.use((_request, response, next) => {
    response.set({ 'Cache-Control': 'no-store', 'Content-Security-Policy': PAGE_POLICY });
    next();
  });
  const messageBody = express.json({ limit: BODY_LIMIT_BYTES, strict: false });
  simulator.post('/messages', messageBody, (request, response) => acceptMessage(deps, request, response));
  simulator.get('/conversations/:channel/:from', (request, response) =>
    showConversation(deps, request, response),
  );
  simulator.get('/events/:channel/:from', streams.open);
  simulator.get('/media/:file', (request, response) => serveMedia(deps.vault, request, response));
  simulator.get('/clock', (_request, response) => showClock(deps.clock, response));
  simulator.post('/clock', express.json({ strict: false }), (request, response) =>
    setClock(deps.clock, request, response),
  );
  simulator.get('/', (_request, response) => response.sendFile(join(PAGE_FOLDER, 'page.html')));
  simulator.use('/page', express.static(PAGE_FOLDER, { redirect: false, index: false }));
  simulator.use(requestFault);
  router.use('/simulator', simulator);
  return { router, close: streams.close };
}

function setClock(clock: SettableClock, request: Request, response: Response): void {
  const parsed = clockSchema.safeParse(request.body);
  if (parsed.success) {
    clock.set(Date.parse(parsed.data.now));
    showClock(clock, response);
  } else refuse(response, 400, faultOf(parsed.error));
}

function showClock(clock: SettableClock, response: Response): void {
  response.json({ now: new Date(clock.now()).toISOString() });
}
