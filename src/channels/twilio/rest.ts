/** Twilio's REST API on sockets kept open: as much of HTTP as it needs, and what its answers mean. */
import http from 'node:http';
import https from 'node:https';
import { AppError } from '../../errors.ts';
import { readAll } from '../read-all.ts';
import { answerFault, networkFault } from './faults.ts';

/** Sends in flight at once; more wait for a socket. */
const MAX_SOCKETS = 128;
/** A socket idle for longer is closed by us, before Twilio closes it under a message. */
const IDLE_MS = 20_000;
const ANSWER_LIMIT_BYTES = 2 * 1024 * 1024;

export interface RestOptions {
  /** Where every request goes; may hold a path. */
  apiUrl: string;
  accountSid: string;
  authToken: string;
  /** For one request. */
  timeoutMs: number;
}

/** An answer below 400, its body read as JSON. */
export interface RestAnswer {
  status: number;
  body: unknown;
  headers: http.IncomingHttpHeaders;
}

/**
 * The way to the API. Throws AppError (faults.ts) for answers of 400 and above, unreadable ones, and none. Nothing is
 * retried here: that is for the effect runner, which looks first.
 */
export class TwilioRest {
  readonly #options: RestOptions;
  readonly #api: URL;
  readonly #agent: http.Agent;
  readonly #headers: string[];

  constructor(options: RestOptions) {
    this.#options = options;
    this.#api = new URL(options.apiUrl.replace(/\/+$/, ''));
    this.#agent = new (this.#isTls() ? https : http).Agent({
      keepAlive: true,
      maxSockets: MAX_SOCKETS,
      timeout: IDLE_MS,
    });
    const key = Buffer.from(`${options.accountSid}:${options.authToken}`).toString('base64');
    this.#headers = ['Host', this.#api.host, 'Authorization', `Basic ${key}`, 'Accept', 'application/json'];
  }

  /** `target` is path and query, as Twilio writes them; `form` is sent urlencoded. */
  async request(method: 'GET' | 'POST', target: string, form?: URLSearchParams): Promise<RestAnswer> {
    const outgoing = this.#start(method, target, form?.toString() ?? '');
    const timer = setTimeout(() => outgoing.destroy(new Error('no answer in time')), this.#options.timeoutMs);
    try {
      const answer = await responseTo(outgoing);
      const bytes = await readAll(answer, ANSWER_LIMIT_BYTES);
      if (bytes) return judge(answer, parseJson(bytes.toString('utf8')));
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

  /** Headers as a list are written as they stand, which saves a quarter of the whole request. */
  #start(method: string, target: string, body: string): http.ClientRequest {
    const { hostname, port, pathname } = this.#api;
    const outgoing = (this.#isTls() ? https : http).request({
      agent: this.#agent,
      // An address in brackets is for URLs only.
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port,
      method,
      path: pathname.replace(/\/$/, '') + target,
      headers: [
        ...this.#headers,
        'Content-Type',
        'application/x-www-form-urlencoded',
        'Content-Length',
        String(Buffer.byteLength(body)),
      ],
    });
    outgoing.end(body);
    return outgoing;
  }

  #isTls(): boolean {
    return this.#api.protocol === 'https:';
  }
}

function responseTo(outgoing: http.ClientRequest): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    outgoing.on('response', resolve);
    outgoing.on('error', reject);
  });
}

function judge(answer: http.IncomingMessage, body: unknown): RestAnswer {
  const status = answer.statusCode ?? 0;
  if (status >= 400) throw answerFault({ status, body, retryAfter: answer.headers['retry-after'] });
  if (body === undefined) throw new Error('the answer is not JSON');
  return { status, body, headers: answer.headers };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
