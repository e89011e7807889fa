import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { TwilioConfig } from '../../config.ts';
import { AppError } from '../../errors.ts';
import { hostOf, isLoopbackAddress, isLoopbackUrl, isPrivateAddress } from '../network-addresses.ts';
import { readAll } from '../read-all.ts';
import { answerFault, networkFault } from './faults.ts';

const DEFAULT_LIMIT_BYTES = 16 * 1024 * 1024;
const MAX_REDIRECTS = 4;

export type RemoteFile = { bytes: Uint8Array; contentType: string } | { gone: true };

/**
 * Fetches the files of inbound messages (`MediaUrlN`). Only https URLs of Twilio's API host, which are taken from
 * TWILIO_API_URL when that is another, with the account's credentials. A redirect to another host (Twilio's file
 * store) is followed without them, and never to an address that is not public, whatever its name resolves to; when
 * TWILIO_API_URL is on this machine (a stand-in), this machine is allowed too.
 *
 * `gone`: Twilio has it no more (404, 410). Throws AppError: TOO_LARGE above the limit (16 MB, WhatsApp's own);
 * REMOTE_UNAVAILABLE for what may pass; REMOTE_REFUSED for a URL or redirect that is not allowed, and 4xx.
 */
export function createTwilioFetch(
  config: Pick<TwilioConfig, 'accountSid' | 'authToken' | 'apiUrl'>,
  options: { limitBytes?: number; timeoutMs?: number } = {},
): (url: string) => Promise<RemoteFile> {
  const limits = { limitBytes: DEFAULT_LIMIT_BYTES, timeoutMs: 30_000, ...options };
  const api = { ...config, apiUrl: config.apiUrl.replace(/\/+$/, '') };
  return async (url) => {
    let target = toApi(api.apiUrl, url);
    const deadline = AbortSignal.timeout(limits.timeoutMs);
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const answer = await open(api, target, deadline);
      const location = redirectOf(answer);
      if (location === undefined) return take(answer, limits.limitBytes);
      answer.destroy();
      target = checkRedirect(api.apiUrl, target, location);
    }
    throw refusal('redirected too often');
  };
}

type Api = Pick<TwilioConfig, 'accountSid' | 'authToken' | 'apiUrl'>;

/** The URL at `apiUrl`; throws REMOTE_REFUSED for what is not of Twilio's API. */
function toApi(apiUrl: string, url: string): URL {
  const parsed = URL.parse(url);
  if (!parsed) throw refusal('the address of the file is no URL');
  if (isOfApi(apiUrl, parsed)) return parsed;
  const isTwilio =
    parsed.protocol === 'https:' &&
    parsed.port === '' &&
    /^api(\.[a-z0-9-]+)*\.twilio\.com$/.test(parsed.hostname);
  if (!isTwilio) throw refusal('the address of the file is not of Twilio');
  return new URL(`${apiUrl}${parsed.pathname}${parsed.search}`);
}

function isOfApi(apiUrl: string, url: URL): boolean {
  return url.origin === new URL(apiUrl).origin;
}

function checkRedirect(apiUrl: string, from: URL, location: string): URL {
  const target = URL.parse(location, from);
  if (!target) throw refusal('redirected to what is no URL');
  const isAllowed =
    target.protocol === 'https:' ||
    isOfApi(apiUrl, target) ||
    (isLoopbackUrl(apiUrl) && isLoopbackUrl(target.href));
  if (!isAllowed) throw refusal('redirected away from https');
  return target;
}

/** Resolves with the headers; the caller reads the body. */
function open(api: Api, url: URL, signal: AbortSignal): Promise<http.IncomingMessage> {
  const isTrusted = isOfApi(api.apiUrl, url);
  const host = hostOf(url);
  const mayCall = (address: string) =>
    !isPrivateAddress(address) || (isLoopbackUrl(api.apiUrl) && isLoopbackAddress(address));
  // A name is judged by what it resolves to, at the moment of connecting; an address never is resolved.
  if (!isTrusted && /^[\d.]+$|:/.test(host) && !mayCall(host))
    throw refusal('redirected to an address that is not public');
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  const request = (url.protocol === 'https:' ? https : http).get(url, {
    signal,
    headers: { Accept: '*/*', 'User-Agent': 'loket' },
    ...(isTrusted ? { auth: `${api.accountSid}:${api.authToken}` } : { lookup: guardedLookup(mayCall) }),
  });
  request.on('response', resolve);
  request.on('error', (cause) => reject(cause instanceof AppError ? cause : networkFault('the file', cause)));
  return promise;
}

function guardedLookup(mayCall: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    dns.lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '');
      if (!found.every(({ address }) => mayCall(address))) {
        return callback(refusal('redirected to a name whose address is not public'), '');
      }
      const [first] = found;
      return options.all ? callback(null, found) : callback(null, first?.address ?? '', first?.family);
    });
  };
}

function redirectOf(answer: http.IncomingMessage): string | undefined {
  return [301, 302, 303, 307, 308].includes(answer.statusCode ?? 0) ? answer.headers.location : undefined;
}

async function take(answer: http.IncomingMessage, limitBytes: number): Promise<RemoteFile> {
  const status = answer.statusCode ?? 0;
  if (status !== 200) {
    answer.destroy();
    if (status === 404 || status === 410) return { gone: true };
    throw answerFault({
      status: status < 400 ? 502 : status,
      body: undefined,
      retryAfter: answer.headers['retry-after'],
    });
  }
  const bytes = await readAll(answer, limitBytes).catch((cause) => {
    throw networkFault('the file', cause);
  });
  if (bytes === undefined) {
    answer.destroy();
    throw new AppError('TOO_LARGE', { detail: `the file is larger than ${limitBytes} bytes` });
  }
  return { bytes, contentType: answer.headers['content-type'] ?? 'application/octet-stream' };
}

function refusal(detail: string): AppError {
  return new AppError('REMOTE_REFUSED', { detail });
}
