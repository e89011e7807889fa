/** The phone simulator's API and page (contract.md 4). Development and tests only. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express';
import type { SettableClock } from '../../clock.ts';
import type { ConversationStore, Engine, Hub, Vault } from '../../conversation/ports.ts';
import type { Address, Content, Conversation, Entry, IncomingFile } from '../../conversation/types.ts';
import { SIMULATOR } from './channel.ts';
import { addressOf, clockSchema, faultOf, MAX_MEDIA_BYTES, messageSchema, type SimulatedMessage } from './message.ts';

export interface SimulatorDeps {
  engine: Pick<Engine, 'accept' | 'conversationId'>;
  conversations: ConversationStore;
  hub: Hub;
  vault: Vault;
  clock: SettableClock;
  /** Where a conversation stands; undefined: one that never began. */
  describe(conversation: Conversation | undefined): {
    status: string;
    service: string | null;
    step: string | null;
    expects: string | null;
  };
}

/** Base64 of ten of the largest files does not fit; one does, with room for the rest. */
const BODY_LIMIT_BYTES = 90 * 1024 * 1024;
const PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

/** Builds the routes below `/simulator`. */
export function createSimulatorRoutes(deps: SimulatorDeps): Router {
  const router = express.Router();
  const simulator = express.Router();
  simulator.use((_request, response, next) => {
    response.set({ 'Cache-Control': 'no-store', 'Content-Security-Policy': PAGE_POLICY });
    next();
  });
  simulator.post('/messages', express.json({ limit: BODY_LIMIT_BYTES, strict: false }), (request, response) => accept(deps, request, response));
  simulator.get('/conversations/:channel/:from', (request, response) => show(deps, request, response));
  simulator.get('/events/:channel/:from', (request, response) => stream(deps, request, response));
  simulator.get('/media/:file', (request, response) => serveFile(deps, request, response));
  simulator.post('/clock', express.json({ strict: false }), (request, response) => setClock(deps, request, response));
  simulator.use(express.static(join(import.meta.dirname, 'page'), { redirect: false }));
  simulator.get('/', (_request, response) => response.sendFile(join(import.meta.dirname, 'page', 'page.html')));
  simulator.use(bodyFault);
  router.use('/simulator', simulator);
  return router;
}

async function accept(deps: SimulatorDeps, request: Request, response: Response): Promise<void> {
  const parsed = messageSchema.safeParse(request.body);
  if (!parsed.success) return refuse(response, 400, faultOf(parsed.error));
  const message = parsed.data;
  const tooLarge = message.media?.findIndex(({ base64 }) => base64.length * 0.75 > MAX_MEDIA_BYTES) ?? -1;
  if (tooLarge >= 0) return refuse(response, 413, { field: `media.${tooLarge}`, message: 'is larger than 64 MB' });
  const id = message.id ?? randomUUID();
  const from: Address = { channel: message.channel, id: message.from };
  const owner = deps.engine.conversationId(from);
  if (!(await deps.conversations.isInboundDone(owner, `${SIMULATOR}:${id}`))) {
    const content = await contentOf(deps.vault, owner, message);
    await deps.engine.accept({ id, via: SIMULATOR, from, at: deps.clock.now(), content });
  }
  response.status(202).json({ id });
}

async function contentOf(vault: Vault, owner: string, { text, media, location, kind }: SimulatedMessage): Promise<Content> {
  if (media && media.length > 0) {
    const files: IncomingFile[] = [];
    for (const { contentType, fileName, base64 } of media) {
      const name = fileName === undefined ? {} : { name: fileName };
      const { file } = await vault.put(owner, { bytes: Buffer.from(base64, 'base64'), contentType, ...name });
      files.push({ source: { kind: 'stored', file }, declaredType: contentType, ...name });
    }
    return { type: 'media', files, ...(text ? { caption: text } : {}) };
  }
  if (location) return { type: 'location', ...location };
  return kind ? { type: 'unknown', kind } : { type: 'text', text: text ?? '' };
}

async function show(deps: SimulatorDeps, request: Request, response: Response): Promise<void> {
  const address = addressOf(request.params);
  if ('field' in address) return refuse(response, 400, { field: address.field, message: 'is wrong' });
  const id = deps.engine.conversationId(address);
  const conversation = await deps.conversations.load(id);
  const entries = conversation ? await deps.conversations.transcript(id) : [];
  const after = entries.findIndex((entry) => nameOf(entry) === request.query.after);
  const { status, service, step, expects } = deps.describe(conversation);
  response.json({
    messages: entries.slice(after + 1).map(shown),
    state: { status, service, step, expects, applications: conversation?.applications ?? [] },
  });
}

/** Inbound messages keep the id that the phone gave them. */
function nameOf({ direction, id, providerId }: Entry): string {
  return direction === 'in' && providerId !== undefined ? providerId.replace(/^[a-z-]+:/, '') : id;
}

function shown(entry: Entry) {
  return {
    id: nameOf(entry),
    direction: entry.direction,
    text: entry.text,
    media: entry.files.map(({ file, contentType, name }) => ({ contentType, fileName: name ?? null, url: `/simulator/media/${file}` })),
    at: new Date(entry.at).toISOString(),
    status: entry.status,
    ...(entry.note === undefined ? {} : { note: entry.note }),
    ...(entry.direction === 'out' ? { author: entry.author } : {}),
  };
}

function stream(deps: SimulatorDeps, request: Request, response: Response): void {
  const address = addressOf(request.params);
  if ('field' in address) return refuse(response, 400, { field: address.field, message: 'is wrong' });
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
  response.write('retry: 1000\n\n');
  const stop = deps.hub.subscribe(`conversation:${deps.engine.conversationId(address)}`, () => response.write('data: changed\n\n'));
  const beat = setInterval(() => response.write(': still here\n\n'), 20_000).unref();
  request.on('close', () => {
    clearInterval(beat);
    stop();
  });
}

async function serveFile(deps: SimulatorDeps, request: Request, response: Response): Promise<void> {
  const found = await deps.vault.get(String(request.params.file));
  if (!found) return refuse(response, 404, { field: 'file', message: 'is not there' });
  const isShown = /^(image\/(png|jpeg|gif|webp)|application\/pdf)$/.test(found.contentType);
  response.set({ 'Content-Security-Policy': "default-src 'none'; sandbox", 'Content-Disposition': isShown ? 'inline' : 'attachment' });
  response.type(isShown ? found.contentType : 'application/octet-stream').send(Buffer.from(found.bytes));
}

function setClock(deps: SimulatorDeps, request: Request, response: Response): void {
  const parsed = clockSchema.safeParse(request.body);
  if (!parsed.success) return refuse(response, 400, faultOf(parsed.error));
  deps.clock.set(Date.parse(parsed.data.now));
  response.json({ now: new Date(deps.clock.now()).toISOString() });
}

function refuse(response: Response, status: number, { field, message }: { field: string; message: string }): void {
  response.status(status).json({ error: { code: status === 413 ? 'TOO_LARGE' : 'INVALID_REQUEST', field, message } });
}

/** Bodies that are no JSON, or larger than can be. */
const bodyFault: ErrorRequestHandler = (error: { status?: number } | undefined, _request, response, next) => {
  if (error?.status === 413) return refuse(response, 413, { field: 'body', message: 'is larger than 90 MB' });
  if (error?.status === 400 || error?.status === 415) return refuse(response, 400, { field: 'body', message: 'is not JSON' });
  next(error);
};
