import { createSecretKey, type KeyObject } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { TwilioConfig } from '../../config.ts';
import type { Engine } from '../../conversation/ports.ts';
import { AppError } from '../../errors.ts';
import { readAll } from '../read-all.ts';
import { type Form, parseForm } from './form.ts';
import { parseInbound } from './inbound.ts';
import { isSignedByTwilio } from './signature.ts';
import { createStatusCallback, STATUS_PATH, type StatusCallbackDeps } from './status-callback.ts';

const MESSAGE_PATH = '/webhooks/twilio';
const BODY_LIMIT_BYTES = 64 * 1024;
const EMPTY_ANSWER = '<Response/>';

/** For metrics: what became of one request. `unsigned` is counted beside the outcome when `report` lets it pass. */
export type TwilioWebhookOutcome =
  | 'accepted'
  | 'duplicate'
  | 'ignored'
  | 'status'
  | 'unsigned'
  | 'refused'
  | 'failed';

export interface TwilioWebhookDeps {
  config: Pick<TwilioConfig, 'authToken' | 'signature'>;
  /** How the outside reaches us (PUBLIC_URL): Twilio signs the URL it calls. May hold a path and a port. */
  publicUrl: string;
  engine: Pick<Engine, 'accept' | 'handle'>;
  conversations: StatusCallbackDeps['conversations'];
  tellByLink: StatusCallbackDeps['tellByLink'];
  clock: Clock;
  log: Logger;
  count?: (outcome: TwilioWebhookOutcome) => void;
}

/**
 * The handler of POST `/webhooks/twilio` (messages) and `/webhooks/twilio/status` (delivery). It works on bare node
 * requests, so that it can stand before express, which costs more than all of it.
 *
 * Answers: 200 with an empty `<Response/>` once the message is durable (or was before), 400 signed but of a wrong
 * content type or without id, 403 bad or no signature (nothing stored; `signature: report` only counts and logs it),
 * 404, 405, 413 over 64 KiB, 503 when the store is down, 500 for a bug. Never rejects.
 */
export function createTwilioWebhook(
  deps: TwilioWebhookDeps,
): (req: IncomingMessage, res: ServerResponse) => Promise<void> {
  const base = URL.parse(deps.publicUrl)?.pathname.replace(/\/+$/, '') ?? '';
  const known = {
    ...deps,
    publicUrl: deps.publicUrl.replace(/\/+$/, ''),
    key: createSecretKey(deps.config.authToken, 'utf8'),
    takeStatus: createStatusCallback(deps),
  };
  return async (req, res) => {
    try {
      const target = withoutPrefix(req.url ?? '', base);
      const answer = await handle(known, req, target);
      reply(req, res, answer.status, answer.words ?? EMPTY_ANSWER);
    } catch (error) {
      deps.count?.('failed');
      const isPassing = error instanceof AppError && error.retry;
      deps.log.error({ err: error }, 'twilio webhook failed');
      reply(req, res, isPassing ? 503 : 500, 'try again later');
    }
  };
}

/** Is a request (by `req.url`) for this handler? Also below a path, which a proxy may hand on. */
export function isTwilioTarget(target: string): boolean {
  const path = split(target)[0].replace(/\/$/, '');
  return path.endsWith(MESSAGE_PATH) || path.endsWith(STATUS_PATH);
}

/** What is made of the deps once. */
interface Known extends TwilioWebhookDeps {
  key: KeyObject;
  takeStatus: ReturnType<typeof createStatusCallback>;
}

interface Answer {
  status: number;
  /** For people; left out: the empty TwiML. */
  words?: string;
}

