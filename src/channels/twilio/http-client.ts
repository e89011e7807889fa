import http from 'node:http';
import https from 'node:https';
import twilio from 'twilio';
import { AppError } from '../../errors.ts';
import { readAll } from '../read-all.ts';
import { answerFault, networkFault } from './faults.ts';

type Response<T> = Awaited<ReturnType<typeof twilio.RequestClient.prototype.request<T>>>;
type Request<T> = Parameters<typeof twilio.RequestClient.prototype.request<T>>[0];

/** Sends in flight at once; more wait for a socket. */
const MAX_SOCKETS = 128;
/** A socket idle for longer is closed by us, before Twilio closes it under a message. */
const IDLE_MS = 20_000;
const ANSWER_LIMIT_BYTES = 2 * 1024 * 1024;

/**
 * The official client's way to the network, without axios: node's own http on sockets kept open, which costs a
 * third of the time per message. Every request goes to `apiUrl`, whatever host the library chose (edge, region).
 *
 * Answers of 400 and above, and unreadable ones, are thrown as AppError (faults.ts), so that the library never makes
 * its own exceptions. Nothing is retried here: that is for the effect runner, which looks first.
 */
export class KeepAliveClient extends twilio.RequestClient {
  readonly #apiUrl: string;
  readonly #timeoutMs: number;
  readonly #agent: http.Agent;

  constructor(options: { apiUrl: string; timeoutMs: number }) {
    super({ keepAlive: false });
    this.#apiUrl = options.apiUrl.replace(/\/+$/, '');
    this.#timeoutMs = options.timeoutMs;
    const isTls = this.#apiUrl.startsWith('https:');
    this.#agent = new (isTls ? https : http).Agent({
      keepAlive: true,
      maxSockets: MAX_SOCKETS,
      timeout: IDLE_MS,
    });
  }

  override async request<T>(request: Request<T>): Promise<Response<T>> {
    const outgoing = this.#start(request);
    const timer = setTimeout(() => outgoing.destroy(new Error('no answer in time')), this.#timeoutMs);
    try {
      const answer = await responseTo(outgoing);
      const bytes = await readAll(answer, ANSWER_LIMIT_BYTES);
      if (bytes) return judge<T>(answer, parseJson(bytes.toString('utf8')));
      answer.destroy();
      throw new Error('the answer is too large');
    } catch (cause) {
      throw cause instanceof AppError ? cause : networkFault('Twilio', cause);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Closes the sockets. */
  close(): void {
    this.#agent.destroy();
  }

  #start<T>(request: Request<T>): http.ClientRequest {
    const { pathname, search } = new URL(request.uri);
    const url = new URL(`${this.#apiUrl}${pathname}${search}`);
    for (const [name, value] of pairs(request.params)) url.searchParams.append(name, value);
    const body = request.data === undefined ? '' : new URLSearchParams(pairs(request.data)).toString();
    const outgoing = (url.protocol === 'https:' ? https : http).request(url, {
      method: request.method.toUpperCase(),
      agent: this.#agent,
      auth: `${request.username ?? ''}:${request.password ?? ''}`,
      headers: { ...request.headers, 'Content-Length': Buffer.byteLength(body) },
    });
    outgoing.end(body);
    return outgoing;
  }
}

function responseTo(outgoing: http.ClientRequest): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    outgoing.on('response', resolve);
    outgoing.on('error', reject);
  });
}

function judge<T>(answer: http.IncomingMessage, body: unknown): Response<T> {
  const statusCode = answer.statusCode ?? 0;
  if (statusCode >= 400) {
    throw answerFault({ status: statusCode, body, retryAfter: answer.headers['retry-after'] });
  }
  if (body === undefined) throw new Error('the answer is not JSON');
  return { statusCode, body: body as T, headers: answer.headers };
}

/** The library hands plain objects whose values are texts, numbers or lists of texts. */
function pairs(data: unknown): [string, string][] {
  return Object.entries(data ?? {}).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, String(each)]),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