async function handle(deps: Known, req: IncomingMessage, target: string): Promise<Answer> {
  const [pathname = '', search = ''] = split(target);
  const path = pathname.replace(/\/$/, '');
  if (path !== MESSAGE_PATH && path !== STATUS_PATH) return { status: 404, words: 'not found' };
  if (req.method !== 'POST') return { status: 405, words: 'POST only' };
  const isUnsigned = deps.config.signature === 'enforce' && !req.headers['x-twilio-signature'];
  if (!isForm(req.headers['content-type']) && isUnsigned)
    return refuse(deps, 403, 'the X-Twilio-Signature is missing');
  if (!isForm(req.headers['content-type']))
    return refuse(deps, 400, 'the content type must be application/x-www-form-urlencoded');
  const body = await readBody(req);
  if (body === 'broken') return refuse(deps, 400, 'the request broke off');
  if (body === undefined) return refuse(deps, 413, 'larger than 64 KiB');
  const form = parseForm(body.toString('utf8'));
  if (!isTrusted(deps, req, target, form))
    return { status: 403, words: 'the X-Twilio-Signature does not fit' };
  // Twilio calls back where it is told to; an old setting may name the address of messages.
  if (path === STATUS_PATH || form.has('MessageStatus')) {
    await deps.takeStatus(form, new URLSearchParams(search));
    deps.count?.('status');
    return { status: 200 };
  }
  return acceptMessage(deps, form);
}

async function acceptMessage(deps: TwilioWebhookDeps, form: Form): Promise<Answer> {
  const inbound = parseInbound(form, deps.clock.now());
  if (inbound.ok) {
    deps.count?.(await deps.engine.accept(inbound.message));
    return { status: 200 };
  }
  if (inbound.reason === 'malformed') return refuse(deps, 400, 'MessageSid or From is missing');
  deps.log.info('twilio message ignored: its sender cannot be answered');
  deps.count?.('ignored');
  return { status: 200 };
}

function refuse(deps: TwilioWebhookDeps, status: number, words: string): Answer {
  deps.count?.('refused');
  deps.log.warn({ status, reason: words }, 'twilio request refused');
  return { status, words };
}

function isTrusted(deps: Known, req: IncomingMessage, target: string, form: Form): boolean {
  const url = deps.publicUrl + target;
  const header = String(req.headers['x-twilio-signature'] ?? '');
  if (isSignedByTwilio(deps.key, { url, form, header })) return true;
  const isReported = deps.config.signature === 'report';
  deps.count?.('unsigned');
  if (!isReported) deps.count?.('refused');
  const [signedUrl] = split(url);
  const action = isReported ? 'let pass (TWILIO_SIGNATURE=report)' : 'refused';
  deps.log.warn(
    { signedUrl, hasSignature: header !== '', action },
    'twilio signature does not fit: the URL set at Twilio must be signedUrl, and TWILIO_AUTH_TOKEN that of the account',
  );
  return isReported;
}

function readBody(req: IncomingMessage): Promise<Buffer | undefined | 'broken'> {
  return readAll(req, BODY_LIMIT_BYTES).catch(() => 'broken' as const);
}

function reply(req: IncomingMessage, res: ServerResponse, status: number, body: string): void {
  if (res.destroyed || res.headersSent) return;
  const headers: Record<string, string | number> = {
    'Content-Type': body === EMPTY_ANSWER ? 'text/xml' : 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  };
  if (status === 405) headers.Allow = 'POST';
  res.writeHead(status, headers).end(body);
  // What was not read is discarded: closing now would take the answer away from a sender who is still writing.
  if (!req.readableEnded) req.resume();
}

function isForm(contentType: string | undefined): boolean {
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType ?? '');
}

/** A proxy may hand the path of PUBLIC_URL on, or not. */
function withoutPrefix(target: string, prefix: string): string {
  return prefix !== '' && target.startsWith(`${prefix}/`) ? target.slice(prefix.length) : target;
}

/** A target or URL before and behind its `?`. */
function split(target: string): [string, string] {
  const start = target.indexOf('?');
  return start === -1 ? [target, ''] : [target.slice(0, start), target.slice(start + 1)];
}
